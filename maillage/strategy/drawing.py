"""The picture of an indicator through time: positions only, in a box of 100 by 40 that the stylesheet stretches.

Words: a *mark* is the place of one value, a *run* the line through values that follow each other. No text is in the
box: words stay at the size of the page, whatever the width. Neighbours: `queries.indicators` gives the values.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

WIDTH, HEIGHT, EDGE = 100.0, 40.0, 2.0


@dataclass(frozen=True)
class Drawing:
    """runs: « x,y x,y » of each line; marks: (x, y), few enough to be seen; target: height of the line aimed at."""

    runs: list[str]
    marks: list[tuple[str, str]]
    target: str
    low: Decimal
    high: Decimal
    start: date
    end: date


MOST_MARKS = 40


def draw(values: Sequence[tuple[date, Decimal | None]], target: Decimal | None) -> Drawing | None:
    """Values in the order of their days, None where one is masked: the line stops there.

    None with fewer than two: a point alone tells nothing of time.
    """
    known = [value for _, value in values if value is not None]
    if len(known) < 2:
        return None
    high = max([*known, *([target] if target is not None else [])])
    low = Decimal(0) if min(known) >= 0 else min(known)
    start, end = values[0][0], values[-1][0]
    span, height = (end - start).days, float(high - low) or 1.0

    def across(day: date) -> float:
        return EDGE + (day - start).days / span * (WIDTH - 2 * EDGE)

    def up(value: Decimal) -> float:
        return HEIGHT - EDGE - float(value - low) / height * (HEIGHT - 2 * EDGE)

    runs: list[list[str]] = [[]]
    marks: list[tuple[str, str]] = []
    for day, value in values:
        if value is None:
            runs.append([])
            continue
        x, y = f"{across(day):.2f}", f"{up(value):.2f}"
        runs[-1].append(f"{x},{y}")
        marks.append((x, y))
    return Drawing(
        [" ".join(run) for run in runs if len(run) > 1],
        marks if len(marks) <= MOST_MARKS else [marks[-1]],
        "" if target is None else f"{up(target):.2f}",
        low,
        high,
        start,
        end,
    )
