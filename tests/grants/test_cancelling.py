"""A grant ends after its signature: two people, a deliberation, and no cent lost on the way."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from maillage.calls.enums import ApplicationState
from maillage.calls.models import Application, EnvelopeLine, Recusal
from maillage.grants import actions, gauges
from maillage.grants.checks import find_breaches
from maillage.grants.enums import CancelGround, InstalmentKind
from maillage.grants.models import Agreement, Cancellation, Decision, DeMinimisAid, Instalment
from maillage.grants.queries import grants as queries
from maillage.grants.queries.agreements import reports_awaited, to_publish, to_remind
from maillage.grants.queries.minimis import rooms_of
from maillage.grants.queries.published import awards
from maillage.outbox.models import Letter
from tests.calls.world import AT, a_call, a_line, agent
from tests.grants.world import DELIBERATED, awarded, drawn, judged, paid, reported, second, signed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wagtail_roots")]
ENDED = replace(DELIBERATED, number="2026-140", day=AT.date())
WHY = "Le local n’a pas été trouvé."


def prepared_end(decision: Decision | None = None, **instead: Any) -> Cancellation:
    facts: dict[str, Any] = {"ground": CancelGround.NOT_DONE, "reason": WHY, "by": agent(), "at": AT} | instead
    return actions.prepare_cancellation(decision=decision or signed().decision, **facts)


def ended(decision: Decision | None = None, **instead: Any) -> Cancellation:
    facts: dict[str, Any] = {"deliberation": ENDED, "by": second(), "at": AT} | instead
    return actions.cancel_grant(cancellation=prepared_end(decision), **facts)


def test_money_goes_back_to_its_line_and_what_was_paid_is_due_back() -> None:
    agreement = signed(awarded(judged(a_call(a_line("10000"), criteria=False))))
    advance = paid(agreement.instalments.get(kind=InstalmentKind.ADVANCE))

    made = ended(agreement.decision)

    line = EnvelopeLine.objects.get()
    [back] = Instalment.objects.filter(agreement=agreement, confirmed_at=None)
    assert (line.awarded, made.due_back, back.kind, back.amount) == (
        Decimal(0), advance.amount, "clawback", advance.amount,
    )  # fmt: skip
    assert Application.objects.get().state == ApplicationState.CANCELLED
    assert list(find_breaches()) == []


def test_what_was_paid_comes_back_by_two_people_and_the_grant_stays_cancelled() -> None:
    agreement = signed()
    paid(agreement.instalments.get(kind=InstalmentKind.ADVANCE))
    ended(agreement.decision)

    paid(Instalment.objects.get(kind=InstalmentKind.CLAWBACK), "T-12")

    assert Agreement.objects.get().paid == 0
    assert Application.objects.get().state == ApplicationState.CANCELLED
    assert list(find_breaches()) == []


def test_the_undertaking_may_receive_again_what_it_was_given() -> None:
    call = a_call(a_line("400000", state_aid="de_minimis"), criteria=False)
    application = judged(call, is_economic=True, requested=Decimal(300000))
    agreement = signed(awarded(application, "300000"))
    assert rooms_of([application], AT.date())[application.pk].left == 0

    ended(agreement.decision)

    assert rooms_of([application], AT.date())[application.pk].left == Decimal(300000)
    assert not DeMinimisAid.objects.exists()


def test_the_letter_leaves_after_commit_and_says_why_and_what_to_give_back(client: Client) -> None:
    agreement = signed()
    paid(agreement.instalments.get(kind=InstalmentKind.ADVANCE))
    made = ended(agreement.decision)

    [letter] = Letter.objects.filter(kind="grants.cancelled")
    assert letter.object_id == made.pk
    client.force_login(agreement.decision.application.organisation.memberships.get().user)
    page = client.get(f"/moi/aides/{agreement.decision.application.reference}/").content.decode()
    for words in ("Cette aide est annulée", WHY, "2026-140", "sont à rendre"):
        assert words in page


def test_it_leaves_the_public_list_the_file_and_the_figures(client: Client) -> None:
    decision = signed().decision
    assert (awards().count(), gauges.awarded_count(AT.date()).value) == (1, 1)

    ended(decision)

    assert (awards().count(), gauges.awarded_count(AT.date()).value) == (0, 0)
    assert len(client.get("/subventions.csv").getvalue().splitlines()) == 1
    assert "Elles y sont dès que" in client.get("/subventions/").content.decode()


def test_nothing_is_awaited_of_a_cancelled_grant() -> None:
    agreement = signed(report_due_on=AT.date() + timedelta(days=5))
    assert (len(to_remind(AT.date())), reports_awaited(AT.date()).count()) == (1, 1)

    ended(agreement.decision)

    everyone = Decision.objects.all()
    assert (to_remind(AT.date()), reports_awaited(AT.date()).count()) == ([], 0)
    assert to_publish(everyone, AT.date()).count() == 0
    by = agent()
    told = {
        which: queries.listed(queries.Asked(which), by=by, on=AT.date()).count() for which in queries.LISTS
    }  # fmt: skip
    assert told == dict.fromkeys(queries.LISTS, 0) | {"annulees": 1, "toutes": 1}


def test_the_same_person_does_not_confirm() -> None:
    made = prepared_end(by=agent())

    with pytest.raises(actions.GrantRefused, match="Une autre personne"):
        actions.cancel_grant(cancellation=made, deliberation=ENDED, by=agent(), at=AT)

    with pytest.raises(IntegrityError), transaction.atomic():
        Cancellation.objects.update(confirmed_by=agent())


def test_without_a_deliberation_nothing_is_cancelled() -> None:
    made = prepared_end()
    tomorrow = AT.date() + timedelta(days=1)
    for said, words in (
        (replace(ENDED, number=" "), "numéro de la délibération"), (replace(ENDED, day=tomorrow), "pas encore venu"),
        (replace(ENDED, day=date(2026, 1, 1)), "vient après la signature"),
    ):  # fmt: skip
        with pytest.raises(actions.GrantRefused, match=words):
            actions.cancel_grant(cancellation=made, deliberation=said, by=second(), at=AT)

    with pytest.raises(IntegrityError), transaction.atomic():
        Cancellation.objects.update(confirmed_at=AT)
    assert Decision.objects.get().cancelled_at is None


def test_what_is_not_signed_is_withdrawn_instead() -> None:
    for decision in (awarded(), drawn().decision):
        with pytest.raises(actions.GrantRefused, match="Rien n’est signé"):
            prepared_end(decision)


def test_a_settled_grant_stays() -> None:
    agreement = signed()
    Application.objects.filter(decision__agreement=agreement).update(state=ApplicationState.SETTLED)

    with pytest.raises(actions.GrantRefused, match="soldée"):
        prepared_end(agreement.decision)


def test_a_reason_is_asked_and_who_stays_away_is_refused() -> None:
    decision = signed().decision
    with pytest.raises(actions.GrantRefused, match="Dites pourquoi"):
        prepared_end(decision, reason="  ")
    Recusal.objects.create(
        application=decision.application, user=agent(), reason="Ma sœur y travaille.", declared_at=AT
    )
    with pytest.raises(actions.GrantRefused, match="déporté"):
        prepared_end(decision)


def test_a_payment_that_waits_is_confirmed_first_and_nothing_is_written() -> None:
    agreement = signed()
    row = agreement.instalments.get(kind=InstalmentKind.ADVANCE)
    actions.prepare_payment(instalment=row, paid_on=AT.date(), order_number="1204", by=agent(), at=AT)

    with pytest.raises(actions.GrantRefused, match="attend sa confirmation"):
        ended(agreement.decision)

    assert (Decision.objects.get().cancelled_at, EnvelopeLine.objects.get().awarded) == (None, Decimal(5000))


def test_it_is_cancelled_once() -> None:
    made = ended()

    with pytest.raises(actions.AlreadyDecided):
        actions.cancel_grant(cancellation=made, deliberation=ENDED, by=second(), at=AT)
    with pytest.raises(actions.AlreadyDecided):
        prepared_end(Decision.objects.get())
    with pytest.raises(actions.AlreadyDecided):
        actions.drop_cancellation(cancellation=made, by=agent(), at=AT)
    assert EnvelopeLine.objects.get().awarded == 0


def test_what_was_changed_since_it_was_read_is_read_again() -> None:
    made = prepared_end()
    later = AT + timedelta(minutes=5)
    prepared_end(Decision.objects.get(), reason="La structure renonce.", ground=CancelGround.RENOUNCED, at=later)

    with pytest.raises(actions.GrantRefused, match="relisez-la"):
        actions.cancel_grant(cancellation=made, deliberation=ENDED, by=second(), at=later, seen=AT)

    assert Cancellation.objects.get().reason == "La structure renonce."


def test_a_dropped_cancellation_leaves_the_grant_as_it_was() -> None:
    made = prepared_end()

    actions.drop_cancellation(cancellation=made, by=agent(), at=AT)

    assert (Cancellation.objects.count(), Decision.objects.get().cancelled_at) == (0, None)


def test_nothing_is_added_to_a_cancelled_grant() -> None:
    agreement = signed()
    report = reported(agreement)
    row = agreement.instalments.get(kind=InstalmentKind.ADVANCE)
    ended(agreement.decision)

    tries = (
        lambda: actions.prepare_payment(instalment=row, paid_on=AT.date(), order_number="1", by=agent(), at=AT),
        lambda: actions.accept_report(report=report, eligible=Decimal(1), by=agent(), at=AT),
        lambda: actions.ask_report_again(report=report, words="Encore", by=agent(), at=AT),
    )
    for one in tries:
        with pytest.raises(actions.GrantRefused, match="est annulée"):
            one()
    assert list(find_breaches()) == []


@pytest.fixture
def office() -> Client:
    return _in_office("agent@exemple.test")


def _in_office(email: str) -> Client:
    client = Client()
    client.force_login(agent(email))
    return client


def test_two_agents_cancel_on_its_page(office: Client) -> None:
    decision = signed().decision
    page = f"/gestion/subventions/aides/{decision.pk}/"
    assert office.post(f"{page}annuler/", {"ground": "not_done", "reason": ""}).status_code == 422
    assert office.post(f"{page}annuler/", {"ground": "not_done", "reason": WHY}).status_code == 302
    said = {"number": "2026-140", "day": AT.date().isoformat(), "body": "council",
            "seen": Cancellation.objects.get().prepared_at.isoformat()}  # fmt: skip

    alone = office.post(f"{page}annuler/confirmer/", said)
    other = _in_office("seconde@exemple.test")
    without = other.post(f"{page}annuler/confirmer/", said | {"number": ""})
    done = other.post(f"{page}annuler/confirmer/", said)

    assert (alone.status_code, without.status_code, done.status_code) == (422, 422, 302)
    assert "Une autre personne" in alone.content.decode()
    shown = office.get(page).content.decode()
    for words in ("Annulée le", "2026-140", WHY, "revenus à l’enveloppe"):
        assert words in shown
    assert office.get(f"{page}annulation.pdf").content.startswith(b"%PDF")
    assert office.get(f"{page}annulation.odt").content.startswith(b"PK")
    assert "puis annulée" in office.get(f"/gestion/subventions/appels/{decision.application.call_id}/").content.decode()


def test_a_cancellation_is_dropped_on_its_page(office: Client) -> None:
    decision = signed().decision
    page = f"/gestion/subventions/aides/{decision.pk}/"
    assert office.post(f"{page}annuler/abandonner/").status_code == 404
    prepared_end(decision)

    assert office.post(f"{page}annuler/abandonner/").status_code == 302
    assert not Cancellation.objects.exists()
    assert office.get(f"{page}annulation.pdf").status_code == 404
