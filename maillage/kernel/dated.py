"""Rules that change with time, read from the file of a room: each value has a first day and a source.

Words: a file is a list of groups, {"source": {…}, "values": [{"key", "label", "value", "unit", "start_date"}]}; the
latest value that has begun holds. Neighbours: rooms name their file and keep it in their `data/`.
"""

from __future__ import annotations

import json
from calendar import monthrange
from datetime import date
from functools import lru_cache
from pathlib import Path


def dated_value(path: Path, key: str, *, on: date) -> int:
    """The whole number that holds that day, in the unit of its row. Raises LookupError when none has begun."""
    begun = [(start, value) for start, value in _values(path).get(key, ()) if start <= on]
    if not begun:
        raise LookupError(f"{key}: no value on {on}")
    return max(begun)[1]


@lru_cache(maxsize=32)
def _values(path: Path) -> dict[str, list[tuple[date, int]]]:
    values: dict[str, list[tuple[date, int]]] = {}
    for group in json.loads(path.read_text(encoding="utf-8")):
        for row in group["values"]:
            values.setdefault(row["key"], []).append((date.fromisoformat(row["start_date"]), int(row["value"])))
    return values


def months_before(day: date, months: int) -> date:
    """The same day, so many months earlier; the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
