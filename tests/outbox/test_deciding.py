from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from maillage.accounts.models import User
from maillage.kernel.models import JournalEntry
from maillage.outbox import actions
from maillage.outbox.actions.delivery import begin, claim, reap
from maillage.outbox.enums import Frequency, State, StopReason, Trouble
from maillage.outbox.integrations import Perhaps
from maillage.outbox.models import Letter, Mailbox, ToDo
from tests.factories import person
from tests.outbox.world import AT, Way, postman

pytestmark = pytest.mark.django_db
ALICE = "alice@exemple.test"


@pytest.fixture
def agent() -> User:
    return person("bruno@exemple.test")


def letter_in(state: State, kind: str = "essai.alone") -> Letter:
    letter = actions.post(kind=kind, to=ALICE, at=AT)
    extra = {"owner": "somebody", "lease_until": AT} if state == State.SENDING else {}
    Letter.objects.filter(pk=letter.pk).update(state=state, **extra)
    letter.refresh_from_db()
    return letter


VERBS: dict[str, tuple[Callable[..., None], dict[State, State]]] = {
    "hold": (actions.hold, dict.fromkeys((State.WAITING, State.PENDING), State.HELD)),
    "release": (actions.release, {State.HELD: State.PENDING}),
    "send_now": (
        actions.send_now,
        dict.fromkeys((State.WAITING, State.PENDING, State.HELD, State.FAILED), State.PENDING),
    ),
    "cancel": (actions.cancel, dict.fromkeys((State.WAITING, State.PENDING, State.HELD), State.CANCELLED)),
    "settle": (lambda **facts: actions.settle(has_left=True, **facts), {State.UNCERTAIN: State.SENT}),
    "send_again": (lambda **facts: actions.settle(has_left=False, **facts), {State.UNCERTAIN: State.PENDING}),
}


@pytest.mark.parametrize("before", list(State))
@pytest.mark.parametrize("verb", list(VERBS))
def test_each_verb_moves_what_it_may_and_nothing_else(verb: str, before: State, agent: User) -> None:
    letter = letter_in(before)
    act, moves = VERBS[verb]
    if before not in moves:
        with pytest.raises(actions.LetterMoved, match="changé d’état"):
            act(letter=letter, by=agent, at=AT)
        assert not JournalEntry.objects.exists()
        letter.refresh_from_db()
        assert letter.state == before
        return
    act(letter=letter, by=agent, at=AT)
    letter.refresh_from_db()
    assert letter.state == moves[before]
    entry = JournalEntry.objects.get()
    assert (entry.verb, entry.changes, entry.actor) == (verb, {"state": [before, moves[before]]}, agent)


def test_a_held_letter_that_is_released_waits_again_for_its_day(agent: User) -> None:
    letter = letter_in(State.HELD, "essai.news")
    due_at = letter.due_at
    actions.release(letter=letter, by=agent, at=AT + timedelta(hours=1))
    letter.refresh_from_db()
    assert (letter.state, letter.due_at) == (State.WAITING, due_at)


def test_a_letter_in_doubt_sent_again_leaves_once_more(agent: User) -> None:
    actions.post(kind="essai.alone", to=ALICE, at=AT)
    [letter] = claim(owner="dead", at=AT)
    begin([letter], owner="dead", at=AT)
    later = AT + timedelta(hours=1)
    reap(at=later)
    letter.refresh_from_db()
    actions.settle(letter=letter, has_left=False, by=agent, at=later)
    postman(way := Way(), later).round()
    assert len(way.sent) == 1


def test_a_failed_letter_sent_now_has_its_whole_time_again(agent: User) -> None:
    letter = letter_in(State.FAILED)
    long_after = AT + timedelta(days=90)
    actions.send_now(letter=letter, by=agent, at=long_after)
    postman(way := Way(), long_after).round()
    assert len(way.sent) == 1


