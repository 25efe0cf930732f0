"""Dialogues: conducted by agents, read by everybody, talked about by who takes part."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from maillage.accounts.enums import Role
from maillage.accounts.models import User
from maillage.discussion import actions
from maillage.discussion.enums import DialogueForm, DialogueState, Side
from maillage.discussion.forms import dialogues as forms
from maillage.discussion.models import AgendaItem, Dialogue, Participant, SharedFile, Thread
from maillage.discussion.seeds.dialogue import plant_dialogue
from maillage.kernel.models import JournalEntry
from maillage.kernel.registry import circle_of
from tests.accounts.people import holder
from tests.discussion.world import AT, pdf, people
from tests.factories import small_territory
from tests.forms import form_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wagtail_roots")]
OFFICE = "/gestion/dialogues/"
FACTS = {
    "title": "Se croiser mieux", "question": "Que manque-t-il ?", "form": DialogueForm.FILM,
    "state": DialogueState.OPEN, "event_date": date(2026, 12, 10), "place": "Péronne",
}  # fmt: skip


@pytest.fixture
def agent() -> User:
    return holder(Role.AGENT, email="agent@exemple.test")


def opened(**facts: Any) -> Dialogue:
    return actions.open_dialogue(facts={**FACTS, **facts}, by=None, at=AT)


def refused(verb: Any, **facts: Any) -> tuple[str, str]:
    with pytest.raises(actions.DiscussionRefused) as refusal:
        verb(**{"by": None, "at": AT, **facts})
    return refusal.value.phrase, refusal.value.field


def changed(dialogue: Dialogue, **facts: Any) -> Dialogue:
    dialogue.refresh_from_db()
    return actions.change_dialogue(
        dialogue=dialogue, facts=facts, seen_at=dialogue.changed_at, by=None, at=AT + timedelta(hours=1)
    )


def test_a_dialogue_opens_changes_and_closes_with_a_synthesis() -> None:
    dialogue = opened()
    assert dialogue.slug == "se-croiser-mieux"
    assert "titre" in refused(actions.open_dialogue, facts=FACTS)[0]
    assert changed(dialogue, place="Péronne").changed_at == AT
    moved = changed(dialogue, place="Ham")
    assert (moved.place, moved.slug) == ("Ham", "se-croiser-mieux")
    late: dict[str, Any] = {"dialogue": dialogue, "facts": {"place": "Roye"}, "seen_at": AT}
    assert "pendant que vous" in refused(actions.change_dialogue, **late)[0]
    with pytest.raises(actions.DiscussionRefused) as refusal:
        changed(dialogue, state=DialogueState.CLOSED)
    assert refusal.value.field == "synthesis"
    assert changed(dialogue, state=DialogueState.CLOSED, synthesis="On se voit.").state == DialogueState.CLOSED
    with pytest.raises(IntegrityError), transaction.atomic():
        Dialogue.objects.update(synthesis="")


def test_people_of_both_sides_take_part_and_enter_with_their_account() -> None:
    dialogue, [alice] = opened(), people("alice")
    circle = circle_of(dialogue.circle)
    assert circle is not None
    assert not circle.may_read(alice)
    facts: dict[str, Any] = {"dialogue": dialogue, "side": Side.SSE, "name": "Alice", "email": "Alice@exemple.test"}
    made = actions.add_participant(**facts, by=None, at=AT)
    actions.add_participant(dialogue=dialogue, side=Side.AUTHORITY, name="Une élue", by=None, at=AT)
    assert circle.may_read(alice)
    assert circle.may_write(alice)
    assert not circle.may_moderate(alice)
    assert list(circle.readers()) == [alice]
    assert "déjà part" in refused(actions.add_participant, **facts)[0]
    assert refused(actions.add_participant, **{**facts, "email": "rien@exemple.test"})[1] == "email"
    actions.remove_participant(participant=made, by=None, at=AT)
    actions.remove_participant(participant=made, by=None, at=AT)
    assert not circle.may_read(alice)
    assert JournalEntry.objects.filter(verb="remove_participant").count() == 1


def test_a_draft_is_shut_and_a_closed_dialogue_is_read_only() -> None:
    dialogue, [alice] = opened(state=DialogueState.DRAFT), people("alice")
    facts: dict[str, Any] = {"side": Side.SSE, "name": "Alice", "email": alice.email}
    actions.add_participant(dialogue=dialogue, **facts, by=None, at=AT)
    found = circle_of(dialogue.circle)
    assert found is not None
    assert (bool(found.may_read(alice)), found.is_open) == (False, False)
    changed(dialogue, state=DialogueState.CLOSED, synthesis="Fini.")
    found = circle_of(dialogue.circle)
    assert found is not None
    assert found.may_read(alice)
    assert "terminé" in found.may_write(alice).reason
    assert circle_of("dialogue-x") is circle_of("dialogue-") is circle_of(f"dialogue-{9**30}") is None


def test_an_agenda_takes_it_once_and_keeps_what_came_of_it() -> None:
    dialogue = opened()
    facts: dict[str, Any] = {"dialogue": dialogue, "body": "Commission économie", "meeting_date": date(2026, 11, 20)}
    item = actions.send_to_agenda(**facts, by=None, at=AT)
    assert "déjà à l’ordre" in refused(actions.send_to_agenda, **facts)[0]
    assert "Ouvrez d’abord" in refused(
        actions.send_to_agenda, **{**facts, "dialogue": opened(title="Autre", state=DialogueState.DRAFT)}
    )[0]  # fmt: skip
    told: dict[str, Any] = {"item": item, "outcome": "Accord.", "outcome_date": date(2026, 11, 21)}
    assert refused(actions.record_outcome, **{**told, "outcome_date": date(2026, 11, 19)})[1] == "outcome_date"
    assert refused(actions.record_outcome, **{**told, "outcome_date": date(2026, 12, 30)})[1] == "outcome_date"
    assert refused(actions.record_outcome, **{**told, "outcome": " "})[1] == "outcome"
    kept = actions.record_outcome(**told, by=None, at=AT)
    assert (kept.outcome, kept.outcome_date) == ("Accord.", date(2026, 11, 21))
    with pytest.raises(IntegrityError), transaction.atomic():
        AgendaItem.objects.update(outcome="")


def test_everybody_reads_what_is_public(client: Client) -> None:
    small_territory()
    assert "paraîtront ici" in client.get("/dialogues/").content.decode()
    cache.clear()  # the edition of kept pages ends at a commit, which no test makes
    dialogue, draft = opened(), opened(title="Caché", state=DialogueState.DRAFT)
    actions.add_participant(dialogue=dialogue, side=Side.SSE, name="Le Fil vert", quality="association", by=None, at=AT)
    item = actions.send_to_agenda(dialogue=dialogue, body="Commission", meeting_date=date(2026, 11, 20), by=None, at=AT)
    actions.record_outcome(item=item, outcome="Accord unanime.", outcome_date=date(2026, 11, 21), by=None, at=AT)

    listed = client.get("/dialogues/").content.decode()
    assert "Se croiser mieux" in listed
    assert "Caché" not in listed
    shown = client.get(dialogue.get_absolute_url()).content.decode()
    for words in ("Que manque-t-il", "Le Fil vert", "Accord unanime.", "Ciné-débat", "Péronne"):
        assert words in shown
    assert client.get(draft.get_absolute_url()).status_code == 404
    sitemap = client.get("/sitemap-dialogues.xml")
    assert sitemap.status_code != 200 or "/dialogues/se-croiser-mieux/" in sitemap.content.decode()


def test_a_kit_is_taken_by_everybody_and_the_rest_by_who_takes_part(client: Client, agent: User) -> None:
    dialogue = opened()
    files = f"/echanges/{dialogue.circle}/fichiers/"
    client.force_login(agent)
    for name, public in (("Le kit", "on"), ("Notes", "")):
        shown = form_in(client.get(f"{files}nouveau/").content.decode(), "")
        said = {**shown, "name": name, "document": SimpleUploadedFile("x.pdf", pdf(name))}
        assert client.post(f"{files}nouveau/", {**said, **({"is_public": public} if public else {})}).status_code == 302
    kit, notes = SharedFile.objects.get(name="Le kit"), SharedFile.objects.get(name="Notes")
    [alice] = people("alice")
    actions.add_participant(dialogue=dialogue, side=Side.SSE, name="Alice", email=alice.email, by=None, at=AT)
    client.force_login(alice)
    assert client.get(f"{files}{kit.pk}/version/").status_code == 403
    assert client.get(f"{files}{notes.pk}/version/").status_code == 200
    client.logout()
    assert client.get(kit.get_absolute_url()).status_code == 200
    assert client.get(notes.get_absolute_url()).status_code == 403
    shown_page = client.get(dialogue.get_absolute_url()).content.decode()
    assert "Le kit" in shown_page
    assert "Notes" not in shown_page
    Dialogue.objects.update(state=DialogueState.DRAFT)
    assert client.get(kit.get_absolute_url()).status_code == 403


def test_an_agent_conducts_a_dialogue_from_the_back_office(client: Client, agent: User) -> None:
    small_territory()
    people("alice")
    client.force_login(agent)
    assert "Aucun dialogue" in client.get(OFFICE).content.decode()
    said = {"title": "Se voir", "question": "Quand ?", "form": "commission", "state": "open"}
    shown = form_in(client.get(f"{OFFICE}nouveau/").content.decode(), "")
    assert client.post(f"{OFFICE}nouveau/", {**shown, **said, "title": ""}).status_code == 422
    assert client.post(f"{OFFICE}nouveau/", {**shown, **said}).status_code == 302
    dialogue = Dialogue.objects.get()
    own = f"{OFFICE}{dialogue.pk}/"
    assert client.post(own, {**said, "place": "Ham", "seen_at": "2020-01-01T00:00:00+00:00"}).status_code == 409
    assert client.post(own, {**said, "state": "closed", "seen_at": dialogue.changed_at.isoformat()}).status_code == 422
    assert client.post(own, {**said, "place": "Ham", "seen_at": dialogue.changed_at.isoformat()}).status_code == 302

    person = {"side": "sse", "name": "Alice", "email": "rien@exemple.test"}
    assert client.post(f"{own}personnes/", person).status_code == 422
    assert client.post(f"{own}personnes/", {**person, "email": "alice@exemple.test"}).status_code == 302
    meeting = {"body": "Commission", "meeting_date": "2026-11-20"}
    assert client.post(f"{own}ordre-du-jour/", {"body": ""}).status_code == 422
    assert client.post(f"{own}ordre-du-jour/", meeting).status_code == 302
    item = AgendaItem.objects.get()
    outcome = {"outcome": "Accord.", "outcome_date": "2026-11-19"}
    assert client.post(f"{OFFICE}ordre-du-jour/{item.pk}/suite/", outcome).status_code == 422
    outcome["outcome_date"] = "2026-11-20"
    assert client.post(f"{OFFICE}ordre-du-jour/{item.pk}/suite/", outcome).status_code == 302
    page = client.get(own).content.decode()
    assert "entre dans les échanges" in page
    assert "suite donnée" in page
    assert client.post(f"{OFFICE}personnes/{Participant.objects.get().pk}/retirer/").status_code == 302
    assert "Se voir" in client.get(OFFICE).content.decode()


def test_others_do_not_enter_the_back_office(client: Client) -> None:
    client.force_login(people("alice")[0])
    assert client.get(OFFICE).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_lists_ask_as_much_for_one_as_for_three(
    client: Client, agent: User, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    small_territory()
    for rank in range(count):
        opened(title=f"Dialogue {rank}")
    client.force_login(agent)
    client.get(OFFICE)
    with django_assert_num_queries(OFFICE_QUERIES):
        client.get(OFFICE)


OFFICE_QUERIES = 10


def test_the_example_dialogue_is_planted_once_and_says_so(client: Client) -> None:
    small_territory()
    for name in ("alice", "bruno", "rachid"):
        holder(Role.AGENT if name == "bruno" else None, email=f"{name}@exemple.test", first_name=name.capitalize(),
               is_example=True)  # fmt: skip
    assert plant_dialogue("demo", AT, lambda line: None) == {"dialogues d’exemple": 1}
    assert plant_dialogue("demo", AT, lambda line: None) == {}
    dialogue = Dialogue.objects.get()
    assert Thread.objects.count() == 2
    assert "donnée d’exemple" in client.get(dialogue.get_absolute_url()).content.decode()


def test_a_dialogue_without_a_measure_says_so_in_its_form() -> None:
    assert forms.DialogueForm()["measure"].as_widget().count(">Aucune</option>") == 1
