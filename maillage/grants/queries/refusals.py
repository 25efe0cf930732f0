"""Refusals by ground and by criterion, so that equal cases are answered alike."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from maillage.accounts.models import User
from maillage.grants.enums import Ground, Outcome
from maillage.grants.models import Decision


@dataclass(frozen=True)
class Reason:
    """One reason. share: of the refusals, 0 to 1; percent: the same, whole, for reading."""

    label: str
    number: int
    share: float

    @property
    def percent(self) -> int:
        return int((Decimal(str(self.share)) * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))


@dataclass(frozen=True)
class Refusals:
    """year: None for all; years: those that have decisions; decided: how many were, of which refused."""

    year: int | None
    years: list[int]
    decided: int
    refused: int
    grounds: list[Reason]
    criteria: list[Reason]


def refusals(year: int | None, *, by: User, on: date) -> Refusals:
    """Of the confirmed decisions that this person may read. Two queries."""
    every = Decision.objects.visible_to(by, on=on).confirmed().exclude(outcome=Outcome.DROPPED)
    years = sorted({day.year for day in every.dates("deliberated_on", "year")}, reverse=True)
    rows = every if year is None else every.filter(deliberated_on__year=year)
    told = list(rows.values_list("outcome", "ground", "criterion__label").order_by("pk"))
    refused = [(ground, criterion) for outcome, ground, criterion in told if outcome == Outcome.REFUSED]
    grounds = Counter(str(Ground(ground).label) for ground, _ in refused)
    criteria = Counter(criterion for _, criterion in refused if criterion)
    return Refusals(
        year, years, len(told), len(refused), _reasons(grounds, len(refused)), _reasons(criteria, len(refused))
    )


def _reasons(counted: Counter[str], whole: int) -> list[Reason]:
    return [Reason(label, number, number / whole) for label, number in counted.most_common()]
