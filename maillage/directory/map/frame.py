"""What the map shows before anyone moves it, and the drawing that stands in its place without script."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from django.core.cache import cache

from maillage.directory.map.points import Points
from maillage.search.engine import Query
from maillage.territories.drawn import Disc, Written
from maillage.territories.geometry import Box, bounding_box, box_of
from maillage.territories.models import Commune, CommuneShape, Epci, Territory
from maillage.territories.queries import drawing_of, epcis_of, home_territory

FRANCE = Box(41.3, -5.2, 51.1, 9.6)
SECONDS = 600


@dataclass(frozen=True)
class DrawnCommune:
    """One commune of the drawing. count: how many organisations of the question act there."""

    code: str
    name: str
    path: str
    tone: int
    count: int


@dataclass(frozen=True)
class Drawn:
    """The territory with a number on each commune that has something to show."""

    view_box: str
    communes: list[DrawnCommune]
    knots: list[Disc]
    labels: list[Written]
    borders: str
    text_size: int = 26


def first_box(query: Query, points: Points) -> Box:
    """Where to look first: the box, the circle or the place asked for; else the territory; else all points."""
    if query.bbox is not None:
        west, south, east, north = query.bbox
        return Box(south, west, north, east)
    if query.near is not None and query.radius_km is not None:
        return bounding_box(*query.near, query.radius_km)
    place = _box_of_place(query)
    if place is not None:
        return place
    return _home_box() or _box_of_points(points) or FRANCE


def _box_of_place(query: Query) -> Box | None:
    for facet, model, column in (("commune", CommuneShape, "geometry"), ("cc", Epci, "outline")):
        codes = query.filters.get(facet, frozenset())
        if not codes:
            continue
        shapes = model._default_manager.filter(pk__in=codes).values_list(column, flat=True)
        boxes = [box_of(shape) for shape in shapes if shape]
        if boxes:
            return _around(boxes)
    return None


def _around(boxes: list[Box]) -> Box:
    return Box(
        min(box.south for box in boxes), min(box.west for box in boxes),
        max(box.north for box in boxes), max(box.east for box in boxes),
    )  # fmt: skip


def _home_box() -> Box | None:
    home = home_territory()
    if home is None:
        return None
    key = f"directory:map:box:{home.pk}"
    kept: Box | None = cache.get(key)
    if kept is None:
        outline = Territory.objects.filter(pk=home.pk).values_list("outline", flat=True).first()
        kept = box_of(outline) if outline else None
        cache.set(key, kept, SECONDS)
    return kept


def _box_of_points(points: Points) -> Box | None:
    extent = points.extent()
    if extent is None:
        return None
    west, north, east, south = extent
    return Box(_latitude(south), west * 360 - 180, _latitude(north), east * 360 - 180)


def _latitude(down: float) -> float:
    return math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * down))))


def drawn(counts: Mapping[str, int]) -> Drawn | None:
    """Draw the home territory. counts: {commune code: organisations}. None without a drawing; three queries."""
    home = home_territory()
    drawing = None if home is None else drawing_of(home)
    if home is None or drawing is None:
        return None
    tones = {epci.siren: rank % 3 + 1 for rank, epci in enumerate(epcis_of(home))}
    communes, knots, labels = [], [], []
    places = Commune.objects.of_territory(home).by_name()
    for code, name, epci, latitude, longitude in places.values_list("code", "name", "epci_id", "latitude", "longitude"):
        if code not in drawing.communes:
            continue
        count = counts.get(code, 0)
        communes.append(DrawnCommune(code, name, drawing.communes[code], tones.get(epci, 1), count))
        if count and latitude is not None and longitude is not None:
            x, y = drawing.place(latitude, longitude)
            knots.append(Disc(x, y, round(12 + 3 * math.sqrt(count), 1)))
            labels.append(Written(x, y + 9, str(count)))
    return Drawn(drawing.view_box, communes, knots, labels, " ".join(drawing.epcis.values()))
