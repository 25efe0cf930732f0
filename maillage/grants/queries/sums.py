"""Euros granted, paid and left to pay, year by year and theme by theme: for whoever looks rather than reads.

Words: *paid* is what was really paid, clawbacks taken off. Neighbour: `published` gives the awards.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import ExtractYear

from maillage.grants.models import Decision
from ui import french

NOTHING = Decimal(0)
NO_THEME = "Sans thème"


@dataclass(frozen=True)
class Line:
    """One year or one theme. key: of the filter, None when there is none."""

    key: int | None
    label: str
    number: int
    granted: Decimal
    paid: Decimal

    @property
    def left(self) -> Decimal:
        return self.granted - self.paid

    @property
    def percent(self) -> int:
        """How much of what was granted is paid, whole."""
        share = self.paid * 100 / self.granted if self.granted else NOTHING
        return int(share.quantize(Decimal(1), rounding=ROUND_HALF_UP))

    @property
    def words(self) -> str:
        """What the bar says."""
        left = f", reste {french.euros(self.left)}" if self.left else ""
        return f"{french.euros(self.granted)} accordés, {french.euros(self.paid)} versés{left}"


def by_year(rows: QuerySet[Decision]) -> list[Line]:
    """The latest year first; one query."""
    grouped = _grouped(rows.annotate(year=ExtractYear("deliberated_on")), "year")
    return [Line(key, str(key), *sums) for key, sums in sorted(grouped.items(), reverse=True)]


def by_theme(rows: QuerySet[Decision]) -> list[Line]:
    """The most helped theme first, then what has none; one query."""
    grouped = _grouped(rows, "application__theme", "application__theme__title")
    lines = [Line(key[0], key[1] or NO_THEME, *sums) for key, sums in grouped.items()]
    return sorted(lines, key=lambda one: (one.key is None, -one.granted, one.label))


def _grouped(rows: QuerySet[Decision], *names: str) -> dict[Any, tuple[int, Decimal, Decimal]]:
    found = (
        rows.select_related(None)
        .order_by()
        .values_list(*names)
        .annotate(number=Count("pk"), granted=Sum("amount"), paid=Sum("agreement__paid"))
    )
    return {
        (row[0] if len(names) == 1 else row[:-3]): (row[-3], row[-2] or NOTHING, row[-1] or NOTHING) for row in found
    }
