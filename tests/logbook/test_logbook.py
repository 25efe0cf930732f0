from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from maillage.accounts.actions import describe_mandate
from maillage.accounts.enums import Role
from maillage.accounts.models import Mandate, User
from maillage.directory import actions as directory
from maillage.kernel.actions import journal
from maillage.kernel.models import JournalEntry
from maillage.kernel.registry import feed_lines
from maillage.logbook import actions, queries_feed, queries_find
from maillage.logbook.enums import EntryKind
from maillage.logbook.models import Entry
from maillage.outbox import actions as outbox
from maillage.outbox.models import ToDo
from maillage.space import actions as space
from maillage.space.actions.freshness import letter_source
from tests.accounts.people import holder
from tests.factories import human_source, organisation, person
from tests.space.world import sheet

pytestmark = pytest.mark.django_db
# A Friday, noon in Paris.
AT = datetime(2026, 11, 27, 11, tzinfo=UTC)
SECRET_WORDS = "zqmots que personne d’autre ne lit"


@pytest.fixture
def bruno() -> User:
    return holder(Role.AGENT, first_name="Bruno", last_name="Exemple")


@pytest.fixture
def office(client: Client, bruno: User) -> Client:
    client.force_login(bruno)
    return client


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_a_call_is_one_line_and_its_words_stay_out_of_the_journal(bruno: User) -> None:
    one = organisation("Le Fil vert")
    entry = actions.log_call(
        about=one, kind=EntryKind.CALL_IN, words=SECRET_WORDS, who="Chloé", by=bruno, at=AT,
        next_step=actions.NextStep("Rappeler mardi", date(2026, 12, 1), bruno),
    )  # fmt: skip
    assert str(entry) == f"Appel reçu {entry.pk}"
    step = ToDo.objects.get()
    assert (step.title, step.due_date, step.owner, step.object_id) == (
        "Rappeler mardi",
        date(2026, 12, 1),
        bruno,
        one.pk,
    )
    act = JournalEntry.objects.get(verb="log_call")
    assert act.changes == {"entry": [None, entry.pk]}
    assert SECRET_WORDS not in f"{act.object_label}{act.note}{act.changes}"


def test_a_call_ends_what_asked_for_it(bruno: User) -> None:
    one = organisation("Le Fil vert")
    asked = outbox.open_to_do(title="Appeler", about=one, once_key="x", at=AT)
    actions.log_call(about=one, kind=EntryKind.CALL_OUT, words="C’est vu", by=bruno, at=AT, answers=asked)
    asked.refresh_from_db()
    assert (asked.done_at, asked.done_by, asked.note) == (AT, bruno, "C’est vu")


def test_a_note_is_no_call(bruno: User) -> None:
    with pytest.raises(ValueError, match="not a call"):
        actions.log_call(about=organisation("A"), kind=EntryKind.NOTE, words="x", by=bruno, at=AT)


def test_ones_own_note_is_corrected_and_never_over_another_s_change(bruno: User) -> None:
    note = actions.write_note(about=organisation("A"), words="Avant", by=bruno, at=AT)
    other = person("autre@exemple.test")
    with pytest.raises(actions.EntryRefused):
        actions.correct_note(note=note, words="Moi", is_pinned=False, by=other, at=AT, seen_at=None)
    later = AT + timedelta(minutes=1)
    actions.correct_note(note=note, words="Après", is_pinned=True, by=bruno, at=later, seen_at=None)
    with pytest.raises(actions.EntryRefused):
        actions.correct_note(note=note, words="Encore", is_pinned=False, by=bruno, at=later, seen_at=None)
    note.refresh_from_db()
    assert (note.words, note.is_pinned, note.changed_at) == ("Après", True, later)


def test_the_form_asks_one_field_and_leads_back_to_the_sheet(office: Client, bruno: User) -> None:
    one = organisation("Le Fil vert")
    page = text(office, f"/gestion/telephone/nouveau/?structure={one.pk}")
    assert "autofocus" in page
    answer = office.post(f"/gestion/telephone/nouveau/?structure={one.pk}", {"words": "Un local", "kind": "call_in"})
    assert answer["Location"] == f"/gestion/annuaire/{one.pk}/"
    assert Entry.objects.get().words == "Un local"
    assert "Un local" in text(office, f"/gestion/annuaire/{one.pk}/")


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"kind": "call_in"}, "words"),
        ({"words": "x", "kind": "call_in", "next_step": "Rappeler"}, "due_date"),
        ({"words": "x", "kind": "call_in", "due_date": "2026-12-01"}, "next_step"),
        ({"words": "x" * 2_001, "kind": "call_in"}, "words"),
    ],
)
def test_what_is_missing_is_said_beside_its_field(office: Client, typed: dict[str, str], field: str) -> None:
    one = organisation("Le Fil vert")
    answer = office.post(f"/gestion/telephone/nouveau/?structure={one.pk}", typed)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert not Entry.objects.exists()


