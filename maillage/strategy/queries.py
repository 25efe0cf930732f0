"""Reads about the strategy: the plan as a page shows it, and what already serves each measure.

Words: a *proof* is what a room offers for a measure (kernel registry). Neighbours: the page here, portal above.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch

from maillage.kernel.registry import proofs_of
from maillage.strategy.models import Axis, Measure, Objective, Strategy
from maillage.territories.models import Territory


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


@dataclass(frozen=True)
class AxisPart:
    """An axis with its objectives and measures, in order."""

    axis: Axis
    objectives: list[Objective]
    lines: list[MeasureLine]


@dataclass(frozen=True)
class Plan:
    """The whole strategy as its page shows it."""

    strategy: Strategy
    axes: list[AxisPart]
    bodies: list[MeasureLine]

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


def plan_of(strategy: Strategy) -> Plan:
    """The plan with its proofs: four queries, and one for each proof that counts."""
    measures = Measure.objects.order_by("position", "code")
    axes = strategy.axes.order_by("number").prefetch_related(
        Prefetch("objectives", queryset=Objective.objects.order_by("number")),
        Prefetch("measures", queryset=measures),
    )
    return Plan(
        strategy,
        [AxisPart(axis, list(axis.objectives.all()), _lines(axis.measures.all())) for axis in axes],
        _lines(measures.filter(strategy=strategy, axis__isnull=True)),
    )


def measures_by_code(strategy: Strategy | None) -> dict[str, Measure]:
    """{code: measure} of a strategy; empty without one."""
    if strategy is None:
        return {}
    return {measure.code: measure for measure in Measure.objects.filter(strategy=strategy)}


def _lines(measures: Iterable[Measure]) -> list[MeasureLine]:
    return [MeasureLine(measure, anchor_of(measure.code), _proofs(measure.code)) for measure in measures]


def anchor_of(code: str) -> str:
    """The identifier of a measure on the page: « 1.3 » is `mesure-1-3`."""
    return f"mesure-{code.replace('.', '-').lower()}"


def _proofs(code: str) -> list[ProofLine]:
    return [
        ProofLine(proof.sentence.rstrip("."), proof.path, None if proof.count is None else proof.count(), proof.noun)
        for proof in proofs_of(code)
    ]
