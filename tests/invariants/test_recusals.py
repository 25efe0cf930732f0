"""C15: whoever declares a recusal while an opinion is given, no opinion by a recused person is counted; and of two
people who move an application at once, one does."""

from __future__ import annotations

import time
from collections.abc import Callable
from decimal import Decimal
from itertools import cycle

import pytest
from django.db import transaction

from maillage.accounts.models import User
from maillage.calls import actions
from maillage.calls.actions import Said, seen
from maillage.calls.enums import ApplicationState, Sense
from maillage.calls.models import Application, Recusal, Review
from maillage.calls.queries import reviews
from maillage.kernel.models import JournalEntry
from tests.calls.reading import a_reviewer, grid, in_review, user_of
from tests.calls.world import AT, a_call, agent, an_application
from tests.invariants.racing import Round, breaches, caught, race, slowed, strange, without_locks

pytestmark = pytest.mark.django_db


# Seconds that a recusal waits, round after round: now it comes first, now in the middle, now last.
DELAYS = cycle([0, 0.01, 0.05])


def _recuse(application: Application, user: User) -> Callable[[], Recusal]:
    delay = next(DELAYS)

    def later() -> Recusal:
        time.sleep(delay)
        return actions.recuse(application=application, user=user, reason="Ma sœur", by=user, at=AT)

    return later


def _too_late(user: User, verb: str) -> list[str]:
    """Did this person's act come after the recusal that they had declared?"""
    rows = JournalEntry.objects.filter(actor_id=user.pk)
    away = rows.filter(verb="recuse").order_by("-pk").values_list("pk", flat=True).first()
    done = rows.filter(verb=verb).order_by("-pk").values_list("pk", flat=True).first()
    return [f"{verb} after the recusal"] if away and done and done > away else []


def review_and_recusal() -> list[str]:
    application = in_review(a_call())
    user = user_of(a_reviewer(application.call))
    marks = grid(application.call, 3, 3)
    outcomes = race(
        lambda: actions.hand_in_review(application=application, marks=marks, words="", by=user, at=AT),
        _recuse(application, user),
    )
    counted = reviews.counted().filter(application=application, application__recusals__user=user).count()
    return [
        *_too_late(user, "hand_in_review"),
        *([f"{counted} review of a recused person is counted"] if counted else []),
        *strange(outcomes, actions.CallRefused),
    ]


def opinion_and_recusal() -> list[str]:
    application, user = in_review(a_call()), agent()
    said = Said(Sense.FAVOURABLE, AT.date(), "", Decimal(1000))
    outcomes = race(
        lambda: actions.give_opinion(application=application, said=said, by=user, at=AT), _recuse(application, user)
    )
    rows = JournalEntry.objects.filter(object_type="calls.application", object_id=application.pk)
    order = list(rows.filter(verb__in=["recuse", "give_opinion"]).order_by("pk").values_list("verb", flat=True))
    late = ["opinion after the recusal"] if order == ["recuse", "give_opinion"] else []
    return [*late, *strange(outcomes, actions.CallRefused)]


def two_moves(move: Callable[..., object] = actions.move_application) -> list[str]:
    application, by = an_application(a_call()), agent()
    mine, theirs = (Application.objects.get(pk=application.pk) for _ in range(2))
    outcomes = race(
        lambda: move(application=mine, to=ApplicationState.REVIEW, by=by, at=AT),
        lambda: move(application=theirs, to=ApplicationState.INADMISSIBLE, by=by, at=AT),
    )
    told = sum(one.error is None for one in outcomes)
    return [*([] if told == 1 else [f"{told} moved it"]), *strange(outcomes, actions.CallRefused)]


def two_careless_moves() -> list[str]:
    """The same by a move that reads, then writes whatever it reads."""

    def careless(*, application: Application, to: ApplicationState, **_: object) -> None:
        time.sleep(0.03)
        with transaction.atomic():
            Application.objects.filter(pk=application.pk).update(state=to)

    return two_moves(careless)


@pytest.fixture
def _slow(monkeypatch: pytest.MonkeyPatch) -> None:
    slowed(monkeypatch, seen, "refuse_recused", 0.03)


@pytest.mark.usefixtures("_slow")
@pytest.mark.parametrize("one", [review_and_recusal, opinion_and_recusal])
def test_no_opinion_by_a_recused_person_is_counted(one: Round) -> None:
    assert breaches(one, 5) == []


@pytest.mark.usefixtures("_slow")
@pytest.mark.parametrize("one", [review_and_recusal, opinion_and_recusal])
def test_without_locks_an_opinion_after_the_recusal_is_seen(one: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    without_locks(monkeypatch)
    assert caught(one, 20)


def test_counting_all_that_was_handed_in_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reviews, "counted", lambda: Review.objects.filter(sent_at__isnull=False))
    assert caught(review_and_recusal, 40)


def test_of_two_people_who_move_an_application_one_does() -> None:
    assert breaches(two_moves, 5) == []


def test_without_the_condition_of_the_update_both_do() -> None:
    assert caught(two_careless_moves, 5)
