"""Threads: what is written, what is refused, who is told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from maillage.accounts.models import User
from maillage.discussion import actions
from maillage.discussion.checks import find_breaches
from maillage.discussion.enums import ThreadKind
from maillage.discussion.models import Edit, Following, Message, Thread, Version
from maillage.discussion.queries.versions import Piece, differences
from maillage.kernel.models import JournalEntry
from maillage.outbox import actions as outbox
from maillage.outbox.enums import State
from maillage.outbox.models import Letter
from tests.discussion.world import AT, TUESDAY, circle, people, talk
from tests.space.world import leave, links_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def members() -> tuple[User, User, User]:
    alice, ines, bruno = people("alice", "ines", "bruno")
    return alice, ines, bruno


def letters(kind: str) -> list[str]:
    rows = Letter.objects.filter(kind=f"discussion.{kind}").exclude(state=State.CANCELLED)
    return sorted(rows.values_list("mailbox__address", flat=True))


def verbs() -> list[str]:
    rows = JournalEntry.objects.filter(object_type__startswith="discussion.").order_by("pk")
    return list(rows.values_list("verb", flat=True))


def refused(verb: Any, **facts: Any) -> str:
    with pytest.raises(actions.DiscussionRefused) as refusal:
        verb(**facts)
    return str(refusal.value.phrase)


def test_a_thread_opens_with_its_first_message_and_its_circle_is_told(members: tuple[User, User, User]) -> None:
    thread = talk(members[0], text="  On y va ?\r\n ")

    assert [(one.author, one.text) for one in thread.messages.all()] == [(members[0], "On y va ?")]
    assert letters("thread") == ["bruno@exemple.test", "ines@exemple.test"]
    assert [one.user for one in Following.objects.filter(thread=thread, is_on=True)] == [members[0]]
    assert verbs() == ["open_thread"]
    assert "Une visite" not in JournalEntry.objects.get(verb="open_thread").object_label


@pytest.mark.parametrize(("text", "phrase"), [(" \n ", "Écrivez"), ("x" * 8_001, "trop long")])
def test_an_empty_or_endless_text_writes_nothing(members: tuple[User, User, User], text: str, phrase: str) -> None:
    assert phrase in refused(talk, by=members[0], text=text)
    assert Thread.objects.count() == Letter.objects.count() == 0


def test_what_is_said_is_told_to_those_who_follow_and_still_read(members: tuple[User, User, User]) -> None:
    alice, ines, _ = members
    thread = talk(alice)
    actions.say(thread=thread, text="Oui.", by=ines, at=AT + timedelta(minutes=1))

    assert letters("message") == ["alice@exemple.test"]
    thread.refresh_from_db()
    assert thread.last_at == AT + timedelta(minutes=1)

    stranger = people("chloe")[0]
    actions.follow(thread=thread, user=stranger, is_on=True, at=AT)
    actions.say(thread=thread, text="Mardi.", by=alice, at=AT + timedelta(minutes=2))
    assert letters("message") == ["alice@exemple.test", "ines@exemple.test"]


def test_several_messages_of_a_thread_wait_as_one_letter_that_says_them_all(members: tuple[User, User, User]) -> None:
    alice, ines, _ = members
    thread = talk(alice)
    for rank in range(3):
        actions.say(thread=thread, text=f"Parole {rank}", by=ines, at=AT + timedelta(minutes=rank))

    assert letters("message") == ["alice@exemple.test"]
    letter = next(one for one in leave(TUESDAY) if one.to == ["alice@exemple.test"])
    assert "3 nouveaux messages" in letter.subject
    assert [f"Parole {rank}" in str(letter.body) for rank in range(3)] == [True] * 3
    assert letter.reply_to[0].startswith("fil+")

    actions.say(thread=thread, text="Plus tard", by=ines, at=TUESDAY)
    assert letters("message") == ["alice@exemple.test"] * 2


def test_a_hidden_message_is_not_told_and_nothing_to_say_leaves_nothing(members: tuple[User, User, User]) -> None:
    alice, ines, bruno = members
    thread = talk(alice)
    message = actions.say(thread=thread, text="Méchant", by=ines, at=AT)
    actions.hide_message(message=message, reason="Blesse quelqu’un.", by=bruno, at=AT)

    left = leave(AT)
    left += leave(TUESDAY)
    assert [one for one in left if one.to == ["alice@exemple.test"]] == []
    assert not any("Méchant" in str(one.body) for one in left)
    told = next(one for one in left if one.subject == "Votre message a été masqué")
    assert told.to == ["ines@exemple.test"]
    assert "Blesse quelqu’un." in str(told.body)


def test_one_click_stops_following(members: tuple[User, User, User], client: Any) -> None:
    alice, ines, _ = members
    thread = talk(alice)
    actions.say(thread=thread, text="Oui.", by=ines, at=AT)
    letter = next(one for one in leave(TUESDAY) if one.to == ["alice@exemple.test"])
    path = links_in(letter)["Ne plus suivre ce fil"]

    assert "Ne plus suivre" in client.get(path).content.decode()
    assert Following.objects.get(user=alice).is_on
    assert "C’est fait" in client.post(path).content.decode()
    assert not Following.objects.get(user=alice).is_on
    actions.say(thread=thread, text="Encore.", by=alice, at=AT)
    assert not Following.objects.get(user=alice).is_on


def test_a_letter_is_not_written_to_whoever_lost_the_right(members: tuple[User, User, User]) -> None:
    alice, ines, _ = members
    actions.say(thread=talk(alice), text="Oui.", by=ines, at=AT)
    User.objects.filter(pk=alice.pk).update(email="partie@exemple.test")
    assert [one for one in leave(TUESDAY) if one.to == ["alice@exemple.test"]] == []


def test_a_closed_thread_takes_nothing_more(members: tuple[User, User, User]) -> None:
    alice, _, bruno = members
    thread = talk(alice)
    message = thread.messages.get()
    assert actions.set_closed(thread=thread, is_closed=True, by=bruno, at=AT)
    assert not actions.set_closed(thread=thread, is_closed=True, by=bruno, at=AT)

    assert "fermé" in refused(actions.say, thread=thread, text="Oui.", by=alice, at=AT)
    assert "fermé" in refused(actions.edit_message, message=message, text="Non.", seen_at=None, by=alice, at=AT)
    assert verbs() == ["open_thread", "close_thread"]
    assert actions.set_closed(thread=thread, is_closed=False, by=bruno, at=AT)
    actions.say(thread=thread, text="Oui.", by=alice, at=AT)


def test_a_message_keeps_what_it_said_before(members: tuple[User, User, User]) -> None:
    alice = members[0]
    message = talk(alice).messages.get()
    changed = actions.edit_message(message=message, text="On y va mardi ?", seen_at=None, by=alice, at=AT)

    assert [one.text for one in Edit.objects.all()] == ["On y va ?"]
    assert changed.edited_at == AT
    actions.edit_message(message=message, text="On y va mardi ?", seen_at=AT, by=alice, at=AT)
    assert Edit.objects.count() == 1
    phrase = refused(actions.edit_message, message=message, text="Non.", seen_at=None, by=alice, at=AT)
    assert "changé pendant" in phrase


def test_hiding_asks_why_and_is_undone(members: tuple[User, User, User]) -> None:
    alice, _, bruno = members
    message = talk(alice).messages.get()
    assert "Dites pourquoi" in refused(actions.hide_message, message=message, reason=" ", by=bruno, at=AT)
    assert "pas masqué" in refused(actions.show_message, message=message, by=bruno, at=AT)
    actions.hide_message(message=message, reason="Hors sujet.", by=bruno, at=AT)
    assert "déjà" in refused(actions.hide_message, message=message, reason="Encore.", by=bruno, at=AT)
    assert "masqué" in refused(actions.edit_message, message=message, text="x", seen_at=None, by=alice, at=AT)
    shown = actions.show_message(message=message, by=bruno, at=AT)
    assert (shown.hidden_at, shown.hidden_by, shown.hidden_reason) == (None, None, "")
    message.delete()
    assert "plus là" in refused(actions.show_message, message=Message(pk=1 + 10**9), by=bruno, at=AT)


def test_an_idea_is_amended_by_others_and_its_versions_stay(members: tuple[User, User, User]) -> None:
    alice, ines, _ = members
    idea = talk(alice, title="Un camion", text="Partager un camion.", kind=ThreadKind.IDEA)
    assert idea.messages.count() == 0
    actions.amend(thread=idea, text="Partager deux camions.", seen=1, why="Un seul ne suffit pas", by=ines, at=AT)

    assert [(one.number, one.by) for one in Version.objects.order_by("number")] == [(1, alice), (2, ines)]
    assert letters("version") == ["alice@exemple.test"]
    assert "Un seul ne suffit pas" in str(next(one for one in leave(TUESDAY) if one.to == [alice.email]).body)
    assert "amendé" in refused(actions.amend, thread=idea, text="Autre.", seen=1, by=alice, at=AT)
    assert "même" in refused(actions.amend, thread=idea, text="Partager deux camions.", seen=2, by=alice, at=AT)
    assert "idée" in refused(actions.amend, thread=talk(alice), text="Autre.", seen=0, by=alice, at=AT)
    actions.say(thread=idea, text="Bonne idée.", by=alice, at=AT)


def test_differences_are_told_word_by_word() -> None:
    assert differences("Partager un camion.", "Partager deux camions.") == (
        Piece("same", "Partager "), Piece("gone", "un"), Piece("added", "deux"), Piece("same", " "),
        Piece("gone", "camion."), Piece("added", "camions."),
    )  # fmt: skip
    assert differences("a " * 4_000, "b") == (Piece("gone", "a " * 4_000), Piece("added", "b"))


def test_the_database_holds_the_truths_of_a_thread(members: tuple[User, User, User]) -> None:
    message = talk(members[0]).messages.get()
    for wrong in (
        {"text": ""}, {"hidden_at": AT}, {"hidden_reason": "Sans date"},
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            Message.objects.filter(pk=message.pk).update(**wrong)
    assert list(find_breaches()) == []
    Thread.objects.update(kind=ThreadKind.IDEA)
    assert [one.check for one in find_breaches()] == ["discussion.ideas"]


def test_a_reader_who_refuses_the_subject_is_left_alone(members: tuple[User, User, User]) -> None:
    box = outbox.mailbox_for(members[1], at=AT)
    box.blocked_subjects = ["discussion"]
    box.save()
    talk(members[0])
    assert letters("thread") == ["bruno@exemple.test"]
    assert circle().title == "Le cercle d’essai"
