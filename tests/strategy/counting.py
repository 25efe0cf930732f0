"""Does the list of a figure say what the figure says? For the tests of the rooms that count."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from maillage.kernel.counted import fold
from maillage.kernel.registry import Gauge


def differing(gauges: Iterable[Gauge], on: date, reader: Any = None) -> dict[str, tuple[Decimal, Decimal]]:
    """By key: (the figure, what its list makes), of those that do not agree."""
    found = {}
    for one in gauges:
        if one.listing is None:
            continue
        figure, made = Decimal(one.read(on).value), fold(one.listing.fold, one.listing.read(on, reader))
        if figure != made:
            found[one.key] = (figure, made)
    return found
