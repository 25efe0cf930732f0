"""The list behind a figure: what a gauge counts, line by line, and how the lines make the figure again.

Words: a *line* is one thing that was counted; to *fold* is to make one number of all lines. Neighbours: rooms write
the lists beside their gauges; the strategy shows them, and says the fold at their foot.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from statistics import median
from typing import Any

from django.db.models import QuerySet


class Fold(StrEnum):
    """How the lines make the figure. SHARE: the lines that are 1, of all of them, in per cent."""

    COUNT = "count"
    SUM = "sum"
    MEAN = "mean"
    MEDIAN = "median"
    SHARE = "share"


@dataclass(frozen=True)
class CountedLine:
    """One thing that was counted, as the list names it. path: its own page, "" without; value: what it brings."""

    title: str
    path: str = ""
    day: date | None = None
    value: int | Decimal = 1


@dataclass(frozen=True)
class CountedList:
    """Lines in a fixed order; a queryset is read one page at a time, since counting needs none of its rows."""

    rows: QuerySet[Any, Any] | Sequence[Any]
    line: Callable[[Any], CountedLine]

    def __len__(self) -> int:
        return self.rows.count() if isinstance(self.rows, QuerySet) else len(self.rows)

    def between(self, start: int, end: int) -> list[CountedLine]:
        return [self.line(row) for row in self.rows[start:end]]

    def every(self) -> Iterable[CountedLine]:
        return map(self.line, self.rows)


@dataclass(frozen=True)
class Listing:
    """The list of a gauge. read(on, reader): reader is who opens it, None for anybody, and what they may not read is
    not there; noun: French, what a line is; day: French, what its day is, "" without days; is_public: everybody opens
    it, else those who steer."""

    read: Callable[[date, Any], CountedList]
    noun: str
    fold: Fold = Fold.COUNT
    day: str = ""
    is_public: bool = False


def fold(how: Fold, counted: CountedList) -> Decimal:
    """The number that the lines make: exact, but a mean, which has one decimal, and a median or a share, which have
    none, as their figures."""
    if how == Fold.COUNT:
        return Decimal(len(counted))
    values = [Decimal(line.value) for line in counted.every()]
    total, number = sum(values, Decimal(0)), len(values)
    if how == Fold.SUM or not number:
        return total
    if how == Fold.MEAN:
        return (total / number).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    found = Decimal(median(values)) if how == Fold.MEDIAN else 100 * total / number
    return found.quantize(Decimal(1), rounding=ROUND_HALF_UP)
