"""Applications as agents read them: the list and its filters, exports, one file and each act on it."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from maillage.calls.enums import ApplicationState as S
from maillage.calls.models import Application, Recusal
from maillage.calls.phrases.review import COLUMNS, ITEMS
from maillage.calls.queries.office import Wanted, listed
from maillage.calls.queries.waiting import office_panel
from maillage.kernel.models import JournalEntry
from tests.calls.drafts import sent
from tests.calls.reading import a_reviewer, handed_in, in_review, recused, user_of
from tests.calls.world import AT, a_call, a_structure, agent, an_application, later
from tests.forms import form_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wagtail_roots")]
BASE = "/gestion/demandes/"


@pytest.fixture
def office(client: Client) -> Client:
    client.force_login(agent())
    return client


def page_of(office: Client, path: str) -> str:
    answer = office.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def act(office: Client, application: Application, where: str, **typed: Any) -> int:
    """Send one form of the file, as its page shows it."""
    path = f"{BASE}{application.pk}/{where}/"
    return office.post(path, form_in(page_of(office, f"{BASE}{application.pk}/"), path) | typed).status_code


def _found(**wanted: Any) -> list[Application]:
    return list(listed(Wanted(**{"which": "tous"} | wanted), by=agent(), on=AT.date()))


def test_the_list_starts_with_what_waits_and_narrows_from_its_address(office: Client) -> None:
    fresh, read = an_application(), in_review()
    draft = an_application(state=S.DRAFT)

    page = page_of(office, BASE)

    assert fresh.title in page
    assert read.title not in page
    everything = page_of(office, f"{BASE}?liste=tous&q={fresh.number}")
    assert fresh.title in everything
    assert draft.title not in everything
    assert "Aucune demande pour ces filtres" in page_of(office, f"{BASE}?liste=tous&q=introuvable")
    assert fresh.title in page_of(office, f"{BASE}?liste=rien&appel=x&tri=y&page=999")


def test_filters_and_orders() -> None:
    made, _ = a_structure("La Ressourcerie")
    one = an_application(organisation=made, requested=900, submitted_at=later(-90))
    two, three = in_review(requested=7000), an_application(state=S.OPINION)
    for points in (2, 4):
        handed_in(two, points, points)

    told = {
        "words": _found(words="ressourcerie"), "call": _found(call=two.call_id),
        "authority": _found(authority=one.call.scheme.authority_id, sort="attente"),
        "amount": _found(sort="montant"), "rank": _found(sort="rang")[:1], "late": _found(is_late=True),
    }  # fmt: skip

    assert told == {
        "words": [one], "call": [two], "authority": [one, two, three], "amount": [two, three, one], "rank": [two],
        "late": [one],
    }  # fmt: skip


def test_what_i_have_to_judge_is_a_filter() -> None:
    call = a_call()
    one, two = in_review(call), in_review(call)
    reviewer = a_reviewer(call)
    reviewer.user = agent()
    reviewer.save()
    handed_in(two, 3, 3, by=agent())

    assert _found(is_to_read=True) == [one]


def test_a_longer_list_asks_no_more(office: Client) -> None:
    counts = []
    call = a_call()
    for number in (1, 3):
        for _ in range(number):
            handed_in(in_review(call), 3, 3)
        with CaptureQueriesContext(connection) as asked:
            page_of(office, f"{BASE}?liste=tous&appel={call.pk}&tri=rang")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_list_goes_into_spreadsheets(office: Client) -> None:
    one, hidden = an_application(title="=Un projet"), an_application()
    recused(hidden, agent())

    table = office.get(f"{BASE}demandes.csv?liste=tous").getvalue().decode("utf-8-sig")
    book = load_workbook(io.BytesIO(office.get(f"{BASE}demandes.xlsx?liste=tous").getvalue()))

    rows = list(csv.reader(io.StringIO(table), delimiter=";"))
    assert (rows[0], rows[1][:2], len(rows)) == (list(COLUMNS), [one.number, "'=Un projet"], 2)
    cells = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows(max_col=2)]
    assert cells[1:] == [[one.number, "=Un projet"]]


def test_opening_a_file_is_written_down_and_one_stayed_away_from_is_not_there(office: Client) -> None:
    one, hidden, draft = sent(), an_application(), an_application(state=S.DRAFT)
    recused(hidden, agent())

    page = page_of(office, f"{BASE}{one.pk}/")

    assert "Plus un commerce ouvert." in page
    assert JournalEntry.objects.filter(verb="read_application", object_id=one.pk).count() == 1
    for pk in (hidden.pk, draft.pk, 10**19):
        assert office.get(f"{BASE}{pk}/").status_code == 404


def test_from_points_to_the_opinion(office: Client) -> None:
    application = sent()
    assert act(office, application, "points") == 302
    assert act(office, application, "recevable") == 302
    typed = {"sense": "favourable", "proposed": "4 000", "given_on": timezone.localdate().isoformat()}

    done = act(office, application, "avis", **typed)

    application.refresh_from_db()
    assert (done, application.state, application.checks.count()) == (302, S.OPINION, len(ITEMS))
    assert "4\u202f000,00" in page_of(office, f"{BASE}{application.pk}/").replace("\u00a0", "\u202f")


@pytest.mark.parametrize(
    ("where", "typed", "wrong"),
    [
        ("points", {}, {"budget": "0", "budget_note": ""}), ("irrecevable", {"reason": "Hors sujet"}, {"reason": ""}),
        ("completer", {"fields_open": "title", "words": "Le titre", "due_on": "2099-01-01"},
         {"fields_open": "title", "words": "Le titre", "due_on": "2001-01-01"}),
    ],
)  # fmt: skip
def test_each_act_is_done_or_says_what_is_wrong(
    office: Client, where: str, typed: dict[str, str], wrong: dict[str, str]
) -> None:
    application = sent()

    assert [act(office, application, where, **wrong), act(office, application, where, **typed)] == [422, 302]


def test_a_completion_may_be_waited_for_no_longer(office: Client) -> None:
    application = sent()
    typed = {"fields_open": "title", "words": "Le titre", "due_on": "2099-01-01"}
    act(office, application, "completer", **typed)

    assert act(office, application, "ne-plus-attendre", why="Sans réponse") == 302

    application.refresh_from_db()
    assert application.state == S.SUBMITTED


def test_a_recusal_is_noted_for_a_colleague_then_taken_back(office: Client) -> None:
    application, other = in_review(), agent("autre@exemple.test")
    assert act(office, application, "deport", user=str(other.pk), reason="Sa sœur") == 302
    row = Recusal.objects.get()
    assert "a quitté la salle" in page_of(office, f"{BASE}{application.pk}/")

    kept = act(office, application, f"deport/{row.pk}/retirer", reason="")
    taken = act(office, application, f"deport/{row.pk}/retirer", reason="Erreur")

    assert (kept, taken, Recusal.objects.count()) == (302, 302, 0)


def test_noting_one_s_own_recusal_leads_back_to_the_list(office: Client) -> None:
    application = in_review()
    path = f"{BASE}{application.pk}/deport/"

    answer = office.post(path, {"user": str(agent().pk), "reason": "Ma sœur"})

    assert answer["Location"] == BASE


def test_the_report_is_a_pdf_and_a_text_to_go_on_with(office: Client) -> None:
    application = in_review()
    for points in (3, 5):
        handed_in(application, points, points)
    recused(application, user_of(a_reviewer(application.call)))

    pdf, odt = (office.get(f"{BASE}{application.pk}/rapport.{kind}").content for kind in ("pdf", "odt"))

    assert (pdf[:5], odt[:2]) == (b"%PDF-", b"PK")


def test_the_jury_of_a_call_is_named_and_shown(office: Client) -> None:
    call, user = a_call(), user_of(a_reviewer(a_call()))
    path = f"{BASE}jury/{call.pk}/"
    assert call.title in page_of(office, f"{BASE}jury/")

    answers = [office.post(path, {"email": email}).status_code for email in (user.email, user.email, "x")]

    assert answers == [302, 422, 422]
    member = call.reviewers.get()
    assert "N’a pas encore commencé" in page_of(office, path)
    assert office.post(f"{path}retirer/{member.pk}/").status_code == 302
    assert call.reviewers.count() == 0


def test_equal_answers_are_told_by_point_and_by_criterion(office: Client) -> None:
    application = sent()
    typed = {"budget": "0", "budget_note": "Il manque la salle."}
    act(office, application, "points", **typed)
    act(office, application, "irrecevable", reason="Le budget ne tient pas.")
    handed_in(in_review(), 4, 2)

    page = page_of(office, f"{BASE}refus/")

    assert ITEMS["budget"] in page
    assert "Utilité" in page


def test_the_home_says_what_waits_and_nothing_of_what_is_hidden(office: Client) -> None:
    hidden = an_application()
    recused(hidden, agent())
    assert office_panel(agent()) is None

    an_application()

    panel = office_panel(agent())
    assert panel is not None
    assert panel["lines"][0] == ("liste=a-examiner", "1\u00a0demande à examiner")
    assert "Demandes d’aide" in page_of(office, "/gestion/")
