"""What the About page tells: sources, the strategy's own figures beside ours, how many sheets are examples.

Words: a figure is *said* by the document and *found* in the database. Neighbours: views/pages.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from maillage.directory.models import Organisation
from maillage.directory.phrases import ESS_REASONS
from maillage.kernel.models import Source
from maillage.strategy.models import Strategy
from maillage.strategy.queries import current_strategy
from maillage.territories.models import Commune, Territory
from maillage.territories.queries import perimeter_codes, population_by_year


@dataclass(frozen=True)
class FigureLine:
    """One figure quoted by the strategy. found: None when the database cannot count it."""

    label: str
    said: int
    found: int | None
    year: int | None
    note: str

    @property
    def gap(self) -> int:
        return 0 if self.found is None else self.found - self.said


@dataclass(frozen=True)
class AboutPage:
    """Everything on the About page. reasons: (French sentence, published sheets)."""

    strategy: Strategy | None
    figures: list[FigureLine]
    notice: Mapping[str, Any]
    other_sources: list[Source]
    published: int
    examples: int
    decided_by_person: int
    reasons: list[tuple[str, int]]


def about_page(territory: Territory | None) -> AboutPage:
    """Gather the page."""
    strategy = current_strategy(territory)
    counted = Organisation.objects.published().aggregate(
        all=Count("pk"),
        examples=Count("pk", filter=Q(is_example=True)),
        person=Count("pk", filter=Q(ess_overridden=True)),
    )
    shown = [Source.Kind.DOCUMENT, Source.Kind.OPEN_DATA]
    return AboutPage(
        strategy=strategy,
        figures=[_figure(record) for record in strategy.figures] if strategy else [],
        notice=territory.notice if territory else {},
        other_sources=list(Source.objects.filter(kind__in=shown).order_by("title", "-date")[:30]),
        published=counted["all"],
        examples=counted["examples"],
        decided_by_person=counted["person"],
        reasons=_reasons(),
    )


def _reasons() -> list[tuple[str, int]]:
    counts = (
        Organisation.objects.published()
        .exclude(ess_reason="")
        .values("ess_reason")
        .annotate(sheets=Count("pk"))
        .order_by("-sheets", "ess_reason")
        .values_list("ess_reason", "sheets")
    )
    return [(ESS_REASONS[reason], sheets) for reason, sheets in counts if reason in ESS_REASONS]


def _figure(record: Mapping[str, Any]) -> FigureLine:
    year = record.get("year")
    return FigureLine(record["label"], record["value"], _count(record, year), year, record.get("note", ""))


def _count(record: Mapping[str, Any], year: int | None) -> int | None:
    codes = perimeter_codes(record["of"])
    if not codes:
        return None
    if record["counts"] == "communes":
        return len(codes)
    people = population_by_year(codes).get(year or 0)
    if record["counts"] == "population" or people is None:
        return people
    areas = list(Commune.objects.filter(pk__in=codes).values_list("area_km2", flat=True))
    known = [area for area in areas if area is not None]
    return round(people / sum(known)) if known and len(known) == len(areas) else None
