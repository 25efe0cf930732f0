"""Write a strategy down from its document.

Words: a *body* (instance) is a measure without axis, code `G.1`. Neighbours: the command
`load_strategy`, seeds and tests enter here.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models, transaction
from django.db.models import Q

from maillage.kernel.actions import journal
from maillage.strategy import phrases
from maillage.strategy.data_format import MeasureRecord, StrategyFile
from maillage.strategy.models import Axis, Measure, Objective, Strategy
from maillage.territories.models import Territory

Row = TypeVar("Row", bound=models.Model)


class UnknownTerritory(LookupError):
    """The territory of the strategy is not loaded; the message says what to do, in French."""


@dataclass
class Tally:
    """How many rows were made, changed, taken away."""

    created: int = 0
    changed: int = 0
    removed: int = 0


@dataclass
class LoadReport:
    """What a load did, or would do: one tally per kind (keys of phrases.KINDS)."""

    title: str
    axes: int
    measures: int
    bodies: int
    is_dry_run: bool
    tallies: dict[str, Tally] = field(default_factory=dict)

    @property
    def is_unchanged(self) -> bool:
        return not any(tally.created + tally.changed + tally.removed for tally in self.tallies.values())

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "is_unchanged": self.is_unchanged}


def load_strategy(
    *, document: StrategyFile, by: AbstractBaseUser | None, at: datetime, is_dry_run: bool = False
) -> LoadReport:
    """Make the database say what the document says; a second run writes nothing.

    Measures keep their identity by their code, so that what will point at them stays. Raises
    UnknownTerritory, with nothing written, when the territory is not loaded.
    """
    if not Territory.objects.filter(pk=document["territory"]).exists():
        raise UnknownTerritory(phrases.NO_TERRITORY.format(siren=document["territory"]))
    measures = sum(len(axis["measures"]) for axis in document["axes"])
    report = LoadReport(document["title"], len(document["axes"]), measures, len(document["bodies"]), is_dry_run)
    with transaction.atomic():
        strategy = _write(document, report)
        if is_dry_run:
            transaction.set_rollback(True)
        elif not report.is_unchanged:
            changes = {kind: [None, asdict(tally)] for kind, tally in report.tallies.items()}
            journal(verb="load_strategy", target=strategy, changes=changes, by=by, at=at)
    return report


def _write(document: StrategyFile, report: LoadReport) -> Strategy:
    facts = {
        "territory_id": document["territory"],
        "slug": document["slug"],
        "title": document["title"],
        "summary": document.get("summary", ""),
        "start_year": document["start_year"],
        "end_year": document["end_year"],
        "figures": list(document.get("figures", [])),
        "source": document.get("source", ""),
    }
    report.tallies["strategy"], found = _sync(
        Strategy.objects.filter(slug=document["slug"]), ("slug",), {document["slug"]: facts}
    )
    strategy = found[document["slug"]]
    numbered: dict[Hashable, dict[str, Any]] = {
        axis["number"]: {
            "strategy_id": strategy.pk,
            "number": axis["number"],
            "title": axis["title"],
            "summary": axis.get("summary", ""),
        }
        for axis in document["axes"]
    }
    # Measures before axes would lose those of an axis that goes away: they are moved first.
    axes_before = Axis.objects.filter(strategy=strategy)
    report.tallies["axis"], axes = _sync(axes_before, ("number",), numbered, is_whole=False)
    measures = _measures(document, strategy, axes)
    # What the team added stays, unless the document now has the same code: then it is the document's.
    theirs = Measure.objects.filter(Q(is_added=False) | Q(code__in=list(measures)), strategy=strategy)
    report.tallies["measure"], _ = _sync(theirs, ("code",), measures)
    report.tallies["objective"], _ = _sync(
        Objective.objects.filter(axis__strategy=strategy), ("axis_id", "number"), _objectives(document, axes)
    )
    gone = axes_before.exclude(number__in=list(numbered)).exclude(measures__is_added=True)
    report.tallies["axis"].removed = gone.count()
    gone.delete()
    return strategy


def _measures(document: StrategyFile, strategy: Strategy, axes: dict[Hashable, Axis]) -> dict[Hashable, dict[str, Any]]:
    lines: list[tuple[MeasureRecord, int | None]] = [
        (measure, axes[axis["number"]].pk) for axis in document["axes"] for measure in axis["measures"]
    ]
    lines += [(body, None) for body in document["bodies"]]
    return {
        measure["code"]: {
            "strategy_id": strategy.pk,
            "axis_id": axis,
            "code": measure["code"],
            "position": position,
            "title": measure["title"],
            "summary": measure.get("summary", ""),
            "is_added": False,
        }
        for position, (measure, axis) in enumerate(lines)
    }


def _objectives(document: StrategyFile, axes: dict[Hashable, Axis]) -> dict[Hashable, dict[str, Any]]:
    return {
        (axes[axis["number"]].pk, number): {"axis_id": axes[axis["number"]].pk, "number": number, "text": text}
        for axis in document["axes"]
        for number, text in enumerate(axis["objectives"], start=1)
    }


def _sync(
    present: models.QuerySet[Row],
    key: tuple[str, ...],
    wanted: dict[Hashable, dict[str, Any]],
    *,
    is_whole: bool = True,
) -> tuple[Tally, dict[Hashable, Row]]:
    """Make these rows say what is wanted; give back what was written and the rows by key.

    is_whole: rows that nobody wants are taken away.
    """
    tally = Tally()
    rows = {_key_of(row, key): row for row in present}
    for name in [name for name in rows if name not in wanted]:
        if is_whole:
            rows[name].delete()
            tally.removed += 1
        del rows[name]
    for name, facts in wanted.items():
        row = rows.get(name)
        if row is None:
            row = present.model(**facts)
            tally.created += 1
        elif all(getattr(row, attribute) == value for attribute, value in facts.items()):
            continue
        else:
            for attribute, value in facts.items():
                setattr(row, attribute, value)
            tally.changed += 1
        row.save()
        rows[name] = row
    return tally, rows


def _key_of(row: models.Model, key: tuple[str, ...]) -> Hashable:
    values = tuple(getattr(row, attribute) for attribute in key)
    return values[0] if len(values) == 1 else values
