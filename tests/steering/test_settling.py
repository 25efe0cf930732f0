"""The questions that the data asks a committee."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from maillage.governance.enums import DecisionState, Kind
from maillage.steering.queries import settling
from maillage.steering.queries.past import standings_on
from maillage.strategy import actions
from maillage.strategy.enums import Money, State
from maillage.strategy.models import Strategy
from maillage.strategy.queries.indicators import board_of
from tests.choosing.world import closed, opened
from tests.steering.world import DAY, NOON, SITE, committee, decided, of, plan, read, steer
from ui.print.blocks import Line

pytestmark = pytest.mark.django_db


@pytest.fixture
def strategy() -> Strategy:
    return plan()


def asked(strategy: Strategy) -> list[Line]:
    every, board = standings_on(strategy, DAY), board_of(strategy, DAY)
    found = settling.questions(strategy, every, board, DAY, SITE)
    return [Line(one.text.replace("\xa0", " ").replace("\u202f", " "), one.url.removeprefix(SITE)) for one in found]


def blocked() -> None:
    steer("1.1", state=State.BLOCKED, state_note="La salle manque.")


def late(days: int = 65) -> None:
    steer("1.2", end_date=DAY - timedelta(days=days))


def late_a_little() -> None:
    late(5)


def unowned() -> None:
    steer("2.1", owner=None)
    steer("G.1", owner=None, priority=1)


def far() -> None:
    read("1.2", "0", days=3)


def hoped(amount: int = 12_000, code: str = "2.1") -> None:
    facts: dict[str, Any] = {"year": 2027, "stage": Money.HOPED, "amount": Decimal(amount)}
    actions.add_budget_line(measure=of(code), funder="la Région", by=None, at=NOON, **facts)


def undecided() -> None:
    closed(opened())


def broken() -> None:
    decided("Ouvrir le samedi", state=DecisionState.NOT_KEPT)


KINDS = {
    broken: ("La décision 1 n’est pas tenue : Ouvrir le samedi. La confirmer, la changer, ou y renoncer ?", ""),
    blocked: ("« Un collectif » est bloquée : La salle manque. Qui peut la débloquer ?", "/strategie/1.1/"),
    late: ("« Un annuaire » est en retard depuis 2 mois : la relancer,", "/strategie/1.2/"),
    unowned: ("2 mesures n’ont personne pour les suivre, dont « Le comité » :", "/strategie/tableau/"),
    far: ("« Lettres » :", "/strategie/indicateurs/1.2/"),
    hoped: ("La Région : 12 000,00 € sont espérés et ne sont pas acquis.", "/strategie/2.1/"),
    undecided: ("« Quels thèmes en 2027 ? » : le vote est compté,", "/consultations/"),
    late_a_little: ("« Un annuaire » est en retard depuis 5 jours :", "/strategie/1.2/"),
}


def test_where_nothing_presses_nothing_is_asked(strategy: Strategy) -> None:
    assert asked(strategy) == []


@pytest.mark.parametrize("happens", KINDS, ids=lambda one: one.__name__)
def test_each_kind_is_asked_with_the_address_of_what_raised_it(strategy: Strategy, happens: Callable[[], None]) -> None:
    happens()
    [one] = asked(strategy)
    words, path = KINDS[happens]
    assert one.text.startswith(words)
    assert one.url.startswith(path)
    assert one.text.endswith("?")


def test_of_all_at_once_the_three_most_pressing_are_asked(strategy: Strategy) -> None:
    for happens in (hoped, far, unowned, late, blocked, broken, undecided):
        happens()
    found = asked(strategy)
    assert [one.text.startswith(KINDS[kind][0]) for one, kind in zip(found, (broken, blocked, late), strict=True)] == [
        True, True, True,
    ]  # fmt: skip


def test_an_address_is_never_asked_about_twice(strategy: Strategy) -> None:
    steer("1.1", state=State.BLOCKED, state_note="La salle manque.", end_date=DAY - timedelta(days=90))
    hoped(code="1.1")
    late_a_little()
    found = asked(strategy)
    assert [one.url for one in found] == ["/strategie/1.1/"]


def test_the_worst_of_a_kind_is_the_one_that_is_asked(strategy: Strategy) -> None:
    late(40)
    steer("2.1", end_date=DAY - timedelta(days=95))
    hoped(5_000, "1.1")
    hoped(9_000, "G.1")
    assert [one.url for one in asked(strategy)] == ["/strategie/2.1/", "/strategie/G.1/"]


def test_what_is_settled_or_over_is_not_asked(strategy: Strategy) -> None:
    decided("Fermer le lundi", state=DecisionState.KEPT)
    decided("Ouvrir le mardi")
    steer("1.1", state=State.DONE, owner=None, end_date=DAY - timedelta(days=90))
    read("1.2", "2", days=2)
    assert asked(strategy) == []


def test_a_decision_of_a_closed_meeting_of_others_is_not_told(strategy: Strategy) -> None:
    group = committee("Groupe mobilité", Kind.WORKING_GROUP)
    decided("Entre nous", state=DecisionState.NOT_KEPT, body=group, is_public=False)
    assert asked(strategy) == []
    decided("Entre membres du comité", state=DecisionState.NOT_KEPT, is_public=False)
    [one] = asked(strategy)
    assert ("Entre membres du comité" in one.text, one.url) == (True, "")
