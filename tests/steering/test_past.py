"""Where measures stood on a day, along the journal."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from maillage.steering.queries.past import standings_on
from maillage.strategy import actions
from maillage.strategy.enums import State
from maillage.strategy.models import Axis, Strategy
from maillage.strategy.queries.standings import Standing
from tests.factories import person
from tests.steering.world import ago, of, plan, steer

pytestmark = pytest.mark.django_db


@pytest.fixture
def strategy() -> Strategy:
    return plan()


def stood(strategy: Strategy, code: str, days: int) -> Standing:
    return next(one for one in standings_on(strategy, ago(days).date()) if one.measure.code == code)


def test_a_state_that_changed_after_the_day_is_taken_back(strategy: Strategy) -> None:
    steer("1.1", days=30, state=State.UNDER_WAY)
    steer("1.1", days=10, state=State.BLOCKED, state_note="La salle manque.")
    states = [(one.state, one.state_note, one.state_since) for one in (
        stood(strategy, "1.1", days).measure for days in (31, 30, 11, 10, 0)
    )]  # fmt: skip
    assert states == [
        (State.TO_LAUNCH, "", None),
        (State.UNDER_WAY, "", ago(30).date()),
        (State.UNDER_WAY, "", ago(30).date()),
        (State.BLOCKED, "La salle manque.", ago(10).date()),
        (State.BLOCKED, "La salle manque.", ago(10).date()),
    ]


def test_several_changes_are_taken_back_to_the_first(strategy: Strategy) -> None:
    for days, who in ((9, "Une"), (8, "Deux"), (7, "Trois")):
        steer("1.2", days=days, carried_by=who)
    assert [stood(strategy, "1.2", days).measure.carried_by for days in (10, 9, 8, 7)] == ["", "Une", "Deux", "Trois"]


def test_people_and_days_are_taken_back_too(strategy: Strategy) -> None:
    first, end = of("1.1").owner, ago(20).date()
    steer("1.1", days=15, end_date=end)
    steer("1.1", days=5, end_date=end + timedelta(days=90), owner=person("autre@exemple.test"))
    then = stood(strategy, "1.1", 6)
    assert (then.measure.owner, then.measure.end_date, then.late_since) == (first, end, end)
    assert stood(strategy, "1.1", 1).late_since is None
    assert stood(strategy, "1.1", 16).measure.end_date is None


def test_a_day_ends_at_midnight_of_paris(strategy: Strategy) -> None:
    evening = ago(10).replace(hour=22, minute=59)
    for at, note in ((evening, "Le soir"), (evening + timedelta(minutes=2), "La nuit")):
        facts = {"state": State.PAUSED, "state_note": note}
        actions.steer_measure(measure=of("2.1"), facts=facts, by=None, at=at, must_be_as_seen=False)
    assert stood(strategy, "2.1", 10).measure.state_note == "Le soir"
    assert stood(strategy, "2.1", 9).measure.state_note == "La nuit"


def test_steps_done_later_are_not_done(strategy: Strategy) -> None:
    step = actions.add_step(measure=of("1.1"), title="Inviter", due_date=ago(8).date(), by=None, at=ago(20))
    actions.finish_step(step=step, by=None, at=ago(5))
    assert [stood(strategy, "1.1", days).done_count for days in (6, 5)] == [0, 1]
    assert stood(strategy, "1.1", 6).is_late


def test_measures_added_later_are_left_out_and_have_their_first_name(strategy: Strategy) -> None:
    made = actions.add_measure(axis=Axis.objects.get(number=2), title="Une forge", by=None, at=ago(10))
    actions.rename_measure(measure=made, title="Une grande forge", summary="", by=None, at=ago(3))
    copied = actions.duplicate_measure(measure=made, by=None, at=ago(2))
    codes = [{one.measure.code for one in standings_on(strategy, ago(days).date())} for days in (11, 10, 2)]
    assert made.code not in codes[0]
    assert (made.code in codes[1], copied.code in codes[1], copied.code in codes[2]) == (True, False, True)
    assert [stood(strategy, made.code, days).measure.title for days in (4, 3)] == ["Une forge", "Une grande forge"]


def test_it_asks_three_questions_however_much_happened(
    strategy: Strategy, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(3):
        standings_on(strategy, ago(0).date())
    for days in range(9, 3, -1):
        steer("1.1", days=days, carried_by=f"La {days}")
        steer("1.2", days=days, carried_by=f"La {days}")
    with django_assert_num_queries(3):
        standings_on(strategy, ago(6).date())
