"""The ground of the map, drawn by us: EPCI, communes, their names, and the knots where borders meet.

One GeoJSON document for the home territory, known by the hash of its content: a browser asks for it once.
Neighbours: `territories` holds the contours, simplified with shared borders kept; `ui/map/ground.js` draws.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import shapely
from django.core.cache import cache
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

from maillage.territories.models import CommuneShape, Territory
from maillage.territories.queries import communes_of, home_territory

DECIMALS = 4  # 11 m: finer than the simplified contours
SECONDS = 600
_KEY = "directory:map:borders"


@dataclass(frozen=True)
class Borders:
    """The document as bytes, and the hash that stands in its address."""

    hash: str
    body: bytes


def borders() -> Borders | None:
    """Give the ground of the home territory; None when no territory is loaded."""
    home = home_territory()
    if home is None:
        return None
    key = f"{_KEY}:{home.pk}"
    kept: Borders | None = cache.get(key)
    if kept is None:
        kept = _packed(draw(home))
        cache.set(key, kept, SECONDS)
    return kept


def borders_hash() -> str:
    """Give the hash alone, without reading the document when it is known; "" without a territory."""
    home = home_territory()
    if home is None:
        return ""
    kept: str | None = cache.get(f"{_KEY}:{home.pk}:hash")
    if kept is None:
        found = borders()
        kept = found.hash if found else ""
        cache.set(f"{_KEY}:{home.pk}:hash", kept, SECONDS)
    return kept


def _packed(collection: Mapping[str, Any]) -> Borders:
    body = json.dumps(collection, ensure_ascii=False, separators=(",", ":")).encode()
    return Borders(hashlib.blake2s(body, digest_size=8).hexdigest(), body)


def draw(territory: Territory) -> dict[str, Any]:
    """Build the GeoJSON: properties `k` = epci | communes | knots | name (n: name, p: people, l: epci or commune).

    Lines that two communes share are written once. Three queries.
    """
    features = []
    tone = 0
    for epci in territory.epcis.order_by("position", "slug"):
        if epci.outline:
            features.append(_feature(shape(epci.outline), k="epci", t=tone % 3 + 1))
            tone += 1
            features.append(_name(shape(epci.outline).representative_point(), epci.short_name, "epci", 0))
    if not features and territory.outline:
        features.append(_feature(shape(territory.outline), k="epci", t=1))
    outlines = [
        shape(geometry)
        for geometry in CommuneShape.objects.filter(commune__territories=territory)
        .order_by("pk")
        .values_list("geometry", flat=True)
    ]
    if outlines:
        lines = _lines(outlines)
        features.append(_feature(lines, k="communes"))
        features.append(_feature(shapely.MultiPoint(_knots(lines)), k="knots"))
    for commune in communes_of(territory):
        if commune.latitude is not None and commune.longitude is not None:
            centre = shapely.Point(commune.longitude, commune.latitude)
            features.append(_name(centre, commune.name, "commune", getattr(commune, "population", 0) or 0))
    return {"type": "FeatureCollection", "features": features}


def _lines(outlines: Iterable[BaseGeometry]) -> BaseGeometry:
    """Every border once, as lines that run from knot to knot."""
    rounded = (shapely.transform(outline.boundary, lambda ends: ends.round(DECIMALS)) for outline in outlines)
    return shapely.line_merge(shapely.unary_union(list(rounded)))


def _knots(lines: BaseGeometry) -> list[tuple[float, ...]]:
    """Where at least three lines meet."""
    ends = Counter(end for line in shapely.get_parts(lines) for end in (line.coords[0], line.coords[-1]))
    return sorted(point for point, count in ends.items() if count >= 3)


def _name(point: BaseGeometry, name: str, level: str, people: int) -> dict[str, Any]:
    return _feature(point, k="name", n=name, p=people, l=level)


def _feature(geometry: BaseGeometry, **properties: Any) -> dict[str, Any]:
    written = mapping(geometry)
    rounded = {"type": written["type"], "coordinates": _rounded(written["coordinates"])}
    return {"type": "Feature", "properties": properties, "geometry": rounded}


def _rounded(coordinates: Any) -> Any:
    if isinstance(coordinates, float | int):
        return round(coordinates, DECIMALS)
    return [_rounded(part) for part in coordinates]
