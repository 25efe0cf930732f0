"""Where measures stood on a day: what people changed since is taken back, along the journal.

Steps have the day on which they were done, readings and proofs theirs; other facts of a measure are in the journal.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from maillage.kernel.models import JournalEntry
from maillage.strategy.models import Measure, Step, Strategy
from maillage.strategy.queries.standings import Standing, measures_of, standing

_DAYS = ("start_date", "end_date")
_PEOPLE = ("owner", "liaison_officer")
_ADDED, _CHANGED = "add_measure", ("steer", "rename_measure")


def standings_on(strategy: Strategy, on: date) -> list[Standing]:
    """In the order of the plan, as of the end of that day; measures added later are left out. Three queries."""
    measures = {one.pk: one for one in measures_of(strategy)}
    acts = JournalEntry.objects.filter(
        object_type=Measure._meta.label_lower, object_id__in=list(measures), verb__in=(_ADDED, *_CHANGED)
    )
    moved: set[int] = set()
    since: dict[int, date | None] = {}
    for act in acts.order_by("-at", "-pk").values("object_id", "verb", "changes", "at"):
        measure = measures.get(act["object_id"])
        if measure is None:
            continue
        if act["at"] >= end_of(on):
            if act["verb"] == _ADDED:
                del measures[measure.pk]
            else:
                _take_back(measure, act["changes"])
                moved |= {measure.pk} if "state" in act["changes"] else set()
        elif "state" in act["changes"]:
            since.setdefault(measure.pk, timezone.localdate(act["at"]))
    for pk in moved & measures.keys():
        measures[pk].state_since = since.get(pk)
    return [standing(one, steps, on) for one, steps in _with_steps(list(measures.values()), on)]


def end_of(on: date) -> datetime:
    """The first moment of the day after, in Paris."""
    return timezone.make_aware(datetime.combine(on + timedelta(days=1), time.min))


def _take_back(measure: Measure, changes: dict[str, list[Any]]) -> None:
    for name, (before, _) in changes.items():
        if name in _PEOPLE:
            setattr(measure, f"{name}_id", before)
        else:
            setattr(measure, name, date.fromisoformat(before) if name in _DAYS and before else before)


def _with_steps(measures: list[Measure], on: date) -> list[tuple[Measure, list[Step]]]:
    steps: dict[int, list[Step]] = {}
    for step in Step.objects.filter(measure__in=measures).order_by("position", "pk"):
        if step.done_date and step.done_date > on:
            step.done_date = None
        steps.setdefault(step.measure_id, []).append(step)
    return [(one, steps.get(one.pk, [])) for one in measures]
