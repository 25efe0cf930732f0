"""Where a measure stands: what is written, what is refused, what the calendar adds."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from maillage.accounts.enums import Role
from maillage.kernel.models import JournalEntry
from maillage.strategy import actions
from maillage.strategy.enums import Framework, State
from maillage.strategy.models import Measure, News, Step
from maillage.strategy.queries import standings
from tests.accounts.people import holder
from tests.factories import AT, territory
from tests.strategy.files import strategy_file

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate(AT)


@pytest.fixture
def measure() -> Measure:
    territory(siren="200000009")
    actions.load_strategy(document=strategy_file(), by=None, at=AT)
    return Measure.objects.get(code="1.1")


def steered(measure: Measure, **facts: Any) -> Measure:
    return actions.steer_measure(measure=measure, facts=facts, by=None, at=AT, must_be_as_seen=False)


def verbs() -> list[str]:
    found = JournalEntry.objects.filter(object_type="strategy.measure").order_by("pk")
    return list(found.values_list("verb", flat=True))


def standing(measure: Measure, on: date = TODAY) -> standings.Standing:
    measure.refresh_from_db()
    return standings.standings([measure], on)[0]


def test_a_new_state_has_its_day_and_its_act(measure: Measure) -> None:
    kept = steered(measure, state=State.UNDER_WAY)
    assert (kept.state, kept.state_since, kept.changed_at) == (State.UNDER_WAY, TODAY, AT)
    assert JournalEntry.objects.get(verb="steer").changes == {"state": ["to_launch", "under_way"]}


def test_saying_the_same_again_writes_nothing(measure: Measure) -> None:
    steered(measure, carried_by="La mairie")
    steered(measure, carried_by="La mairie")
    assert verbs() == ["steer"]


@pytest.mark.parametrize("state", [State.PAUSED, State.BLOCKED, State.POSTPONED, State.ABANDONED])
def test_a_measure_stands_still_for_a_reason_only(measure: Measure, state: State) -> None:
    with pytest.raises(actions.SteeringRefused) as refusal:
        steered(measure, state=state)
    assert refusal.value.field == "state_note"
    assert steered(measure, state=state, state_note="Faute de salle").state == state
    with pytest.raises(IntegrityError), transaction.atomic():
        Measure.objects.filter(pk=measure.pk).update(state_note="")


@pytest.mark.parametrize(("facts", "field"), [
    ({"start_date": date(2026, 2, 1), "end_date": date(2026, 1, 1)}, "end_date"),
    ({"frameworks": [Framework.PAT, "rien"]}, "frameworks"),
])  # fmt: skip
def test_what_cannot_be_is_refused_and_nothing_is_written(measure: Measure, facts: dict[str, Any], field: str) -> None:
    with pytest.raises(actions.SteeringRefused) as refusal:
        steered(measure, carried_by="La mairie", **facts)
    measure.refresh_from_db()
    assert (refusal.value.field, measure.carried_by, verbs()) == (field, "", [])


def test_of_two_people_the_second_is_told_and_nothing_of_the_first_is_lost(measure: Measure) -> None:
    actions.steer_measure(measure=measure, facts={"carried_by": "Une"}, by=None, at=AT, seen_at=None)
    with pytest.raises(actions.SteeringRefused, match="a changé pendant"):
        actions.steer_measure(measure=measure, facts={"carried_by": "Deux"}, by=None, at=AT, seen_at=None)
    measure.refresh_from_db()
    assert measure.carried_by == "Une"


def test_one_change_for_several_is_for_all_or_none(measure: Measure) -> None:
    every = list(Measure.objects.order_by("code"))
    assert actions.steer_many(measures=every, facts={"priority": 1}, by=None, at=AT) == 4
    steered(every[2], start_date=date(2026, 5, 1))
    with pytest.raises(actions.SteeringRefused, match=rf"^{every[2].code} : "):
        actions.steer_many(measures=every, facts={"end_date": date(2026, 4, 1)}, by=None, at=AT)
    assert set(Measure.objects.values_list("end_date", flat=True)) == {None}


def test_loading_the_file_again_touches_nothing_that_people_typed(measure: Measure) -> None:
    steered(measure, state=State.UNDER_WAY, carried_by="La mairie")
    actions.add_step(measure=measure, title="Inviter", by=None, at=AT)
    document = strategy_file()
    document["axes"][0]["measures"][0]["title"] = "Un grand collectif"
    actions.load_strategy(document=document, by=None, at=AT)
    measure.refresh_from_db()
    kept = (measure.title, measure.state, measure.carried_by, measure.steps.count())
    assert kept == ("Un grand collectif", State.UNDER_WAY, "La mairie", 1)


def test_steps_follow_each_other_and_are_done_on_a_day(measure: Measure) -> None:
    first = actions.add_step(measure=measure, title="Inviter", by=None, at=AT)
    actions.add_step(measure=measure, title="Écrire", by=None, at=AT, due_date=TODAY)
    assert [step.title for step in standing(measure).steps] == ["Inviter", "Écrire"]
    assert actions.finish_step(step=first, by=None, at=AT).done_date == TODAY
    now = standing(measure)
    assert (now.done_count, now.next_step and now.next_step.title) == (1, "Écrire")
    assert actions.change_step(step=first, facts={"done_date": None}, by=None, at=AT).done_date is None
    assert verbs() == ["add_step", "add_step", "finish_step", "change_step"]


def test_a_step_is_not_done_tomorrow(measure: Measure) -> None:
    step = actions.add_step(measure=measure, title="Inviter", by=None, at=AT)
    with pytest.raises(actions.SteeringRefused):
        actions.change_step(step=step, facts={"done_date": TODAY + timedelta(days=1)}, by=None, at=AT)


def test_a_step_that_was_taken_away_is_kept_by_the_journal_only(measure: Measure) -> None:
    step = actions.add_step(measure=measure, title="Inviter", by=None, at=AT)
    for _ in range(2):
        actions.remove_step(step=step, by=None, at=AT)
    assert (Step.objects.count(), JournalEntry.objects.get(verb="remove_step").changes) == (
        0,
        {"title": ["Inviter", None]},
    )
    with pytest.raises(actions.SteeringRefused, match="retirée"):
        actions.finish_step(step=step, by=None, at=AT)


def test_a_measure_has_no_more_steps_than_one_can_read(measure: Measure) -> None:
    for number in range(60):
        actions.add_step(measure=measure, title=f"Étape {number}", by=None, at=AT)
    with pytest.raises(actions.SteeringRefused, match="60 étapes"):
        actions.add_step(measure=measure, title="Une de trop", by=None, at=AT)


def test_news_are_told_and_taken_back(measure: Measure) -> None:
    news = actions.tell_news(measure=measure, text="Bonjour.", news_date=TODAY, by=None, at=AT)
    with pytest.raises(actions.SteeringRefused):
        actions.tell_news(measure=measure, text="Demain.", news_date=TODAY + timedelta(days=1), by=None, at=AT)
    assert [one.text for one in standings.latest_news(measure.strategy, 3)] == ["Bonjour."]
    for _ in range(2):
        actions.withdraw_news(news=news, by=None, at=AT)
    assert (News.objects.count(), verbs()) == (0, ["tell_news", "withdraw_news"])


YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


@pytest.mark.parametrize(("facts", "due", "late_since"), [
    ({"end_date": YESTERDAY}, None, YESTERDAY),
    ({"end_date": TODAY}, None, None),
    ({"end_date": TOMORROW}, YESTERDAY - timedelta(days=5), YESTERDAY - timedelta(days=5)),
    ({"end_date": YESTERDAY, "state": State.DONE}, YESTERDAY, None),
    ({"end_date": YESTERDAY, "state": State.ABANDONED, "state_note": "Non"}, YESTERDAY, None),
    ({"end_date": YESTERDAY, "state": State.POSTPONED, "state_note": "Plus tard"}, YESTERDAY, None),
    ({"end_date": YESTERDAY, "state": State.BLOCKED, "state_note": "Faute de salle"}, None, YESTERDAY),
])  # fmt: skip
def test_late_is_computed_from_the_days(
    measure: Measure, facts: dict[str, Any], due: date | None, late_since: date | None
) -> None:
    steered(measure, **facts)
    if due:
        actions.add_step(measure=measure, title="Inviter", by=None, at=AT, due_date=due)
    assert standing(measure).late_since == late_since


def test_a_step_that_was_done_is_late_no_more(measure: Measure) -> None:
    step = actions.add_step(measure=measure, title="Inviter", by=None, at=AT, due_date=YESTERDAY)
    assert standing(measure).is_late
    actions.finish_step(step=step, by=None, at=AT)
    assert not standing(measure).is_late


def test_sums_tell_each_measure_once(measure: Measure) -> None:
    steered(measure, state=State.UNDER_WAY, end_date=YESTERDAY)
    steered(Measure.objects.get(code="1.2"), state=State.DONE)
    rows = standings.standings(standings.measures_of(measure.strategy), TODAY)
    assert [(one.key, one.count) for one in standings.sums(rows)] == [("done", 1), ("late", 1), ("to_launch", 2)]


def test_the_watch_tells_what_is_late_what_comes_and_what_nobody_follows(measure: Measure) -> None:
    agent = holder(Role.AGENT)
    steered(measure, end_date=YESTERDAY, owner=agent)
    for days in (0, 14, 15):
        actions.add_step(measure=measure, title=f"J+{days}", by=None, at=AT, due_date=TODAY + timedelta(days=days))
    seen = standings.watch(standings.standings(Measure.objects.order_by("code"), TODAY), TODAY)
    assert [one.measure for one in seen.late] == [measure]
    assert [step.title for step, _ in seen.soon] == ["J+0", "J+14"]
    assert seen.unowned == 3