def test_what_a_gathered_letter_carries_follows_it(agent: User) -> None:
    for title in ("Une", "Deux"):
        actions.post(kind="essai.news", to=ALICE, facts={"title": title}, at=AT - timedelta(days=7))
    actions.gather(at=AT)
    carrier = Letter.objects.get(kind="outbox.gathered")
    carried = Letter.objects.filter(gathered_in=carrier)
    with pytest.raises(actions.LetterMoved, match="groupée"):
        actions.cancel(letter=carried[0], by=agent, at=AT)
    actions.hold(letter=carrier, by=agent, at=AT)
    assert postman(Way(), AT).round() == 0
    carrier.refresh_from_db()
    actions.release(letter=carrier, by=agent, at=AT)
    carrier.refresh_from_db()
    actions.cancel(letter=carrier, by=agent, at=AT)
    assert set(carried.values_list("state", flat=True)) == {State.CANCELLED}


def test_an_address_is_stopped_once_by_the_gravest_reason_whatever_the_order(agent: User) -> None:
    mailbox = actions.mailbox_for(ALICE, at=AT)

    def stop(reason: StopReason, **traits: object) -> bool:
        return actions.stop(mailbox=mailbox, reason=reason, by=None, **{"at": AT, "happened_at": AT, **traits})  # type: ignore[arg-type]

    assert stop(StopReason.BOUNCE)
    assert not stop(StopReason.BOUNCE)
    assert stop(StopReason.COMPLAINT)
    assert not stop(StopReason.BOUNCE)
    actions.resume(mailbox=mailbox, by=agent, at=AT + timedelta(days=1))
    # An event of before the day somebody resumed it says nothing new.
    assert not stop(StopReason.BOUNCE, at=AT + timedelta(days=2))
    assert stop(StopReason.BOUNCE, at=AT + timedelta(days=2), happened_at=AT + timedelta(days=2))
    assert [entry.verb for entry in JournalEntry.objects.order_by("pk")] == ["stop", "stop", "resume", "stop"]
    assert not JournalEntry.objects.filter(object_label__contains="alice").exists()


def test_nobody_resumes_an_address_that_asked_to_be_forgotten(agent: User) -> None:
    mailbox = actions.mailbox_for(ALICE, at=AT)
    actions.stop(mailbox=mailbox, reason=StopReason.ERASED, by=None, at=AT, happened_at=AT)
    actions.resume(mailbox=mailbox, by=agent, at=AT)
    assert Mailbox.objects.get().stop_reason == StopReason.ERASED
    assert actions.post(kind="essai.code", to=ALICE, at=AT).trouble == Trouble.STOPPED


def test_a_to_do_is_asked_once_and_done_once(agent: User) -> None:
    for _ in range(2):
        actions.open_to_do(title="Appeler", once_key="one", at=AT)
    to_do = ToDo.objects.get()
    actions.do(to_do=to_do, note=" Répond jeudi. ", by=agent, at=AT)
    actions.do(to_do=to_do, note="Autre", by=person("autre@exemple.test"), at=AT)
    to_do.refresh_from_db()
    assert (to_do.note, to_do.done_by) == ("Répond jeudi.", agent)
    assert JournalEntry.objects.filter(verb="do").count() == 1


def test_what_was_refused_out_of_a_gathered_letter_stays_out_whatever_is_decided(agent: User) -> None:
    for kind in ("essai.news", "essai.ask"):
        actions.post(kind=kind, to=ALICE, facts={"title": kind}, at=AT - timedelta(days=7))
    actions.gather(at=AT)
    mailbox = Mailbox.objects.get()
    actions.block(mailbox=mailbox, subject="essai.nouvelles", at=AT)
    actions.set_preferences(mailbox=mailbox, frequency=Frequency.WEEKLY, day=1, blocked_subjects=[], by=None, at=AT)
    postman(way := Way(outcomes=[Perhaps()]), AT).round()
    actions.settle(letter=Letter.objects.get(kind="outbox.gathered"), has_left=False, by=agent, at=AT)
    postman(way, AT).round()
    assert "essai.ask" in str(way.sent[0].body)
    assert "essai.news" not in str(way.sent[0].body)
    states = dict(Letter.objects.values_list("kind", "state"))
    assert states == {"essai.news": "cancelled", "essai.ask": "sent", "outbox.gathered": "sent"}
