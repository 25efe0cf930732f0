from __future__ import annotations

import logging
from datetime import datetime, timedelta

import pytest

from maillage.kernel.models import Source
from maillage.outbox import actions, phrases
from maillage.outbox.actions import delivery
from maillage.outbox.enums import State, StopReason, Trouble
from maillage.outbox.integrations import NotSent, Perhaps, Sent
from maillage.outbox.models import Letter, Mailbox, ToDo
from tests.outbox.world import AT, Way, postman, source

pytestmark = pytest.mark.django_db
ALICE = "alice@exemple.test"


def alone(to: str = ALICE, **traits: object) -> Letter:
    return actions.post(kind="essai.alone", to=to, about=source(), at=AT, **traits)  # type: ignore[arg-type]


def state_of(letter: Letter) -> tuple[str, str]:
    letter.refresh_from_db()
    return letter.state, letter.trouble


def worker(name: str) -> str:
    """What a worker of this name signs its claims with."""
    return delivery.owner_now(name.ljust(delivery.NAME, "-"))


def test_a_letter_leaves_once() -> None:
    letter, way = alone(), Way()
    assert [postman(way, AT).round() for _ in range(2)] == [1, 0]
    assert state_of(letter) == (State.SENT, "")
    assert (letter.left_at, letter.server_id) == (AT, "250 ok")


def test_what_is_claimed_by_one_worker_is_not_seen_by_another() -> None:
    letters = [alone() for _ in range(3)]
    taken = delivery.claim(owner="one", at=AT, limit=2)
    assert [letter.pk for letter in taken] == [letters[0].pk, letters[1].pk]
    assert [letter.pk for letter in delivery.claim(owner="two", at=AT)] == [letters[2].pk]


def test_a_lease_that_ends_before_the_letter_was_begun_puts_it_back() -> None:
    letter = alone()
    delivery.claim(owner=worker("dead"), at=AT)
    later = AT + delivery.LEASE + timedelta(seconds=1)
    assert postman(way := Way(), AT + timedelta(minutes=1)).round() == 0
    assert postman(way, later).round() == 1
    assert state_of(letter) == (State.SENT, "")


def test_a_lease_that_ends_on_a_begun_letter_leaves_it_in_doubt_for_ever() -> None:
    letter, way = alone(), Way()
    [taken] = delivery.claim(owner=worker("dead"), at=AT)
    assert delivery.begin([taken], owner=worker("dead"), at=AT)
    for days in (1, 2, 3):
        postman(way, AT + timedelta(days=days)).round()
    assert way.sent == []
    assert state_of(letter) == (State.UNCERTAIN, Trouble.INTERRUPTED)


def test_a_slow_worker_whose_lease_ended_sends_nothing_more() -> None:
    alone()
    [taken] = delivery.claim(owner=worker("slow"), at=AT)
    way = Way()
    postman(way, AT + timedelta(hours=1)).round()
    assert not delivery.begin([taken], owner=worker("slow"), at=AT + timedelta(hours=1))
    assert len(way.sent) == 1


def test_a_slow_worker_that_comes_back_says_what_became_of_its_letter() -> None:
    letter = alone()
    [taken] = delivery.claim(owner=worker("slow"), at=AT)
    delivery.begin([taken], owner=worker("slow"), at=AT)
    delivery.reap(at=AT + timedelta(hours=1))
    assert state_of(letter)[0] == State.UNCERTAIN
    delivery.finish(taken, Sent(), owner=worker("slow"), at=AT + timedelta(hours=1))
    assert state_of(letter) == (State.SENT, "")


@pytest.mark.parametrize(
    ("outcome", "state", "attempts", "minutes"),
    [
        (NotSent(Trouble.CONNECTION), State.PENDING, 1, 1),
        (NotSent(Trouble.BUSY), State.PENDING, 1, 5),
        (Perhaps(), State.UNCERTAIN, 0, 0),
        (NotSent(Trouble.REFUSED, is_final=True), State.FAILED, 0, 0),
        (NotSent(Trouble.NO_SUCH_ADDRESS, is_final=True), State.FAILED, 0, 0),
    ],
)
def test_each_failure_has_its_sequel(outcome: NotSent | Perhaps, state: State, attempts: int, minutes: int) -> None:
    letter = alone()
    postman(Way(outcomes=[outcome]), AT).round()
    letter.refresh_from_db()
    assert (letter.state, letter.attempts) == (state, attempts)
    assert letter.due_at == AT + timedelta(minutes=minutes)
    assert ToDo.objects.count() == (1 if state == State.FAILED else 0)


