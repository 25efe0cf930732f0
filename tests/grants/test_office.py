"""Grants as agents work at them: lists, one grant and each act on it, letters, the register, the refusals."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from maillage.calls.enums import ApplicationState
from maillage.calls.models import Application, DeclaredAid, Recusal
from maillage.grants.enums import Ground, InstalmentKind
from maillage.grants.models import Decision, DeMinimisAid
from maillage.grants.queries.grants import office_panel
from tests.calls.world import AT, a_call, a_line, agent
from tests.forms import form_in
from tests.grants.world import awarded, drawn, judged, paid, prepared, refused, reported, second, signed, with_forecast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wagtail_roots")]
BASE = "/gestion/subventions/"


@pytest.fixture
def office(client: Client) -> Client:
    client.force_login(agent())
    return client


@pytest.fixture
def colleague() -> Client:
    other = Client()
    other.force_login(second())
    return other


def page_of(office: Client, path: str) -> str:
    answer = office.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def act(office: Client, decision: Decision, where: str, **typed: Any) -> int:
    """Send one form of the page of a grant, as that page shows it."""
    home = f"{BASE}aides/{decision.pk}/"
    path = f"{home}{where}/"
    return office.post(path, form_in(page_of(office, home), path) | typed).status_code


def test_the_whole_way_of_a_grant_until_it_is_settled(office: Client, colleague: Client) -> None:
    decision = awarded(with_forecast(judged()))
    page = page_of(office, f"{BASE}aides/{decision.pk}/")
    assert "Rien n’est encore établi" in page

    assert act(office, decision, "convention") == 302
    assert act(office, decision, "signer", on=timezone.localdate().isoformat()) == 302
    agreement = Decision.objects.get(pk=decision.pk).agreement
    advance = agreement.instalments.get(kind=InstalmentKind.ADVANCE)
    assert act(office, decision, f"versements/{advance.pk}", order_number="1204") == 302
    assert act(office, decision, f"versements/{advance.pk}/confirmer") == 302
    advance.refresh_from_db()
    assert advance.confirmed_at is None
    assert act(colleague, decision, f"versements/{advance.pk}/confirmer") == 302
    reported(agreement, at=timezone.now())
    assert "Douze ateliers" in page_of(office, f"{BASE}aides/{decision.pk}/")
    assert act(office, decision, "bilan/accepter", eligible="6 250") == 302

    assert Application.objects.get(decision=decision).state == ApplicationState.SETTLED
    assert "1204" in page_of(office, f"{BASE}aides/{decision.pk}/")


def test_what_is_refused_opens_its_form_and_says_why(office: Client) -> None:
    agreement = signed()
    decision = agreement.decision
    row = agreement.instalments.get(kind=InstalmentKind.ADVANCE)
    reported(agreement)
    path = f"{BASE}aides/{decision.pk}/"

    wrong = {
        f"{path}versements/{row.pk}/": {"paid_on": "2026-11-25", "order_number": " "},
        f"{path}bilan/accepter/": {"eligible": "999999"},
        f"{path}bilan/completer/": {"words": ""},
        f"{path}signer/": {"on": "2026-11-25"},
        f"{path}retirer/": {"why": "Erreur"},
        f"{path}convention/": {"rate": "50", "report_due_on": "2027-06-30", "kind0": "final", "amount0": "5 000"},
    }
    answers = {where: office.post(where, typed) for where, typed in wrong.items()}

    assert {answer.status_code for answer in answers.values()} == {422}
    assert "plus que les dépenses" in answers[f"{path}bilan/accepter/"].content.decode()
    assert office.post(f"{path}versements/{row.pk}/confirmer/", {"seen": "ancien"}).status_code == 302
    assert office.post(f"{path}versements/999999/", {}).status_code == 404
    assert office.post(f"{path}autre.pdf").status_code == 405
    assert office.get(f"{path}autre.pdf").status_code == 404


def test_a_report_is_given_back_from_its_page(office: Client) -> None:
    agreement = signed()
    reported(agreement)

    assert act(office, agreement.decision, "bilan/completer", words="Joignez les factures.") == 302

    assert "Joignez les factures" in page_of(office, f"{BASE}aides/{agreement.decision.pk}/")


def test_a_decision_is_taken_back_from_its_page(office: Client) -> None:
    decision = awarded()

    assert act(office, decision, "retirer", why="Erreur de montant") == 302

    assert not Decision.objects.exists()


def test_a_grant_without_agreement_or_report_has_nothing_to_sign_or_accept(office: Client) -> None:
    decision, no = awarded(), refused()

    for where in ("signer", "bilan/accepter", "bilan/completer", "publiee"):
        assert office.post(f"{BASE}aides/{decision.pk}/{where}/", {}).status_code == 404
    assert office.post(f"{BASE}aides/{no.pk}/convention/", {}).status_code == 404
    assert "Pourquoi" in page_of(office, f"{BASE}aides/{no.pk}/")


def test_lists_say_what_waits(office: Client) -> None:
    fresh, going = awarded(), signed()
    number = str(going.decision.application.number)

    pages = {which: page_of(office, f"{BASE}aides/?liste={which}") for which in ("a-signer", "a-verser", "a-publier")}
    assert {which: number in page for which, page in pages.items()} == {
        "a-signer": False, "a-verser": True, "a-publier": True,
    }  # fmt: skip
    assert str(fresh.application.number) in pages["a-signer"]
    assert "Aucune aide pour ces mots" in page_of(office, f"{BASE}aides/?q=introuvable")
    assert "Aucune aide dans cette liste" in page_of(office, f"{BASE}aides/?liste=soldees")
    assert number in page_of(office, f"{BASE}aides/?liste=inconnue&q={number}&page=9")
    assert number in page_of(office, f"{BASE}aides/?liste=bilans")
    assert office.post(f"{BASE}aides/{going.decision.pk}/publiee/").status_code == 302
    assert number not in page_of(office, f"{BASE}aides/?liste=a-publier")
    assert office.post(f"{BASE}aides/{going.decision.pk}/publiee/").status_code == 302


def test_lists_ask_as_many_questions_for_three_grants_as_for_one(office: Client) -> None:
    counted = []
    for more in (1, 2):
        for _ in range(more):
            reported(signed(awarded(judged(a_call(a_line("100000", state_aid="de_minimis")), is_economic=True))))
        page_of(office, f"{BASE}aides/")
        for path in ("aides/", "", "de-minimis/", "refus/", "de-minimis.csv"):
            with CaptureQueriesContext(connection) as asked:
                page_of(office, f"{BASE}{path}")
            counted.append(len(asked))

    assert counted[:5] == counted[5:]


def test_what_somebody_stays_away_from_is_nowhere(office: Client) -> None:
    decision = signed().decision
    Recusal.objects.create(
        application=decision.application, user=agent(), reason="Ma sœur y travaille", declared_at=AT
    )  # fmt: skip

    assert str(decision.application.number) not in page_of(office, f"{BASE}aides/")
    assert office.get(f"{BASE}aides/{decision.pk}/").status_code == 404
    assert office.get(f"{BASE}aides/{decision.pk}/lettre.pdf").status_code == 404
    assert office.get(f"{BASE}appels/{decision.application.call_id}/lettres.pdf").status_code == 404
    assert office_panel(agent()) is None
    assert "Aucune décision" in page_of(office, f"{BASE}refus/")


def test_letters_and_agreements_are_taken_as_texts_and_as_paper(office: Client) -> None:
    call = a_call()
    large = signed(awarded(judged(call, requested=Decimal(30000)), "23000.01"))
    no = refused(judged(call))
    base = f"{BASE}aides/{large.decision.pk}"

    text = zipfile.ZipFile(io.BytesIO(office.get(f"{base}/convention.odt").content)).read("content.xml").decode()
    letter = zipfile.ZipFile(io.BytesIO(office.get(f"{BASE}aides/{no.pk}/lettre.odt").content)).read("content.xml")
    archive = zipfile.ZipFile(io.BytesIO(office.get(f"{BASE}appels/{call.pk}/lettres.zip").content))

    assert "23\u202f000,01" in text
    assert "article 10 de la loi" in text
    assert "Avance" in text
    assert "tribunal administratif d’Amiens" in letter.decode()
    assert sorted(archive.namelist()) == sorted(
        f"{one.application.number}.odt" for one in (large.decision, no)
    )  # fmt: skip
    for path in (f"{base}/convention.pdf", f"{base}/lettre.pdf", f"{BASE}appels/{call.pk}/lettres.pdf"):
        assert office.get(path).content.startswith(b"%PDF")
    assert office.get(f"{BASE}appels/{call.pk}/lettres.exe").status_code == 404
    assert office.get(f"{base}/lettre.exe").status_code == 404


def test_the_agreement_keeps_what_was_signed_when_the_report_takes_money_back(office: Client) -> None:
    agreement = signed()
    agreement.instalments.filter(kind=InstalmentKind.FINAL).update(kind=InstalmentKind.CLAWBACK)

    text = zipfile.ZipFile(io.BytesIO(office.get(f"{BASE}aides/{agreement.decision_id}/convention.odt").content))

    words = text.read("content.xml").decode()
    assert "2\u202f500,00\u00a0€ au plus, une fois le bilan accepté" in words
    assert "Reversement\u00a0:" not in words


def test_a_call_of_which_nothing_is_decided_has_no_letters(office: Client) -> None:
    call = a_call()
    judged(call)

    assert office.get(f"{BASE}appels/{call.pk}/lettres.zip").status_code == 404
    assert "lettres.zip" not in page_of(office, f"{BASE}appels/{call.pk}/")


def test_a_notification_speaks_of_no_court_nor_term(office: Client) -> None:
    decision = drawn().decision

    text = zipfile.ZipFile(io.BytesIO(office.get(f"{BASE}aides/{decision.pk}/convention.odt").content))
    assert "article 10 de la loi" not in text.read("content.xml").decode()


def test_the_home_says_what_waits_for_money() -> None:
    assert office_panel(agent()) is None
    prepared()
    agreement = signed(awarded(judged(a_call(a_line("100000", state_aid="de_minimis")), is_economic=True)))

    told = office_panel(agent())

    assert told is not None
    assert (told["prepared"], told["register"]) == (1, 1)
    assert [key for key, _ in told["lines"]] == ["a-verser", "a-publier", "bilans"]
    assert told["publish_by"] > agreement.signed_on


def test_the_register_lists_what_is_to_be_declared_and_is_taken_as_a_file(office: Client) -> None:
    application = judged(a_call(a_line("100000", state_aid="de_minimis")), is_economic=True)
    DeclaredAid.objects.create(
        application=application, granted_on=AT.date(), funder="=La Région", amount=Decimal("1000.10"),
        regulation="de_minimis",
    )  # fmt: skip
    awarded(application)
    aid = DeMinimisAid.objects.get(decision__isnull=False)

    assert str(application.number) in page_of(office, f"{BASE}de-minimis/")
    assert office.post(f"{BASE}de-minimis/{aid.pk}/").status_code == 302
    assert "sont déclarées" in page_of(office, f"{BASE}de-minimis/")
    assert office.post(f"{BASE}de-minimis/{aid.pk}/").status_code == 404
    lines = office.get(f"{BASE}de-minimis.csv").content.decode("utf-8-sig").splitlines()
    assert len(lines) == 3
    assert lines[0].startswith("siren;nom;secteur_naf;date_octroi;montant_esb")
    assert {line.split(";")[4] for line in lines[1:]} == {"1000,10", "5000,00"}
    assert any("'=La Région" in line for line in lines)


def test_refusals_are_counted_by_ground_and_by_criterion(office: Client) -> None:
    call = a_call()
    criterion = call.criteria.earliest("position")
    refused(judged(call), ground=Ground.CRITERION, criterion=criterion)
    refused(judged(call), ground=Ground.CRITERION, criterion=criterion)
    refused(judged(call))
    awarded(judged(call))

    page = page_of(office, f"{BASE}refus/?annee=2026")

    assert "3\u00a0refus pour 4\u00a0décisions en 2026" in page
    assert "Utilité" in page
    assert "67&nbsp;%" in page
    assert "Aucun refus" in page_of(office, f"{BASE}refus/?annee=2020")
    assert page_of(office, f"{BASE}refus/?annee=zzz")


def test_a_payment_that_somebody_prepared_waits_on_the_home() -> None:
    agreement = signed()
    row = agreement.instalments.get(kind=InstalmentKind.ADVANCE)
    type(row).objects.filter(pk=row.pk).update(
        prepared_at=AT, paid_on=AT.date(), order_number="1", prepared_by=agent()
    )  # fmt: skip

    told = office_panel(second())
    assert told is not None
    assert told["payments"] == 1
    paid(row)
    again = office_panel(second())
    assert again is not None
    assert again["payments"] == 0
