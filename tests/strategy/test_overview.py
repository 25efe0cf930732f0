"""The whole plan at one sight: through time, by state, and for those who steer."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from maillage.accounts.enums import Role
from maillage.strategy import actions
from maillage.strategy.enums import State
from maillage.strategy.models import Measure
from maillage.strategy.queries.calendar import WIDTH, calendar_of
from tests.accounts.people import holder
from tests.factories import AT
from tests.strategy.world import plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def measure() -> Measure:
    cache.clear()
    found = plan()
    facts = {"state": State.UNDER_WAY, "start_date": date(2025, 1, 1), "end_date": date(2028, 12, 31)}
    actions.steer_measure(measure=found, facts=facts, by=None, at=AT, must_be_as_seen=False)
    actions.add_step(measure=found, title="Inviter", due_date=date(2027, 1, 1), by=None, at=AT)
    return found


def test_a_bar_goes_from_the_first_day_to_the_last(measure: Measure) -> None:
    drawn = calendar_of(measure.strategy, date(2027, 1, 1))
    row = drawn.parts[0].rows[0]
    assert (row.x, row.width, row.open_end) == (0, WIDTH, False)
    assert drawn.years == [2025, 2026, 2027, 2028]
    assert row.marks[0].x == drawn.today == drawn.lines[2]
    assert drawn.parts[0].rows[1].x is None


def test_the_calendar_opens_to_the_years_that_a_measure_needs(measure: Measure) -> None:
    actions.add_step(measure=measure, title="Après", due_date=date(2031, 6, 1), by=None, at=AT)
    assert calendar_of(measure.strategy, date(2027, 1, 1)).years[-1] == 2031


def test_calendar_and_board_say_it_in_words(client: Client, measure: Measure) -> None:
    page = client.get("/strategie/calendrier/").content.decode()
    assert "du 1er janvier 2025 au 31 décembre 2028" in page.replace("\xa0", " ")
    board = client.get("/strategie/tableau/").content.decode()
    assert "1\xa0en cours" in board
    assert "3\xa0à lancer" in board
    assert "1\xa0à lancer" in client.get("/strategie/tableau/?axe=2").content.decode()
    assert client.get("/strategie/tableau/?axe=rien").status_code == 200


def test_without_a_strategy_the_pages_say_so(client: Client) -> None:
    cache.clear()
    for address in ("/strategie/calendrier/", "/strategie/tableau/"):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("role", [Role.ELECTED_MEMBER, Role.LIAISON_OFFICER, Role.STEERING_MEMBER, Role.AGENT])
def test_those_who_steer_read_what_is_late_and_who_must_act(client: Client, measure: Measure, role: Role) -> None:
    late = timezone.localdate() - timedelta(days=3)
    bruno = holder(Role.AGENT, first_name="Bruno", last_name="Essai")
    actions.add_step(measure=measure, title="Choisir", who="le bureau", due_date=late, by=None, at=AT)
    actions.steer_measure(measure=measure, facts={"owner": bruno}, by=None, at=AT, must_be_as_seen=False)
    client.force_login(bruno if role == Role.AGENT else holder(role))
    page = client.get("/moi/strategie/").content.decode()
    assert "Choisir, par le bureau" in page
    assert "À Bruno Essai d’agir" in page
    assert "1\xa0mesure en retard" in client.get("/moi/").content.decode()


def test_others_read_why_not(client: Client, measure: Measure) -> None:
    assert client.get("/moi/strategie/").status_code == 302
    client.force_login(holder(Role.TEACHER))
    answer = client.get("/moi/strategie/")
    assert (answer.status_code, "pilotent la stratégie" in answer.content.decode()) == (403, True)
    assert "mesure en retard" not in client.get("/moi/").content.decode()


@pytest.mark.parametrize("more", [1, 30])
def test_steps_do_not_add_queries(
    client: Client, measure: Measure, more: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for rank in range(more):
        actions.add_step(measure=measure, title=f"Étape {rank}", due_date=date(2026, 1, 1), by=None, at=AT)
    for address in ("/strategie/calendrier/", "/strategie/tableau/"):
        cache.clear()
        with django_assert_max_num_queries(10):
            client.get(address)
