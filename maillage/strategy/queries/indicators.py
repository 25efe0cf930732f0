"""Reads about indicators, as pages show them: small numbers of people are masked here, and nowhere after.

Words: a *line* is an indicator with its last value; a *point* is one reading that may be shown. Agents see
every number. Neighbours: `masking` decides what may be read; `drawing` turns points into a picture.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from maillage.kernel.models import JournalEntry
from maillage.kernel.registry import Milestone, milestone
from maillage.strategy import masking
from maillage.strategy import phrases_indicators as phrases
from maillage.strategy.models import Axis, Better, Indicator, Measure, Reading, Strategy, Target
from maillage.strategy.queries.counted import public_path
from maillage.territories.models import Epci
from maillage.territories.queries import epcis_of, home_territory
from ui import french


@dataclass(frozen=True)
class Point:
    """A reading as anybody may see it. words: « 12 fiches », « 12 sur 48 fiches », or why there is none.

    figure: the same without its unit, for a table.
    """

    on: date
    value: Decimal | None
    words: str
    figure: str
    whole: Decimal | None
    parts: dict[str, Decimal | None]
    note: str
    path: str
    is_masked: bool


@dataclass(frozen=True)
class Aim:
    """The target of the year beside the last value. reached, most: for a bar; most is None when a bar says nothing."""

    year: int
    words: str
    is_reached: bool
    reached: Decimal
    most: Decimal | None


@dataclass(frozen=True)
class IndicatorLine:
    """An indicator with its last value; `point` is None before the first reading."""

    indicator: Indicator
    point: Point | None
    aim: Aim | None


@dataclass(frozen=True)
class AxisBoard:
    """The indicators of an axis; axis: None for those that none holds any more."""

    axis: Axis | None
    lines: list[IndicatorLine]

    @property
    def measured(self) -> list[IndicatorLine]:
        return [line for line in self.lines if line.point is not None]

    @property
    def waiting(self) -> list[IndicatorLine]:
        return [line for line in self.lines if line.point is None]


@dataclass(frozen=True)
class Board:
    """Every indicator of the strategy, by axis."""

    strategy: Strategy
    year: int
    axes: list[AxisBoard]

    @property
    def lines(self) -> list[IndicatorLine]:
        return [line for axis in self.axes for line in axis.lines]

    @property
    def measured(self) -> int:
        return sum(len(axis.measured) for axis in self.axes)


def indicators_of(strategy: Strategy) -> QuerySet[Indicator]:
    """In the order of the file, with axis, measure and strategy."""
    found = Indicator.objects.filter(strategy=strategy).select_related("axis", "measure", "strategy")
    return found.order_by("axis__number", "position", "code")


@dataclass(frozen=True)
class Row:
    """An indicator with its last reading and the target of a year, every number as it was read: for agents."""

    indicator: Indicator
    reading: Reading | None
    target: Target | None

    @property
    def words(self) -> str:
        """« 12 fiches », « 12 sur 48 fiches », "" before the first reading."""
        return "" if self.reading is None else _words(self.indicator, self.reading, self.reading.value)

    @property
    def target_words(self) -> str:
        return "" if self.target is None else self.indicator.words(self.target.value)


def office_rows(strategy: Strategy, on: date) -> list[Row]:
    """All of them in order, as last read that day, with the target of its year; three queries."""
    return _rows(indicators_of(strategy), on)


def _rows(found: QuerySet[Indicator], on: date) -> list[Row]:
    last = Reading.objects.filter(indicator=OuterRef("pk"), on__lte=on).order_by("-on").values("pk")[:1]
    indicators = list(found.annotate(last=Subquery(last)))
    numbers: list[int] = [one.last for one in indicators if one.last is not None]
    readings = {one.indicator_id: one for one in Reading.objects.filter(pk__in=numbers)}
    targets = {one.indicator_id: one for one in Target.objects.filter(indicator__in=indicators, year=on.year)}
    return [Row(one, readings.get(one.pk), targets.get(one.pk)) for one in indicators]


def board_of(strategy: Strategy, on: date) -> Board:
    """What anybody may read of them, by axis, with the target of the year of that day; three queries."""
    groups: dict[int | None, AxisBoard] = {}
    for row in office_rows(strategy, on):
        one = row.indicator
        groups.setdefault(one.axis_id, AxisBoard(one.axis, [])).lines.append(_line(row, on))
    # Those that lost their axis come last, on every database.
    ordered = sorted(groups.values(), key=lambda group: (group.axis is None, group.axis.number if group.axis else 0))
    return Board(strategy, on.year, ordered)


def lines_of(measure: Measure, on: date) -> list[IndicatorLine]:
    """What anybody may read of the indicators of one measure; three queries."""
    return [_line(row, on) for row in _rows(indicators_of(measure.strategy).filter(measure=measure), on)]


def _line(row: Row, on: date) -> IndicatorLine:
    point = None if row.reading is None else _with_list(row.indicator, point_of(row.indicator, row.reading))
    return IndicatorLine(row.indicator, point, _aim(row.indicator, point, row.target, on.year))


def point_of(indicator: Indicator, reading: Reading) -> Point:
    """What may be shown of a reading."""
    may_tell = masking.mask if reading.is_people else masking.plain
    shown = may_tell(reading.value, reading.part_values, reading.whole)
    return Point(
        reading.on, shown.value, _words(indicator, reading, shown.value), _figure(indicator, reading, shown.value),
        None if shown.value is None else reading.whole, shown.parts, reading.note, reading.path,
        is_masked=shown.value is None or None in shown.parts.values(),
    )  # fmt: skip


def _with_list(indicator: Indicator, point: Point) -> Point:
    """The last one leads to the list that is counted now, where everybody may read one."""
    return point if point.path else replace(point, path=public_path(indicator))


def _words(indicator: Indicator, reading: Reading, value: Decimal | None) -> str:
    if value is None:
        return masked_words(indicator, reading.value)
    if reading.whole is None:
        return indicator.words(value)
    return f"{indicator.number(value)} sur {indicator.words(reading.whole)}"


def _figure(indicator: Indicator, reading: Reading, value: Decimal | None) -> str:
    if value is None:
        return phrases.UNDER if reading.value < masking.THRESHOLD else phrases.MASKED
    whole = "" if reading.whole is None else f" sur {indicator.number(reading.whole)}"
    return f"{indicator.number(value)}{whole}"


def masked_words(indicator: Indicator, value: Decimal) -> str:
    """« moins de 5 personnes » when that is why; else only that it is not shown."""
    return f"{phrases.UNDER} {indicator.unit_words}" if value < masking.THRESHOLD else phrases.MASKED


def _aim(indicator: Indicator, point: Point | None, target: Target | None, year: int) -> Aim | None:
    if target is None:
        return None
    wanted = indicator.words(target.value)
    if point is None or point.value is None:
        return Aim(year, phrases.TARGET_ONLY.format(year=year, target=wanted), False, Decimal(0), None)
    gap = target.value - point.value
    is_higher = indicator.better_is == Better.HIGHER
    if gap <= 0 if is_higher else gap >= 0:
        return Aim(year, phrases.REACHED.format(year=year, target=wanted), True, target.value, target.value or None)
    words = phrases.TO_GO if is_higher else phrases.TOO_HIGH
    told = words.format(gap=indicator.words(abs(gap)), year=year, target=wanted)
    return Aim(year, told, False, point.value, target.value if is_higher else None)


@dataclass(frozen=True)
class PartLine:
    """The last value in one EPCI; words: « 12 », or why there is none."""

    name: str
    words: str


@dataclass(frozen=True)
class IndicatorPage:
    """One indicator with all that may be read of it; points: the oldest first; aimed: the target of the year."""

    line: IndicatorLine
    points: list[Point]
    targets: list[Target]
    aimed: Decimal | None
    parts: list[PartLine]
    baseline: str
    since: Milestone | None = None

    @property
    def change(self) -> str:
        """« 12 fiches de plus depuis … (1er juin 2026) »; "" when nothing may be compared."""
        if self.since is None or self.line.point is None or self.line.point.value is None:
            return ""
        before = [point for point in self.points if point.on <= self.since.day]
        if not before or before[-1].value is None:
            return ""
        gap = self.line.point.value - before[-1].value
        told = phrases.CHANGE_NONE if gap == 0 else phrases.CHANGE_MORE if gap > 0 else phrases.CHANGE_LESS
        words = told.format(gap=self.line.indicator.words(abs(gap)))
        return phrases.CHANGE.format(change=words, label=self.since.label, day=french.day(self.since.day))

    @property
    def months(self) -> list[Point]:
        """The last point of each month, the latest first: a table that stays short."""
        last = {(point.on.year, point.on.month): point for point in self.points}
        return list(last.values())[::-1]

    @property
    def is_masked(self) -> bool:
        return any(point.is_masked for point in self.points)


def page_of(indicator: Indicator, on: date) -> IndicatorPage:
    """Its readings, its targets, its last value by EPCI; four queries at most."""
    points = points_of(indicator)
    targets = list(Target.objects.filter(indicator=indicator).order_by("year"))
    last = _with_list(indicator, points[-1]) if points else None
    target = next((one for one in targets if one.year == on.year), None)
    aim = _aim(indicator, last, target, on.year)
    parts = [] if last is None else list(_part_lines(indicator, last))
    line = IndicatorLine(indicator, last, aim)
    aimed = target.value if target else None
    return IndicatorPage(line, points, targets, aimed, parts, _baseline(indicator), milestone(on))


def story(page: IndicatorPage) -> str:
    """The curve in a sentence, for those who do not see it."""
    told = [point for point in page.points if point.value is not None]
    first, last = told[0], told[-1]
    return (
        f"De {first.words} le {french.day(first.on)} à {last.words} le {french.day(last.on)}. "
        "Les valeurs sont dans le tableau qui suit."
    )


def points_of(indicator: Indicator) -> list[Point]:
    """Every reading as it may be shown, the oldest first."""
    return [point_of(indicator, one) for one in Reading.objects.filter(indicator=indicator).order_by("on")]


def latest_readings(indicator: Indicator) -> list[Row]:
    """The last forty, the latest first, as they were read: for agents."""
    found = Reading.objects.filter(indicator=indicator).select_related("by").order_by("-on")[:40]
    return [Row(indicator, one, None) for one in found]


def targets_of(indicator: Indicator) -> list[Row]:
    return [Row(indicator, None, one) for one in Target.objects.filter(indicator=indicator).order_by("year")]


def reading_on(indicator: Indicator, day: str) -> Reading | None:
    """The reading of a day that an address names; None for what is no day."""
    try:
        on = date.fromisoformat(day)
    except ValueError:
        return None
    return Reading.objects.filter(indicator=indicator, on=on).first()


def corrections(indicator: Indicator) -> list[JournalEntry]:
    """What people typed about it and changed, the latest first."""
    found = JournalEntry.objects.filter(object_type="strategy.indicator", object_id=indicator.pk)
    return list(found.order_by("-at", "-pk")[:20])


def _baseline(indicator: Indicator) -> str:
    if indicator.baseline is None:
        return ""
    value = masking.mask(indicator.baseline, {}).value if indicator.is_people else indicator.baseline
    return masked_words(indicator, indicator.baseline) if value is None else indicator.words(value)


def _part_lines(indicator: Indicator, point: Point) -> Iterator[PartLine]:
    if not point.parts:
        return
    for epci in home_epcis():
        value = point.parts.get(epci.siren, Decimal(0))
        yield PartLine(epci.short_name, phrases.MASKED if value is None else indicator.number(value))


def home_epcis() -> list[Epci]:
    home = home_territory()
    return [] if home is None else epcis_of(home)


def export_columns(epcis: Iterable[Epci]) -> list[str]:
    return ["date", "valeur", "sur", "unité", "note", *(epci.short_name for epci in epcis)]


def export_rows(indicator: Indicator, points: Iterable[Point], epcis: Iterable[Epci]) -> Iterator[dict[str, Any]]:
    """One line for each reading; what is masked is written so, never left empty."""
    for point in points:
        row: dict[str, Any] = {
            "date": point.on.isoformat(),
            "valeur": _cell(point.value),
            "sur": "" if point.whole is None else _cell(point.whole),
            "unité": indicator.unit_words,
            "note": point.note,
        }
        if point.parts:
            row |= {epci.short_name: _cell(point.parts.get(epci.siren, Decimal(0))) for epci in epcis}
        yield row


def _cell(value: Decimal | None) -> str:
    """A number as a French spreadsheet reads it."""
    return phrases.MASKED if value is None else f"{value.normalize():f}".replace(".", ",")