def test_without_a_target_one_finds_it_first_and_the_to_do_is_kept(office: Client) -> None:
    one = organisation("Le Fil vert")
    asked = outbox.open_to_do(title="Rappeler quelqu’un", once_key="x", at=AT)
    page = text(office, f"/gestion/telephone/nouveau/?tache={asked.pk}&q=fil")
    assert f'?structure={one.pk}&amp;tache={asked.pk}"' in page


def test_addresses_that_lead_nowhere_are_not_found(office: Client) -> None:
    for query in ("structure=999999", "personne=1e9", "tache=99999999999999999999"):
        assert office.get(f"/gestion/telephone/nouveau/?{query}").status_code == 404


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("peronne fil", {"Le Fil vert de Péronne"}),
        ("03 22", {"Le Fil vert de Péronne", "La Recyclerie"}),
        ("+33 3 22 84 00 00", {"Le Fil vert de Péronne"}),
        ("0322840000", {"Le Fil vert de Péronne"}),
        ("bonjour@fil", {"Le Fil vert de Péronne"}),
        ("x", set()),
        ("%", set()),
        ("zzz", set()),
    ],
)
def test_organisations_are_found_by_name_number_or_address(words: str, found: set[str]) -> None:
    organisation("Le Fil vert de Péronne", phone="03 22 84 00 00", email="bonjour@fil-vert.test")
    organisation("La Recyclerie", phone="03.22.11.22.33")
    assert {one.name for one in queries_find.find(words).organisations} == found


def test_people_are_found_by_name_number_or_address(bruno: User) -> None:
    mandate = Mandate.objects.get(user=bruno)
    describe_mandate(mandate=mandate, phone="06 11 22 33 44", how_to_reach="", by=bruno, at=AT)
    for words in ("bruno", "exemple bru", "agent@", "0611 22"):
        assert queries_find.find(words).people == [bruno], words
    assert queries_find.find("salima").people == []


def test_searching_costs_the_same_for_one_and_for_many(office: Client) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            text(office, "/gestion/chercher/?q=atelier")
        return len(queries)

    organisation("Atelier 1")
    person("atelier1@exemple.test")
    asked()
    one = asked()
    for number in range(2, 5):
        organisation(f"Atelier {number}")
        person(f"atelier{number}@exemple.test")
    assert asked() == one


def test_every_sentence_of_the_feed_holds_its_words() -> None:
    lines = feed_lines()
    assert len(lines) > 30
    for line in lines.values():
        for sentence in filter(None, (line.by, line.alone)):
            assert sentence.format(who="Q", what="O")


def test_the_feed_tells_what_happened_the_latest_first(bruno: User) -> None:
    one = sheet("Atelier du Port")
    space.confirm_sheet(organisation=one, source=letter_source(AT), by=None, at=AT)
    actions.log_call(about=one, kind=EntryKind.CALL_IN, words=SECRET_WORDS, by=bruno, at=AT)
    directory.revise_organisation(
        organisation=one, facts={"acronym": "AP"}, source=human_source(), by=None, at=AT, batch="import:1"
    )
    told = [line.sentence for line in queries_feed.feed({}, before=None).lines]
    assert told[:2] == [
        "Bruno Exemple a noté un appel : Atelier du Port",
        "La structure confirme sa fiche : Atelier du Port",
    ]
    assert not any("corrige" in sentence for sentence in told), "acts of imports are left out"


def test_the_feed_is_filtered_by_its_address_and_paged_by_key(office: Client, bruno: User) -> None:
    one, other = organisation("Un"), organisation("Deux")
    for number in range(60):
        journal(verb="verify", target=one if number % 2 else other, changes={}, by=bruno, at=AT)
    page = text(office, f"/gestion/fil/?structure={one.pk}&theme=sheets&agent={bruno.pk}")
    assert page.count("Bruno Exemple confirme Un") == 30
    assert "confirme Deux" not in page
    first = queries_feed.feed({}, before=None)
    assert len(first.lines) == 50
    second = queries_feed.feed({}, before=first.older)
    assert {line.pk for line in first.lines} & {line.pk for line in second.lines} == set()
    assert queries_feed.feed({"until": date(2026, 11, 1)}, before=None).lines == []
    assert "Rien de tel" in text(office, "/gestion/fil/?after=2030-01-01")


