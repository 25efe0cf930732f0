"""Figures of the desk: each counts what its definition says."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from maillage.desk import actions, gauges
from maillage.desk.enums import Outcome, PartnerPart, Stage
from maillage.territories.models import Commune
from tests.desk.world import AT, agent, followed, later, requested
from tests.strategy.counting import differing

pytestmark = pytest.mark.django_db
TODAY = AT.date()


def met(days: int, email: str) -> None:
    """A request whose first interview was so many days later, and a second one after it."""
    town = Commune.objects.exclude(epci=None).order_by("pk")[0]
    project = requested(email=email, commune=town)
    for more in (days, days + 1):
        talk = actions.Talk(day=later(more).date(), words="Vu.")
        actions.log_interview(project=project, talk=talk, by=agent(), at=later(more))


def test_first_interviews_are_counted_once_a_project_and_their_wait_is_the_median() -> None:
    requested(email="a@exemple.test")
    assert (gauges.received(TODAY).value, gauges.wait(TODAY).value) == (0, 0)
    for number, days in enumerate((2, 3, 10)):
        met(days, f"b{number}@exemple.test")
    on = date(2026, 12, 31)
    told = gauges.received(on)
    assert (told.value, list(told.parts.values()), told.is_people) == (3, [3], True)
    assert gauges.wait(on).value == 3
    assert differing(gauges.GAUGES, on) == {}
    assert gauges.received(date(2027, 1, 31)).value == 0


def test_what_is_followed_created_and_held_by_several() -> None:
    requested(email="a@exemple.test")
    project, done = followed(email="b@exemple.test"), followed(email="c@exemple.test")
    for name in ("Une", "Deux", "Trois"):
        actions.involve(project=project, name=name, part=PartnerPart.PARTNER, by=agent(), at=AT)
    actions.move_stage(project=done, stage=Stage.CREATION, by=agent(), at=AT)
    actions.close_project(project=done, result=actions.Result(Outcome.DONE, "Ouverte."), by=agent(), at=AT)
    assert [one(TODAY).value for one in (gauges.followed, gauges.together, gauges.created)] == [1, 1, 1]
    share = gauges.from_idea(TODAY)
    assert (share.value, share.note) == (Decimal(33), "1 sur 3")
    assert differing(gauges.GAUGES, TODAY) == {}


def test_half_days_are_those_of_the_year() -> None:
    project = followed()
    for day, half_days in ((date(2025, 12, 31), 4), (TODAY, 3)):
        actions.log_effort(project=project, day=day, half_days=half_days, by=agent(), at=AT)
    assert gauges.engineering(TODAY).value == 3
    assert differing(gauges.GAUGES, TODAY) == {}
