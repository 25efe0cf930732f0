"""Give the strategy its figures: what is followed, what is aimed at, what was read.

Words: a *reading* is the value of an indicator on a day, *computed* by a gauge or *typed* with a note of its source.
Neighbours: commands, the worker, the agents' screens, seeds and tests enter here; rooms register gauges in the kernel.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from maillage.accounts.models import User
from maillage.kernel import registry
from maillage.kernel.actions import journal
from maillage.strategy import phrases_indicators as phrases
from maillage.strategy.indicators_format import IndicatorFile, IndicatorRecord
from maillage.strategy.models import Axis, Indicator, Measure, Reading, Strategy, Target


class UnknownReference(LookupError):
    """The file names a strategy, an axis, a measure or a gauge that is not there; French, one sentence a line."""


class ReadingRefused(ValueError):
    """What was typed cannot be kept; `phrase` tells why in French, `field` which field it is about ("" for none)."""

    def __init__(self, phrase: str, field: str = "") -> None:
        self.phrase, self.field = phrase, field
        super().__init__(phrase)


@dataclass
class IndicatorReport:
    """What a load did, or would do. kept: codes that the file does not say any more, kept for their readings."""

    total: int
    is_dry_run: bool
    created: int = 0
    changed: int = 0
    removed: int = 0
    targets: int = 0
    kept: list[str] = field(default_factory=list)

    @property
    def is_unchanged(self) -> bool:
        return not (self.created + self.changed + self.removed + self.targets)

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "is_unchanged": self.is_unchanged}


def load_indicators(
    *, document: IndicatorFile, by: User | None, at: datetime, is_dry_run: bool = False
) -> IndicatorReport:
    """Make the database say what the document says; a second run writes nothing.

    Indicators keep their identity by their code; readings, and a target of a year that has one, are never touched.
    Raises UnknownReference, with nothing written.
    """
    strategy = Strategy.objects.filter(slug=document["strategy"]).first()
    if strategy is None:
        raise UnknownReference(phrases.NO_STRATEGY.format(slug=document["strategy"]))
    wanted = _wanted(strategy, document)
    report = IndicatorReport(len(wanted), is_dry_run)
    with transaction.atomic():
        found = _write(strategy, wanted, report)
        _add_targets(found, document, report)
        if is_dry_run:
            transaction.set_rollback(True)
        elif not report.is_unchanged:
            told = {name: [None, value] for name, value in report.as_json().items() if name != "is_dry_run"}
            journal(verb="load_indicators", target=strategy, changes=told, by=by, at=at)
    return report


def _wanted(strategy: Strategy, document: IndicatorFile) -> dict[str, dict[str, Any]]:
    """{code: facts} of each indicator. Raises UnknownReference with every name that leads nowhere."""
    axes = {axis.number: axis.pk for axis in Axis.objects.filter(strategy=strategy)}
    measures = {measure.code: measure.pk for measure in Measure.objects.filter(strategy=strategy)}
    gauges, lost = registry.gauges(), []
    wanted: dict[str, dict[str, Any]] = {}
    for position, record in enumerate(document["indicators"]):
        code, axis, measure, gauge = (record.get(name) for name in ("code", "axis", "measure", "gauge"))
        if axis not in axes:
            lost.append(phrases.UNKNOWN_AXIS.format(code=code, axis=axis))
        if measure and measure not in measures:
            lost.append(phrases.UNKNOWN_MEASURE.format(code=code, measure=measure))
        if gauge and gauge not in gauges:
            lost.append(phrases.UNKNOWN_GAUGE.format(code=code, gauge=gauge, known=", ".join(sorted(gauges))))
        wanted[record["code"]] = {
            **_plain_facts(record),
            "position": position,
            "axis_id": axes.get(record["axis"]),
            "measure_id": measures.get(record.get("measure", "")),
        }
    if lost:
        raise UnknownReference("\n".join(lost))
    return wanted


def _plain_facts(record: IndicatorRecord) -> dict[str, Any]:
    day = record.get("baseline_date")
    return {
        "title": record["title"],
        "definition": record["definition"],
        "formula": record["formula"],
        "unit": record["unit"],
        "kind": record["kind"],
        "source": record["source"],
        "frequency": record["frequency"],
        "gauge": record.get("gauge", ""),
        "baseline": Decimal(str(record["baseline"])) if "baseline" in record else None,
        "baseline_date": date.fromisoformat(day) if day else None,
        "decimals": record.get("decimals", 0),
        "is_people": record.get("is_people", False),
        "better_is": record.get("better_is", "higher"),
    }


def _write(strategy: Strategy, wanted: Mapping[str, dict[str, Any]], report: IndicatorReport) -> dict[str, Indicator]:
    present = {one.code: one for one in Indicator.objects.filter(strategy=strategy).order_by("position", "code")}
    read = set(Reading.objects.filter(indicator__strategy=strategy).values_list("indicator", flat=True).distinct())
    for code in [code for code in present if code not in wanted]:
        gone = present.pop(code)
        if gone.pk in read:
            report.kept.append(code)
        else:
            gone.delete()
            report.removed += 1
    for code, facts in wanted.items():
        row = present.get(code)
        if row is None:
            present[code] = Indicator.objects.create(strategy=strategy, code=code, **facts)
            report.created += 1
        elif any(getattr(row, name) != value for name, value in facts.items()):
            for name, value in facts.items():
                setattr(row, name, value)
            row.save()
            report.changed += 1
    return present


def _add_targets(found: Mapping[str, Indicator], document: IndicatorFile, report: IndicatorReport) -> None:
    """Years that nobody set a target for."""
    known = set(Target.objects.filter(indicator__in=found.values()).values_list("indicator", "year"))
    new = [
        Target(indicator=found[record["code"]], year=int(year), value=Decimal(str(value)))
        for record in document["indicators"]
        for year, value in record.get("targets", {}).items()
        if (found[record["code"]].pk, int(year)) not in known
    ]
    Target.objects.bulk_create(new)
    report.targets = len(new)


def set_target(*, indicator: Indicator, year: int, value: Decimal | None, by: User | None, at: datetime) -> bool:
    """Aim at a value for a year of the plan; None takes the aim away. False when nothing changes.

    Raises ReadingRefused for a year outside the strategy, or a value below zero.
    """
    strategy = indicator.strategy
    if not strategy.start_year <= year <= strategy.end_year:
        raise ReadingRefused(phrases.OUT_OF_PLAN.format(start=strategy.start_year, end=strategy.end_year), "year")
    if value is not None and value < 0:
        raise ReadingRefused(phrases.NEGATIVE, "value")
    with transaction.atomic():
        before = Target.objects.select_for_update().filter(indicator=indicator, year=year).first()
        if (before.value if before else None) == value:
            return False
        if value is None:
            Target.objects.filter(indicator=indicator, year=year).delete()
        else:
            Target.objects.update_or_create(indicator=indicator, year=year, defaults={"value": value})
        told = [_text(before.value if before else None), _text(value)]
        journal(verb="set_target", target=indicator, changes={f"target_{year}": told}, by=by, at=at)
    return True


def record_reading(
    *, indicator: Indicator, on: date, value: Decimal, note: str, by: User | None, at: datetime
) -> Reading:
    """Keep a typed value with where it comes from; the same day again corrects it, and the journal keeps both.

    on: date of Paris, not after `at`. The same value and note again write nothing. Raises ReadingRefused.
    """
    note = note.strip()
    if indicator.is_computed:
        raise ReadingRefused(phrases.IS_COMPUTED)
    if not note:
        raise ReadingRefused(phrases.NEEDS_NOTE, "note")
    if on > timezone.localdate(at):
        raise ReadingRefused(phrases.TOMORROW, "on")
    if value < 0:
        raise ReadingRefused(phrases.NEGATIVE, "value")
    with transaction.atomic():
        before = Reading.objects.select_for_update().filter(indicator=indicator, on=on).first()
        if before is not None and (before.value, before.note) == (value, note):
            return before
        kept, _ = Reading.objects.update_or_create(
            indicator=indicator, on=on,
            defaults={"value": value, "note": note, "is_people": indicator.is_people, "by": by, "made_at": at},
        )  # fmt: skip
        changes = {
            on.isoformat(): [_text(before.value if before else None), _text(value)],
            "note": [before.note if before else None, note],
        }
        journal(verb="record_reading", target=indicator, changes=changes, by=by, at=at)
    return kept


@dataclass(frozen=True)
class SnapshotReport:
    """What a snapshot did, or would do. missing: codes whose gauge no room registers here."""

    on: date
    written: list[str]
    present: list[str]
    missing: list[str]
    is_dry_run: bool = False

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "on": self.on.isoformat()}


def snapshot_indicators(
    *, strategy: Strategy, on: date, by: User | None, at: datetime, is_dry_run: bool = False
) -> SnapshotReport:
    """Read every gauge that an indicator follows, once for a day; the same day again changes nothing.

    on: the date of Paris of `at`, or the day before (a worker that was late at midnight): a gauge knows no other past.
    Raises ReadingRefused for any other day.
    """
    today = timezone.localdate(at)
    if on not in (today, today - timedelta(days=1)):
        raise ReadingRefused(phrases.NOT_THAT_DAY, "on")
    computed = list(Indicator.objects.filter(strategy=strategy).exclude(gauge="").order_by("position", "code"))
    there = _read_on(strategy, on)
    gauges = registry.gauges()
    due = [one for one in computed if one.pk not in there]
    # Gauges count for seconds: nobody who writes waits for them, and each is asked once.
    figures = {key: gauges[key].read(on) for key in sorted({one.gauge for one in due} & gauges.keys())}
    read = [_reading(one, figures[one.gauge], on, by, at) for one in due if one.gauge in figures]
    if read and not is_dry_run:
        read = _keep(strategy, on, read, by, at)
    return SnapshotReport(
        on,
        [one.indicator.code for one in read],
        [one.code for one in computed if one.pk in there],
        [one.code for one in due if one.gauge not in gauges],
        is_dry_run,
    )


def _read_on(strategy: Strategy, on: date) -> set[int]:
    return set(Reading.objects.filter(indicator__strategy=strategy, on=on).values_list("indicator", flat=True))


def _keep(strategy: Strategy, on: date, read: list[Reading], by: User | None, at: datetime) -> list[Reading]:
    """Those that nobody kept meanwhile, written and journalled."""
    with transaction.atomic():
        # Two workers follow each other: the second leaves what the first wrote, and says nothing of it.
        Strategy.objects.select_for_update(of=("self",)).get(pk=strategy.pk)
        there = _read_on(strategy, on)
        new = [one for one in read if one.indicator_id not in there]
        if new:
            # Whoever came round the lock was first: theirs stays.
            Reading.objects.bulk_create(new, ignore_conflicts=True)
            told = {one.indicator.code: [None, _text(one.value)] for one in new}
            journal(verb="snapshot_indicators", target=strategy, changes=told, by=by, at=at)
    return new


def _reading(indicator: Indicator, figure: registry.Figure, on: date, by: User | None, at: datetime) -> Reading:
    return Reading(
        indicator=indicator, on=on, value=Decimal(figure.value),
        whole=None if figure.whole is None else Decimal(figure.whole),
        parts={siren: str(value) for siren, value in figure.parts.items()}, path=figure.path, note=figure.note,
        is_computed=True, is_people=indicator.is_people or figure.is_people, by=by, made_at=at,
    )  # fmt: skip


def _text(value: Decimal | None) -> str | None:
    return None if value is None else f"{value.normalize():f}"