def test_what_is_new_since_ones_last_visit_is_marked(office: Client, bruno: User) -> None:
    one = organisation("Un")
    text(office, "/gestion/fil/")
    assert "Nouveau" not in text(office, "/gestion/fil/")
    journal(verb="verify", target=one, changes={}, by=bruno, at=AT)
    assert text(office, "/gestion/fil/").count(">Nouveau<") == 1
    assert "Nouveau" not in text(office, "/gestion/fil/")


def test_the_feed_asks_as_much_for_one_line_as_for_many(office: Client, bruno: User) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            text(office, "/gestion/fil/")
        return len(queries)

    journal(verb="verify", target=organisation("Un"), changes={}, by=bruno, at=AT)
    asked()
    one = asked()
    for number in range(5):
        journal(verb="verify", target=organisation(f"Autre {number}"), changes={}, by=bruno, at=AT)
    assert asked() == one


def test_the_home_says_what_waits_and_what_is_late(office: Client, bruno: User) -> None:
    one = organisation("Le Fil vert")
    page = text(office, "/gestion/")
    assert "Rien n’attend" in page
    outbox.open_to_do(title="Rappeler", about=one, once_key="a", at=AT, due_date=date(2026, 1, 1), owner=bruno)
    outbox.open_to_do(title="Plus tard", about=one, once_key="b", at=AT, due_date=date(2099, 1, 1))
    page = text(office, "/gestion/")
    assert 'class="is-late"' in page
    assert "<strong>1</strong> chose à faire" in page


def test_a_confirmed_sheet_needs_no_call_any_more() -> None:
    one = sheet("Atelier du Port", age_days=500)
    asked = outbox.open_to_do(title="Appeler", about=one, once_key=f"unconfirmed:{one.pk}:2025", at=AT)
    other = outbox.open_to_do(title="Autre chose", about=one, once_key="dead:1", at=AT)
    space.confirm_sheet(organisation=one, source=human_source(), by=None, at=AT)
    asked.refresh_from_db()
    other.refresh_from_db()
    assert asked.done_at == AT
    assert "confirmé" in asked.note
    assert other.done_at is None


def test_what_is_to_do_is_planned_taken_and_put_back(office: Client, bruno: User) -> None:
    one = outbox.open_to_do(title="Rappeler", once_key="a", at=AT)
    office.post(f"/gestion/courrier/a-faire/{one.pk}/planifier/", {"due_date": "2026-12-01", "is_mine": "1"})
    one.refresh_from_db()
    assert (one.due_date, one.owner) == (date(2026, 12, 1), bruno)
    assert "Appel" in text(office, "/gestion/courrier/a-faire/")
    office.post(f"/gestion/courrier/a-faire/{one.pk}/faite/", {"note": "vu"})
    assert "Remettre à faire" in text(office, "/gestion/courrier/a-faire/?faites=1")
    office.post(f"/gestion/courrier/a-faire/{one.pk}/refaire/")
    one.refresh_from_db()
    assert (one.done_at, one.note) == (None, "")


def test_what_was_done_another_day_stays_done(bruno: User) -> None:
    one = outbox.open_to_do(title="Rappeler", once_key="a", at=AT)
    outbox.do(to_do=one, note="vu", by=bruno, at=AT)
    assert not outbox.undo_done(to_do=one, by=bruno, at=AT + timedelta(days=1))
    one.refresh_from_db()
    assert one.done_at == AT


def test_a_call_is_in_no_public_page_and_no_export(office: Client, bruno: User) -> None:
    one = sheet("Atelier du Port")
    actions.log_call(about=one, kind=EntryKind.CALL_IN, words=SECRET_WORDS, who="zqpersonne", by=bruno, at=AT)
    actions.write_note(about=one, words=SECRET_WORDS, by=bruno, at=AT)
    stranger = Client()
    for path in (one.get_absolute_url(), "/annuaire.csv", f"/api/v1/organisations/{one.slug}", "/actus.rss"):
        page = stranger.get(path)
        body = page.getvalue()
        assert b"zqmots" not in body, path
        assert b"zqpersonne" not in body, path


def test_postponing_what_a_colleague_has_does_not_take_it_from_them(office: Client, bruno: User) -> None:
    colleague = holder(Role.ADMINISTRATOR, email="agnes@exemple.test")
    one = outbox.open_to_do(title="Rappeler", once_key="a", at=AT, owner=colleague)
    office.post(f"/gestion/courrier/a-faire/{one.pk}/planifier/", {"due_date": "2026-12-01"})
    one.refresh_from_db()
    assert (one.due_date, one.owner) == (date(2026, 12, 1), colleague)
