"""The plan through time: where each measure lies between the first and the last day shown.

Words: a *row* is one measure; positions go from 0 to WIDTH, and the stylesheet stretches the box.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from maillage.strategy.models import Axis, Step, Strategy
from maillage.strategy.queries import standings
from maillage.strategy.queries.standings import Standing

WIDTH = 1000


@dataclass(frozen=True)
class Mark:
    """A step that has a day, at x."""

    step: Step
    x: int


@dataclass(frozen=True)
class Row:
    """x and width of the bar, None when the measure has no day at all; open_end: nobody said when it ends."""

    standing: Standing
    x: int | None
    width: int
    open_end: bool
    marks: list[Mark]


@dataclass(frozen=True)
class Part:
    """The rows of an axis, or of the bodies (axis None)."""

    axis: Axis | None
    rows: list[Row]


@dataclass(frozen=True)
class Calendar:
    """years: those shown, in order, each as wide as its days; lines: where they begin; today: its x, None outside."""

    years: list[int]
    lines: list[int]
    today: int | None
    parts: list[Part]


def calendar_of(strategy: Strategy, on: date) -> Calendar:
    """The years of the strategy, and those that a measure needs; two queries whatever it holds."""
    every = standings.standings(standings.measures_of(strategy), on)
    days = [day for one in every for day in _days(one)]
    first = min([strategy.start_year, *(day.year for day in days)])
    last = max([strategy.end_year, *(day.year for day in days)])
    start, end = date(first, 1, 1), date(last, 12, 31)
    span = (end - start).days

    def across(day: date) -> int:
        return round((day - start).days * WIDTH / span)

    def row(one: Standing) -> Row:
        marks = [Mark(step, across(day)) for step in one.steps if (day := step.done_date or step.due_date)]
        days = _days(one)
        if not days:
            return Row(one, None, 0, False, [])
        begin, until = one.measure.start_date or min(days), one.measure.end_date
        last_day = until or max(*days, on, begin)
        return Row(one, across(begin), max(across(last_day) - across(begin), 4), until is None, marks)

    by_axis: dict[Axis | None, list[Row]] = {}
    for one in every:
        by_axis.setdefault(one.measure.axis, []).append(row(one))
    years = list(range(first, last + 1))
    return Calendar(
        years, [across(date(year, 1, 1)) for year in years], across(on) if start <= on <= end else None,
        [Part(axis, rows) for axis, rows in by_axis.items()],
    )  # fmt: skip


def _days(one: Standing) -> list[date]:
    steps = [day for step in one.steps for day in (step.due_date, step.done_date) if day]
    return [day for day in (one.measure.start_date, one.measure.end_date, *steps) if day]
