"""The decision sheet: ranked, its envelope, prepared by one and confirmed by another, taken away on paper."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from maillage.calls.actions.means import keep_mean
from maillage.calls.models import Application, Call, EnvelopeLine, Opinion, Review
from maillage.grants.enums import Outcome
from maillage.grants.models import Decision
from maillage.grants.queries.sheet import calls_to_decide, sheet_of
from tests.calls.reading import recused, user_of
from tests.calls.world import AT, a_call, a_line, a_reviewer, agent, an_application
from tests.forms import form_in
from tests.grants.world import awarded, judged, prepared, refused, second

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wagtail_roots")]
TODAY = AT.date()


def scored(application: Application, *totals: str) -> Application:
    for total in totals:
        Review.objects.create(
            application=application, reviewer=a_reviewer(application.call), total=Decimal(total), changed_at=AT,
            sent_at=AT,
        )  # fmt: skip
    keep_mean(application)
    return application


def address(call: Call, rest: str = "") -> str:
    return f"/gestion/subventions/appels/{call.pk}/{rest}"


@pytest.fixture
def office(client: Client) -> Client:
    client.force_login(agent())
    return client


@pytest.fixture
def colleague() -> Client:
    other = Client()
    other.force_login(second())
    return other


def test_files_are_ranked_by_the_mean_of_the_reviews_that_count() -> None:
    call = a_call()
    low, high, none = scored(judged(call), "40", "50"), scored(judged(call), "80.10", "90.15"), judged(call)
    away = a_reviewer(call)
    Review.objects.create(application=low, reviewer=away, total=Decimal(100), changed_at=AT, sent_at=AT)
    Review.objects.create(application=low, reviewer=a_reviewer(call), total=Decimal(100), changed_at=AT)
    recused(low, user_of(away))

    rows = sheet_of(call, by=agent(), on=TODAY).rows

    assert [(row.rank, row.application.pk, row.score, row.reviews) for row in rows] == [
        (1, high.pk, Decimal("85.13"), 2), (2, low.pk, Decimal("45.00"), 2), (3, none.pk, None, 0),
    ]  # fmt: skip


def test_the_running_total_turns_before_the_envelope_is_passed() -> None:
    line = a_line("10000")
    call, other = a_call(line), a_call(line)
    awarded(judged(other), "3000")
    first, last = scored(judged(call), "90"), scored(judged(call), "80")
    prepared(first, "4000")
    Opinion.objects.filter(application=last).update(proposed=Decimal("3000.01"))

    sheet = sheet_of(call, by=agent(), on=TODAY)

    assert [(row.together, row.is_over) for row in sheet.rows] == [
        (Decimal(7000), False), (Decimal("10000.01"), True),
    ]  # fmt: skip
    assert (sheet.is_over, sheet.missing) == (True, Decimal("0.01"))


def test_a_file_that_somebody_stays_away_from_is_not_on_their_sheet() -> None:
    call = a_call()
    hidden, shown = judged(call), judged(call)
    an_application(call)
    recused(hidden, agent())

    own, theirs = sheet_of(call, by=agent(), on=TODAY), sheet_of(call, by=second(), on=TODAY)

    assert [row.application.pk for row in own.rows] == [shown.pk]
    assert (len(theirs.rows), own.requested, theirs.waiting) == (2, Decimal(5000), 1)
    assert [line.ready for line in calls_to_decide(by=agent(), on=TODAY)] == [1]


def test_a_sheet_asks_as_many_questions_for_three_files_as_for_one(office: Client) -> None:
    counted = []
    for count in (1, 3):
        call = a_call(a_line("100000", state_aid="de_minimis"))
        for _ in range(count):
            prepared(scored(judged(call, is_economic=True), "50", "60"), "100")
        office.get(address(call))
        with CaptureQueriesContext(
            connection,
        ) as asked:
            page = office.get(address(call))
        assert page.status_code == 200
        counted.append(len(asked))

    assert counted[0] == counted[1]


def test_the_whole_way_of_a_sheet(office: Client, colleague: Client) -> None:
    call = a_call(a_line("8000"))
    good, bad = scored(judged(call), "90"), scored(judged(call), "40")
    criterion = call.criteria.earliest("position")
    assert "2\u00a0dossiers" in office.get("/gestion/subventions/").content.decode()

    typed = form_in(office.get(address(call)).content.decode(), "") | {
        f"d{good.pk}-outcome": "granted", f"d{good.pk}-amount": "4 500,50",
        f"d{bad.pk}-outcome": "refused", f"d{bad.pk}-why": f"criterion:{criterion.pk}",
        f"d{bad.pk}-reason": "Le besoin n’est pas montré.",
    }  # fmt: skip
    assert office.post(address(call), typed).status_code == 302
    refused_row = Decision.objects.get(application=bad)
    assert (refused_row.criterion, refused_row.ground) == (criterion, "criterion")

    page = colleague.get(address(call, "confirmer/")).content.decode()
    ticked = form_in(page, "") | {"number": "2026-112", "day": "2026-11-24", "body": "council"}
    assert colleague.post(address(call, "confirmer/"), ticked).status_code == 302
    assert Decision.objects.get(application=good).is_award
    assert EnvelopeLine.objects.get(calls=call).awarded == Decimal("4500.50")
    assert "Délibération 2026-112" in office.get(address(call)).content.decode()
    assert "Rien n’attend" in colleague.get(address(call, "confirmer/")).content.decode()


def test_what_is_typed_wrong_stays_and_says_why_on_its_line(office: Client) -> None:
    call = a_call()
    one, two = judged(call), judged(call)

    answer = office.post(address(call), {f"d{one.pk}-outcome": "granted", f"d{one.pk}-amount": "beaucoup"})
    late = office.post(address(call), {f"d{two.pk}-outcome": "refused", f"d{two.pk}-reason": ""})

    assert answer.status_code == 422
    assert "Écrivez un montant" in answer.content.decode()
    assert "Dites pourquoi" in late.content.decode()
    assert not Decision.objects.exists()


def test_whoever_prepared_cannot_confirm_and_reads_why(office: Client) -> None:
    decision = prepared()
    call = decision.application.call
    url = address(call, "confirmer/")
    typed = form_in(office.get(url).content.decode(), "") | {"number": "1", "day": "2026-11-24", "body": "council"}

    answer = office.post(url, typed)
    nothing = office.post(url, {"number": "1", "day": "2026-11-24", "body": "council"})

    assert (answer.status_code, nothing.status_code) == (422, 422)
    assert "Une autre personne" in answer.content.decode()
    assert "Cochez au moins" in nothing.content.decode()


def test_the_sheet_is_taken_away_as_a_workbook_a_table_and_a_paper(office: Client) -> None:
    call = a_call()
    prepared(scored(judged(call, title="=Projet"), "80"), "1234.56")
    refused(judged(call))

    files = {form: office.get(address(call, f"fiche.{form}")) for form in ("xlsx", "ods", "pdf")}

    book = load_workbook(io.BytesIO(files["xlsx"].content))
    first = [cell.value for cell in list(book["Fiche de délibération"].rows)[1]]
    content = zipfile.ZipFile(io.BytesIO(files["ods"].content)).read("content.xml").decode()
    assert (first[3], first[9]) == ("=Projet", 1234.56)
    assert book["Fiche de délibération"]["D2"].data_type == "s"
    assert 'office:value="1234.56"' in content
    assert "formula" not in content
    assert files["pdf"].content.startswith(b"%PDF")
    assert office.get(address(call, "fiche.exe")).status_code == 404


def test_an_empty_sheet_says_when_it_fills(office: Client) -> None:
    call = a_call()

    assert "se remplit avec les avis" in office.get(address(call)).content.decode()
    assert "Aucun dossier n’attend" in office.get("/gestion/subventions/").content.decode()
    assert office.get(address(call, "fiche.pdf")).status_code == 200


def test_an_outcome_that_is_not_chosen_prepares_nothing(office: Client) -> None:
    call = a_call()
    one = judged(call)

    office.post(address(call), {f"d{one.pk}-outcome": "", f"d{one.pk}-amount": "100"})

    assert not Decision.objects.filter(outcome=Outcome.GRANTED).exists()
