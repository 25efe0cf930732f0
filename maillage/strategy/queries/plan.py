"""Reads about the strategy: the plan as a page shows it, and what already serves each measure.

Words: a *proof* is what a room offers for a measure (kernel registry). Neighbours: the page here, portal above.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import Model, Prefetch, QuerySet

from maillage.kernel.registry import proofs_of
from maillage.strategy.enums import State
from maillage.strategy.models import Axis, Measure, News, Objective, Strategy
from maillage.strategy.queries import standings
from maillage.strategy.queries.standings import Standing, SumLine
from maillage.territories.models import Territory
from maillage.territories.queries import home_territory

LATEST_NEWS = 3
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class ProofLine:
    """What serves a measure today; `count` and `noun` ("singular,plural") are empty when counting says nothing."""

    sentence: str
    path: str
    count: int | None
    noun: str


@dataclass(frozen=True)
class MeasureLine:
    """A measure with its proofs; `anchor` is its place on the page."""

    measure: Measure
    anchor: str
    proofs: list[ProofLine]
    standing: Standing


@dataclass(frozen=True)
class AxisPart:
    """An axis with its objectives and measures, in order."""

    axis: Axis
    objectives: list[Objective]
    lines: list[MeasureLine]

    @property
    def sums(self) -> list[SumLine]:
        return standings.sums(line.standing for line in self.lines)

    @property
    def engaged_count(self) -> int:
        """Measures on which work began, whatever became of it."""
        return sum(line.measure.state not in (State.TO_LAUNCH, State.ABANDONED) for line in self.lines)

    @property
    def engaged_words(self) -> str:
        return f"{self.engaged_count} sur {len(self.lines)}"


@dataclass(frozen=True)
class Plan:
    """The whole strategy as its page shows it."""

    strategy: Strategy
    axes: list[AxisPart]
    bodies: list[MeasureLine]
    news: list[News]

    @property
    def sums(self) -> list[SumLine]:
        """Of the measures of all axes."""
        return standings.sums(line.standing for part in self.axes for line in part.lines)

    @property
    def measure_count(self) -> int:
        return sum(len(part.lines) for part in self.axes)

    @property
    def served_count(self) -> int:
        """Measures for which the platform already does something."""
        return sum(1 for part in self.axes for line in part.lines if line.proofs)


def current_strategy(territory: Territory | None) -> Strategy | None:
    """The most recent strategy of the territory, or None."""
    if territory is None:
        return None
    return Strategy.objects.filter(territory=territory).order_by("-start_year", "slug").first()


def home_measures() -> QuerySet[Measure]:
    """The measures of the strategy that this platform serves; none before it is loaded."""
    strategy = home_strategy()
    return Measure.objects.none() if strategy is None else standings.measures_of(strategy)


def home_strategy() -> Strategy | None:
    """That of the territory of this site."""
    return current_strategy(home_territory())


def plan_of(strategy: Strategy, on: date) -> Plan:
    """The plan as it stands that day, with its proofs: five queries, and one for each proof that counts."""
    found = standings.standings(standings.measures_of(strategy), on)
    by_axis: dict[int | None, list[MeasureLine]] = {}
    for one in found:
        line = MeasureLine(one.measure, anchor_of(one.measure.code), proofs_for(one.measure.code), one)
        by_axis.setdefault(one.measure.axis_id, []).append(line)
    axes = strategy.axes.order_by("number").prefetch_related(
        Prefetch("objectives", queryset=Objective.objects.order_by("number"))
    )
    return Plan(
        strategy,
        [AxisPart(axis, list(axis.objectives.all()), by_axis.get(axis.pk, [])) for axis in axes],
        by_axis.get(None, []),
        standings.latest_news(strategy, LATEST_NEWS),
    )


def axes_of(strategy: Strategy) -> list[tuple[int, str]]:
    """(number, title) in order."""
    return list(strategy.axes.order_by("number").values_list("number", "title"))


def measures_by_code(strategy: Strategy | None) -> dict[str, Measure]:
    """{code: measure} of a strategy; empty without one."""
    if strategy is None:
        return {}
    return {measure.code: measure for measure in Measure.objects.filter(strategy=strategy)}


def anchor_of(code: str) -> str:
    """The identifier of a measure on the page: « 1.3 » is `mesure-1-3`."""
    return f"mesure-{code.replace('.', '-').lower()}"


def proofs_for(code: str) -> list[ProofLine]:
    """What rooms offer for the measure of this code."""
    return [
        ProofLine(proof.sentence.rstrip("."), proof.path, None if proof.count is None else proof.count(), proof.noun)
        for proof in proofs_of(code)
    ]


def short(found: QuerySet[Row], most: int) -> list[Row] | QuerySet[Row]:
    """The rows themselves when they are at most so many, which then need no count; else the queryset, to be paged."""
    rows = list(found[: most + 1])
    return rows if len(rows) <= most else found
