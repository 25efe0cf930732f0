"""A dialogue that was sent to an agenda comes on it, and keeps what came of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from maillage.accounts.enums import Role
from maillage.discussion import actions as dialogues
from maillage.discussion.enums import DialogueForm, DialogueState
from maillage.discussion.models import AgendaItem
from maillage.governance import actions
from maillage.governance.models import Meeting
from maillage.governance.queries.meetings import waiting_dialogues
from tests.accounts.people import holder
from tests.governance.world import AT, TODAY, announced, body, member

pytestmark = pytest.mark.django_db


def asked() -> AgendaItem:
    facts = {
        "title": "Se croiser mieux", "question": "Comment ?", "form": DialogueForm.values[0],
        "state": DialogueState.OPEN,
    }  # fmt: skip
    dialogue = dialogues.open_dialogue(facts=facts, by=None, at=AT)
    day = TODAY - timedelta(days=1)
    return dialogues.send_to_agenda(dialogue=dialogue, body="La commission", meeting_date=day, by=None, at=AT)


def taken(days: int = -1) -> tuple[Meeting, AgendaItem]:
    meeting, item = announced(body(), days=days), asked()
    actions.take_dialogue(meeting=meeting, asked=item, by=None, at=AT)
    item.refresh_from_db()
    return meeting, item


def test_it_comes_on_the_agenda_of_that_day_once() -> None:
    meeting, item = taken(days=7)
    assert item.reference == meeting.get_absolute_url()
    assert item.meeting_date == TODAY + timedelta(days=7)
    assert waiting_dialogues() == []
    with pytest.raises(actions.GovernanceRefused):
        actions.take_dialogue(meeting=meeting, asked=item, by=None, at=AT)
    assert meeting.items.count() == 1


def test_taken_off_it_waits_again() -> None:
    meeting, item = taken(days=7)
    actions.remove_item(item=meeting.items.get(), by=None, at=AT)
    assert waiting_dialogues() == [item]


def test_what_was_said_of_it_goes_to_its_page(client: Client) -> None:
    meeting, item = taken()
    alice = member(meeting.body)
    actions.note_attendance(meeting=meeting, seen={alice: ("present", None)}, by=None, at=AT)
    meeting = actions.hold(meeting=meeting, by=None, at=AT)
    point = meeting.items.get()
    actions.write_minutes(item=point, text="On en a parlé.", by=None, at=AT)
    actions.decide(meeting=meeting, item=point, text="Une rencontre chaque saison.", by=None, at=AT)
    meeting = actions.finish_minutes(meeting=meeting, by=None, at=AT)
    actions.validate_minutes(meeting=meeting, by=None, at=AT)
    item.refresh_from_db()
    assert item.outcome == "On en a parlé.\nDécision 1 : Une rencontre chaque saison."
    assert "Une rencontre chaque saison" in client.get(item.dialogue.get_absolute_url()).content.decode()


@pytest.mark.usefixtures("wagtail_roots")
def test_an_agent_puts_it_on_the_agenda(client: Client) -> None:
    meeting, item = announced(body()), asked()
    client.force_login(holder(Role.AGENT))
    page = f"/gestion/instances/reunions/{meeting.pk}/"
    assert "Se croiser mieux" in client.get(page).content.decode()
    client.post(f"{page}dialogues/", {"dialogue": item.pk})
    assert meeting.items.get().dialogue_item == item
    assert client.post(f"{page}dialogues/", {"dialogue": "x"}).status_code == 404
