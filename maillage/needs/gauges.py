"""Figures of needs and themes that indicators may follow."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count

from maillage.kernel.counted import CountedLine, CountedList, Listing
from maillage.kernel.registry import Figure, Gauge
from maillage.needs.models import Need
from maillage.needs.queries import chosen_themes
from ui import french

LIST = "/besoins/"


def published_needs(on: date) -> Figure:
    """Needs that everybody reads; one without a commune is in no part."""
    rows = Need.objects.published()
    counted = rows.filter(commune__epci__isnull=False).values("commune__epci").annotate(number=Count("pk"))
    parts = {row["commune__epci"]: row["number"] for row in counted.order_by("commune__epci")}
    return Figure(rows.count(), parts, path=LIST, note=_note(rows.filter(is_example=True).count(), "besoin"))


def themes_to_offer(on: date) -> Figure:
    """Themes that a call may offer that day."""
    found = list(chosen_themes(on))
    return Figure(len(found), note=_note(sum(theme.is_example for theme in found), "thème"))


def _themes_list(on: date, reader: Any) -> CountedList:
    return CountedList(chosen_themes(on), lambda one: CountedLine(one.title, one.get_absolute_url()))


def _note(examples: int, noun: str) -> str:
    return f"dont {french.plural(examples, f'{noun} d’exemple', f'{noun}s d’exemple')}" if examples else ""


GAUGES = (
    Gauge("needs.published", published_needs),
    Gauge("needs.chosen_themes", themes_to_offer, Listing(_themes_list, "thème", is_public=True)),
)
