"""Figures of needs and themes that indicators may follow."""

from __future__ import annotations

from datetime import date

from django.db.models import Count

from maillage.kernel.registry import Figure, Gauge
from maillage.needs.models import Need
from maillage.needs.queries import chosen_themes


def published_needs(on: date) -> Figure:
    """Needs that everybody reads; one without a commune is in no part."""
    rows = Need.objects.published().filter(is_example=False)
    counted = rows.filter(commune__epci__isnull=False).values("commune__epci").annotate(number=Count("pk"))
    parts = {row["commune__epci"]: row["number"] for row in counted.order_by("commune__epci")}
    return Figure(rows.count(), parts)


def themes_to_offer(on: date) -> Figure:
    """Themes that a call may offer that day."""
    return Figure(len([theme for theme in chosen_themes(on) if not theme.is_example]))


GAUGES = (Gauge("needs.published", published_needs), Gauge("needs.chosen_themes", themes_to_offer))
