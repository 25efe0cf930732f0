"""The territory drawn for a page: which commune where, in which tone, with how many organisations.

Words: a *knot* is a disc whose area follows the number of organisations. Neighbours: the `commune_map`
component draws it; the territory data set gives the paths.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from django.urls import reverse

from maillage.territories.drawn import Area, Disc, Written
from maillage.territories.models import Commune, Epci, Territory
from maillage.territories.queries import Drawing, drawing_of
from ui import french

# The whole territory is drawn in units this many times as wide as those of the data set.
COARSE = 2.5
SMALLEST_KNOT = 2.0
NAMED_TOWNS = 7
# Height of the names of towns, in units of the drawing, and the width of a letter beside its height.
TOWN_SIZE = 13
LETTER = 0.56
# Around a commune, how much wider than itself the plan is.
PLAN_MARGIN = 1.1
_STEPS = re.compile(r"([Mlz])|(-?\d+)")


@dataclass(frozen=True)
class Picture:
    """What `commune_map` needs. text_size: units of the drawing."""

    view_box: str
    areas: list[Area]
    borders: str
    knots: list[Disc]
    labels: list[Written]
    here: str
    text_size: int


def territory_picture(
    territory: Territory, communes: Iterable[Commune], epcis: Iterable[Epci], counts: Mapping[str, int]
) -> Picture | None:
    """The whole territory, each commune a link; None when the data set has no drawing. One read."""
    drawing = drawing_of(territory)
    if drawing is None:
        return None
    known = list(communes)
    drawing = _coarse(drawing)
    return Picture(
        view_box=drawing.view_box,
        areas=_areas(drawing, known, epcis, counts),
        borders="".join(drawing.epcis.values()),
        knots=[
            Disc(*place, round(SMALLEST_KNOT * math.sqrt(counts[commune.code]), 1))
            for commune in known
            if counts.get(commune.code) and (place := _place(drawing, commune))
        ],
        labels=_towns(drawing, known),
        here="",
        text_size=TOWN_SIZE,
    )


@lru_cache(maxsize=8_192)
def coarser(path: str) -> str:
    """The same path in units COARSE times as wide. Each corner is rounded by itself: shared borders stay shared."""
    x = y = start_x = start_y = last_x = last_y = 0
    command, pending, steps = "M", list[int](), list[str]()
    for letter, digits in _STEPS.findall(path):
        if letter:
            command, pending = letter, []
            if letter == "z":
                x, y = start_x, start_y
                steps.append("z")
            continue
        pending.append(int(digits))
        if len(pending) < 2:
            continue
        x, y = (pending[0], pending[1]) if command == "M" else (x + pending[0], y + pending[1])
        pending = []
        near_x, near_y = round(x / COARSE), round(y / COARSE)
        if command == "M":
            start_x, start_y, command = x, y, "l"
            steps.append(f"M{near_x} {near_y}l")
        elif (near_x, near_y) != (last_x, last_y):
            steps.append(_step(near_x - last_x, near_y - last_y, is_first=steps[-1].endswith("l")))
        last_x, last_y = near_x, near_y
    return "".join(steps)


def _step(right: int, down: int, *, is_first: bool) -> str:
    before = "" if is_first or right < 0 else " "
    return f"{before}{right}{'' if down < 0 else ' '}{down}"


def commune_picture(
    territory: Territory, commune: Commune, around: Iterable[Commune], epcis: Iterable[Epci]
) -> Picture | None:
    """The commune and its neighbours, seen from near, each neighbour a link; None without a drawing."""
    drawing = drawing_of(territory)
    if drawing is None or commune.code not in drawing.communes:
        return None
    here = drawing.communes[commune.code]
    left, top, right, bottom = extent(here)
    side = max(right - left, bottom - top, 20)
    margin = round(side * PLAN_MARGIN)
    width, height = right - left + 2 * margin, bottom - top + 2 * margin
    size = max(round(width / 24), 3)
    neighbours = [other for other in around if other.code in drawing.communes]
    return Picture(
        view_box=f"{left - margin} {top - margin} {width} {height}",
        areas=_areas(drawing, neighbours, epcis, {}),
        borders="".join(drawing.epcis.values()),
        knots=[],
        labels=_names(drawing, [commune, *neighbours], size, beside=0),
        here=here,
        text_size=size,
    )


def _coarse(drawing: Drawing) -> Drawing:
    """The drawing of a page that shows it whole: fewer and shorter numbers, a third less to send."""
    return replace(
        drawing,
        view_box=" ".join(str(round(int(side) / COARSE)) for side in drawing.view_box.split()),
        communes={code: coarser(path) for code, path in drawing.communes.items()},
        epcis={siren: coarser(path) for siren, path in drawing.epcis.items()},
        x_per_degree=drawing.x_per_degree / COARSE,
        y_per_degree=drawing.y_per_degree / COARSE,
    )


def _areas(
    drawing: Drawing, communes: Iterable[Commune], epcis: Iterable[Epci], counts: Mapping[str, int]
) -> list[Area]:
    tones = {epci.siren: rank % 3 + 1 for rank, epci in enumerate(epcis)}
    return [
        Area(
            _named(commune, counts),
            reverse("portal:commune", args=[commune.code, commune.slug]),
            drawing.communes[commune.code],
            tones.get(commune.epci_id or "", 1),
        )
        for commune in communes
        if commune.code in drawing.communes
    ]


def _named(commune: Commune, counts: Mapping[str, int]) -> str:
    count = counts.get(commune.code, 0)
    return f"{commune.name}, {french.plural(count, 'structure')}" if count else commune.name


def _place(drawing: Drawing, commune: Commune) -> tuple[int, int] | None:
    if commune.latitude is None or commune.longitude is None:
        return None
    return drawing.place(commune.latitude, commune.longitude)


def _towns(drawing: Drawing, communes: Iterable[Commune]) -> list[Written]:
    peopled = sorted(communes, key=lambda commune: -(getattr(commune, "population", None) or 0))
    return _names(drawing, peopled[:NAMED_TOWNS], TOWN_SIZE, beside=TOWN_SIZE // 2)


def _names(drawing: Drawing, communes: Iterable[Commune], size: int, *, beside: int) -> list[Written]:
    """Names that do not run over each other nor out of the map, the first served first.

    beside: how far from the point the name stands, on its right or else its left; 0 centres it.
    """
    kept: list[tuple[Written, tuple[float, float, float, float]]] = []
    right_edge = int(drawing.view_box.split()[0]) + int(drawing.view_box.split()[2])
    for commune in communes:
        place = _place(drawing, commune)
        if place is None:
            continue
        for side in ("start", "end") if beside else ("middle",):
            label, box = _label(*place, commune.name, side, size=size, beside=beside)
            out = box[0] < 0 or box[2] > right_edge
            if not (out and beside) and not any(_overlap(box, other) for _, other in kept):
                kept.append((label, box))
                break
    return [label for label, _ in kept]


def _label(
    x: int, y: int, text: str, side: str, *, size: int, beside: int
) -> tuple[Written, tuple[float, float, float, float]]:
    width = size * LETTER * len(text)
    at = x + {"start": beside, "end": -beside, "middle": 0}[side]
    left = at - {"start": 0.0, "end": width, "middle": width / 2}[side]
    line = y + round(size * 0.35)
    return Written(at, line, text, side), (left, line - size, left + width, line + size * 0.25)


def _overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def extent(path: str) -> tuple[int, int, int, int]:
    """Left, top, right, bottom of path data made of M (absolute), l (relative) and z."""
    x = y = start_x = start_y = 0
    command, pending = "M", list[int]()
    xs, ys = list[int](), list[int]()
    for letter, digits in _STEPS.findall(path):
        if letter:
            command = letter
            pending = []
            if letter == "z":
                x, y = start_x, start_y
            continue
        pending.append(int(digits))
        if len(pending) < 2:
            continue
        x, y = (pending[0], pending[1]) if command == "M" else (x + pending[0], y + pending[1])
        if command == "M":
            start_x, start_y, command = x, y, "l"
        pending = []
        xs.append(x)
        ys.append(y)
    return min(xs), min(ys), max(xs), max(ys)
