"""The page of a grant for its people: what was decided, what is paid, the report that they write."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from maillage.accounts.models import User
from maillage.grants import actions
from maillage.grants.models import Agreement, Decision, Report
from maillage.grants.queries.grants import own_panel
from tests.calls.world import AT, a_structure, agent
from tests.forms import form_in
from tests.grants.world import awarded, drawn, judged, paid, prepared, refused, reported, signed, with_forecast

pytestmark = pytest.mark.django_db


def _manager(decision: Decision) -> User:
    return decision.application.organisation.memberships.get().user


def _page(client: Client, decision: Decision, rest: str = "") -> str:
    answer = client.get(f"/moi/aides/{decision.application.reference}/{rest}")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def grant() -> Agreement:
    return signed(awarded(with_forecast(judged(), "12500")))


def test_its_people_read_the_decision_and_nobody_else_does(client: Client) -> None:
    decision = refused()
    client.force_login(_manager(decision))
    page = _page(client, decision)
    stranger = Client()
    stranger.force_login(a_structure()[1])
    office = Client()
    office.force_login(agent())

    assert "Pourquoi : Les dépenses ne sont pas celles" in page
    assert "tribunal administratif d’Amiens" in page
    for other in (stranger, office):
        assert other.get(f"/moi/aides/{decision.application.reference}/").status_code == 404
    assert Client().get(f"/moi/aides/{decision.application.reference}/").status_code == 302


def test_nothing_is_told_before_the_decision_is_confirmed(client: Client) -> None:
    decision = prepared()
    client.force_login(_manager(decision))

    assert client.get(f"/moi/aides/{decision.application.reference}/").status_code == 404
    assert own_panel(_manager(decision)) is None


def test_the_page_says_what_is_paid_and_what_to_send(client: Client, grant: Agreement) -> None:
    paid(grant.instalments.order_by("pk")[0])
    client.force_login(_manager(grant.decision))

    page = _page(client, grant.decision)

    assert "Écrire le bilan" in page
    assert "2\u202f500,00" in page
    told = own_panel(_manager(grant.decision))
    assert told is not None
    assert [one.pk for one in told["decisions"]] == [grant.decision.pk]


def test_letters_are_taken_away_and_the_agreement_once_it_is_drawn(client: Client, grant: Agreement) -> None:
    unsigned = drawn()
    client.force_login(_manager(grant.decision))
    other = Client()
    other.force_login(_manager(unsigned.decision))
    reference = grant.decision.application.reference

    assert client.get(f"/moi/aides/{reference}/lettre.pdf").content.startswith(b"%PDF")
    assert client.get(f"/moi/aides/{reference}/convention.pdf").content.startswith(b"%PDF")
    assert client.get(f"/moi/aides/{reference}/autre.pdf").status_code == 404
    # Drawn, it is what the organisation prints to sign it.
    assert other.get(f"/moi/aides/{unsigned.decision.application.reference}/convention.pdf").status_code == 200
    assert client.get(f"/moi/aides/{reference}/annulation.pdf").status_code == 404
    assert other.get(f"/moi/aides/{unsigned.decision.application.reference}/bilan/").status_code == 404


def test_a_report_is_kept_then_handed_in(client: Client, grant: Agreement) -> None:
    client.force_login(_manager(grant.decision))
    path = f"/moi/aides/{grant.decision.application.reference}/bilan/"
    page = _page(client, grant.decision, "bilan/")
    assert "Prévu\u00a0: 12\u202f500,00" in page

    typed = form_in(page, "") | {"done": "Douze ateliers.", "people": "40", "r606": "12 500,00", "r70": "12 499"}
    assert client.post(path, typed).status_code == 302
    kept = Report.objects.get()
    assert (kept.done, kept.people, kept.submitted_at) == ("Douze ateliers.", 40, None)
    again = form_in(_page(client, grant.decision, "bilan/"), "") | {"send": "1", "honour_by": "Claire Exemple"}
    refusal = client.post(path, again)
    assert refusal.status_code == 422
    assert "Il manque 1,00" in refusal.content.decode()
    assert client.post(path, again | {"r70": "12 500"}).status_code == 302

    kept.refresh_from_db()
    assert kept.submitted_at is not None
    assert "L’équipe le lit" in _page(client, grant.decision)
    assert client.get(path).status_code == 302
    actions.accept_report(report=kept, eligible=Decimal(12500), by=agent(), at=timezone.now())
    assert "Dépenses retenues" in _page(client, grant.decision)


def test_a_wrong_amount_is_said_beside_its_account(client: Client, grant: Agreement) -> None:
    client.force_login(_manager(grant.decision))
    path = f"/moi/aides/{grant.decision.application.reference}/bilan/"

    answer = client.post(path, {"done": "Fait.", "r606": "douze"})

    assert answer.status_code == 422
    assert "Écrivez un montant" in answer.content.decode()
    assert not Report.objects.exists()


def test_a_report_to_complete_says_what_is_missing(client: Client, grant: Agreement) -> None:
    report = reported(grant)
    actions.ask_report_again(report=report, words="Joignez le public touché.", by=agent(), at=AT)
    client.force_login(_manager(grant.decision))

    assert "Joignez le public touché" in _page(client, grant.decision)
    assert "Joignez le public touché" in _page(client, grant.decision, "bilan/")
