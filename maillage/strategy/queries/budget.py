"""The money of measures: lines, sums by stage, by funder and by year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from maillage.strategy.enums import Money
from maillage.strategy.models import BudgetLine, Measure, Strategy


@dataclass(frozen=True)
class Budget:
    """Amounts in euros. by_stage: in the order of Money; by_funder: what is hoped for and promised, the most first."""

    lines: list[BudgetLine]
    by_stage: list[tuple[Money, Decimal]]
    by_funder: list[tuple[str, Decimal]]

    @property
    def highest(self) -> Decimal:
        """The greatest sum of a funder, for the bars; 0 without any."""
        return self.by_funder[0][1] if self.by_funder else Decimal(0)


def budget_of(measure: Measure) -> Budget:
    return summed(measure.budget.order_by("year", "stage", "funder"))


def budget_of_plan(strategy: Strategy) -> Budget:
    """Of all measures together."""
    lines = BudgetLine.objects.filter(measure__strategy=strategy).select_related("measure__axis")
    return summed(lines.order_by("measure__position", "year", "stage", "funder"))


def summed(lines: Iterable[BudgetLine]) -> Budget:
    """Sums of these lines; what is spent is not added to what was promised for it."""
    found = list(lines)
    stages: dict[Money, Decimal] = {}
    funders: dict[str, Decimal] = {}
    for line in found:
        stage = Money(line.stage)
        stages[stage] = stages.get(stage, Decimal(0)) + line.amount
        if stage != Money.SPENT:
            funders[line.funder] = funders.get(line.funder, Decimal(0)) + line.amount
    by_funder = sorted(funders.items(), key=lambda pair: (-pair[1], pair[0]))
    return Budget(found, [(stage, stages[stage]) for stage in Money if stage in stages], by_funder)