def test_the_pauses_grow_and_end() -> None:
    letter, at, pauses = alone(), AT, []
    while state_of(letter)[0] == State.PENDING:
        at = letter.due_at
        postman(Way(outcomes=[NotSent(Trouble.BUSY)]), at).round()
        letter.refresh_from_db()
        pauses.append(int((letter.due_at - at).total_seconds() // 60))
    assert pauses[:6] == [5, 10, 20, 40, 60, 60]
    assert (letter.state, letter.trouble) == (State.FAILED, Trouble.BUSY)
    assert at - AT <= timedelta(days=5)


def test_an_address_that_does_not_exist_is_stopped_and_somebody_is_asked_to_call() -> None:
    alone()
    waiting = actions.post(kind="essai.news", to=ALICE, at=AT)
    postman(Way(outcomes=[NotSent(Trouble.NO_SUCH_ADDRESS, is_final=True)]), AT).round()
    assert Mailbox.objects.get().stop_reason == StopReason.BOUNCE
    assert state_of(waiting) == (State.CANCELLED, Trouble.STOPPED)
    assert ToDo.objects.get().title == phrases.DEAD_ADDRESS


def test_a_server_that_is_away_touches_no_letter_and_is_left_alone_a_while() -> None:
    letter, way = alone(), Way(is_away=True)
    hand = postman(way, AT)
    assert hand.round() == 0
    way.is_away = False
    assert hand.round() == 0  # it waits two seconds first
    assert (*state_of(letter), letter.attempts) == (State.PENDING, "", 0)
    assert postman(way, AT).round() == 1


def test_without_a_way_out_letters_wait() -> None:
    letter = alone()
    delivery.Postman(lambda: None, clock=lambda: AT).round()
    assert state_of(letter) == (State.PENDING, "")


def test_a_kind_that_fails_keeps_back_its_letter_only_and_its_words_out_of_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    broken = actions.post(kind="essai.broken", to=ALICE, at=AT)
    way = Way()
    alone()
    with caplog.at_level(logging.INFO):
        postman(way, AT).round()
    assert state_of(broken) == (State.FAILED, Trouble.WRITING)
    assert len(way.sent) == 1
    assert "RuntimeError" in caplog.text
    assert "@exemple.test" not in caplog.text


def test_a_letter_whose_object_is_gone_is_not_sent() -> None:
    letter = alone()
    Source.objects.all().delete()
    postman(way := Way(), AT).round()
    assert way.sent == []
    assert state_of(letter) == (State.CANCELLED, Trouble.NOTHING_TO_SAY)


def test_a_reader_who_refuses_while_a_worker_holds_the_letter_does_not_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    letter = actions.post(kind="essai.news", to=ALICE, at=AT)
    Letter.objects.update(state=State.PENDING, due_at=AT)
    way, claim = Way(), delivery.claim

    def claim_then_refuse(*, owner: str, at: datetime) -> list[Letter]:
        taken = claim(owner=owner, at=at)
        actions.block(mailbox=letter.mailbox, subject="essai.nouvelles", at=AT)
        return taken

    monkeypatch.setattr(delivery, "claim", claim_then_refuse)
    postman(way, AT).round()
    assert way.sent == []
    assert state_of(letter) == (State.CANCELLED, Trouble.NOTHING_TO_SAY)


def test_a_code_is_forgotten_once_it_left_and_given_up_when_it_is_too_late() -> None:
    code = actions.post(kind="essai.code", to=ALICE, facts={"code": "123456"}, at=AT)
    late = actions.post(kind="essai.code", to=ALICE, facts={"code": "654321"}, at=AT - timedelta(hours=1))
    postman(way := Way(), AT).round()
    assert [("123456" in str(message.body)) for message in way.sent] == [True]
    assert (state_of(code), code.facts) == ((State.SENT, ""), {})
    assert (state_of(late), late.facts) == ((State.FAILED, Trouble.TOO_LATE), {})


def test_a_letter_for_somebody_forgotten_is_gone() -> None:
    alone()
    assert actions.forget_mailbox(address=ALICE) == 1
    assert not Letter.objects.exists()
    assert not Mailbox.objects.exists()


def test_a_code_overtakes_the_letters_a_worker_has_already_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(5):
        alone()
    way = Way()
    hand = postman(way, AT)
    asked: list[str] = []

    def slow(message: object, letter: Letter) -> Sent:
        asked.append(letter.kind)
        if len(asked) == 1:
            actions.post(kind="essai.code", to=ALICE, facts={"code": "1"}, at=AT)
        return Sent()

    monkeypatch.setattr(way, "hand_over", slow)
    monkeypatch.setattr(delivery, "SECONDS_PER_CLAIM", 0)  # the server is slow: one letter, and time is up
    hand.round()
    assert asked == ["essai.alone", "essai.code", *["essai.alone"] * 4]
