"""Everything the committee's file is written from, and the blocks that its pages and its slides share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from itertools import islice

from django.db.models import Count

from maillage.steering import phrases
from maillage.strategy.enums import State
from maillage.strategy.models import Reading, Strategy
from maillage.strategy.queries.budget import Budget
from maillage.strategy.queries.indicators import Board, IndicatorLine, Point, point_of
from maillage.strategy.queries.standings import Standing
from ui import french
from ui.print.blocks import Bar, Bars, Curve, Line

MOST_CURVES, MOST_POINTS = 6, 60


@dataclass
class Told:
    """Everything the file is written from. site: what addresses begin with."""

    strategy: Strategy
    on: date
    since: date | None
    made: datetime
    site: str
    every: list[Standing] = field(default_factory=list)
    before: dict[str, Standing] = field(default_factory=dict)
    board: Board | None = None
    last: dict[str, IndicatorLine] = field(default_factory=dict)
    budget: Budget = field(default_factory=lambda: Budget([], [], []))
    questions: list[Line] = field(default_factory=list)
    curves: list[Curve] = field(default_factory=list)
    sources: list[Line] = field(default_factory=list)

    def path(self, label: str, path: str) -> Line:
        """A line that leads somewhere of the site, kept for the appendix."""
        line = Line(label, f"{self.site}{path}")
        self.sources.append(line)
        return line

    def measure(self, one: Standing) -> Line:
        return Line(str(one.measure), f"{self.site}{one.measure.get_absolute_url()}")


def engaged(told: Told) -> Bars:
    """Of each axis, how many of its measures began."""
    bars: list[Bar] = []
    for title, rows in by_axis(told):
        begun = sum(one.measure.state not in (State.TO_LAUNCH, State.ABANDONED) for one in rows)
        bars.append(Bar(title, f"{begun} sur {len(rows)}", begun / len(rows)))
    return Bars(phrases.ENGAGED, bars)


def by_axis(told: Told) -> list[tuple[str, list[Standing]]]:
    found: dict[str, list[Standing]] = {}
    for one in told.every:
        if one.measure.axis is not None:
            found.setdefault(str(one.measure.axis), []).append(one)
    return list(found.items())


def moves_of(told: Told) -> list[Line]:
    moved = []
    for one in told.every:
        before = told.before.get(one.measure.code)
        if before is not None and before.label != one.label:
            words = phrases.MOVED_LINE.format(measure=one.measure, before=before.label, after=one.label)
            moved.append(Line(words, told.measure(one).url))
    return moved


def difference(told: Told, line: IndicatorLine) -> str:
    """Since the file before; a masked value has none."""
    if not told.since:
        return "–"
    before = told.last.get(line.indicator.code)
    if before is None or before.point is None:
        return phrases.NEW
    if line.point is None or line.point.value is None or before.point.value is None:
        return "–"
    gap = line.point.value - before.point.value
    if gap == 0:
        return phrases.SAME
    return (phrases.MORE if gap > 0 else phrases.LESS).format(gap=line.indicator.words(abs(gap)))


def curves_of(told: Told) -> list[Curve]:
    """Those that moved the most times, at most MOST_CURVES.

    Readings are read for a few indicators at a time: three years of all of them are tens of thousands.
    """
    assert told.board is not None
    lines = {line.indicator.pk: line for line in told.board.lines if line.point is not None}
    moved = Reading.objects.filter(indicator__in=list(lines), on__lte=told.on).values("indicator")
    moved = moved.annotate(values=Count("value", distinct=True)).filter(values__gte=2)
    ranked = iter(moved.order_by("-values", "indicator").values_list("indicator", flat=True))
    found: list[Curve] = []
    while len(found) < MOST_CURVES and (some := list(islice(ranked, MOST_CURVES))):
        readings = _readings(some, told.on)
        found += [one for pk in some if (one := _curve(lines[pk], readings[pk])) is not None]
    return found[:MOST_CURVES]


def _readings(indicators: Sequence[int], on: date) -> dict[int, list[Reading]]:
    found: dict[int, list[Reading]] = {}
    for one in Reading.objects.filter(indicator__in=indicators, on__lte=on).order_by("indicator", "on"):
        found.setdefault(one.indicator_id, []).append(one)
    return found


def _curve(line: IndicatorLine, rows: Sequence[Reading]) -> Curve | None:
    shown = [(row.on, point_of(line.indicator, row)) for row in rows]
    known = _legible([(on, point) for on, point in shown if point.value is not None])
    if len({point.value for _, point in known}) < 2:
        return None
    first_day = known[0][0]
    target = float(line.aim.most) if line.aim and line.aim.most else None
    ends = [f"{point.words} le {french.day(day)}" for day, point in (known[0], known[-1])]
    return Curve(
        line.indicator.title, [((on - first_day).days, float(point.value or 0)) for on, point in known], target,
        ends[0], ends[1], f"{line.indicator.title}\u00a0: de {ends[0]} à {ends[1]}.",
    )  # fmt: skip


def _legible(points: list[tuple[date, Point]]) -> list[tuple[date, Point]]:
    """All of them while they stand apart on paper; else the first, then the last of each month."""
    if len(points) <= MOST_POINTS:
        return points
    months = {(on.year, on.month): (on, point) for on, point in points}
    return [points[0], *(one for one in months.values() if one[0] != points[0][0])]


def funders_of(budget: Budget) -> Bars:
    highest = budget.highest or Decimal(1)
    bars = [Bar(name, french.euros(amount), float(amount / highest)) for name, amount in budget.by_funder]
    return Bars(phrases.BY_FUNDER, bars)
