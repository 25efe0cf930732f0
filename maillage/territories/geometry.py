"""Distances, boxes and "is this point inside": plain functions on WGS 84 degrees, without a database.

Words: a *box* is a rectangle of latitudes and longitudes; *swapped* coordinates are a latitude
written where the longitude stands. Every function takes latitude first, as people say it;
GeoJSON alone keeps longitude first. Neighbours: querysets here, search and imports above.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import shapely
from shapely.errors import ShapelyError
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

EARTH_RADIUS_KM = 6371.0088  # mean radius, IUGG
KM_PER_DEGREE = EARTH_RADIUS_KM * math.pi / 180
# A box is four short numbers; a longer text is not worth reading.
LONGEST_BOX_TEXT = 200
PREPARED_SHAPES = 512
_NUMBER = re.compile(r"[+-]?\d{1,3}(\.\d{1,30})?", re.ASCII)


class BoxError(ValueError):
    """A text is not a box; its message is a French sentence for the visitor."""


class Box(NamedTuple):
    """South, west, north, east, in degrees; borders belong to the box."""

    south: float
    west: float
    north: float
    east: float

    def holds(self, latitude: float, longitude: float) -> bool:
        """Say whether the point stands in the box; NaN never does."""
        return self.south <= latitude <= self.north and self.west <= longitude <= self.east

    def padded(self, margin_km: float) -> Box:
        """Give the same box, wider by `margin_km` on each side."""
        lower = bounding_box(self.south, self.west, margin_km)
        upper = bounding_box(self.north, self.east, margin_km)
        return Box(
            lower.south, min(lower.west, self.west - (upper.east - self.east)),
            upper.north, max(upper.east, self.east + (self.west - lower.west)),
        )  # fmt: skip


def distance_km(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """Measure the way between two points as the crow flies, in kilometres (haversine, error under 0.6 %)."""
    phi, other_phi = math.radians(latitude), math.radians(other_latitude)
    half_dlat = (other_phi - phi) / 2
    half_dlon = math.radians(other_longitude - longitude) / 2
    chord = math.sin(half_dlat) ** 2 + math.cos(phi) * math.cos(other_phi) * math.sin(half_dlon) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(chord)))


def bounding_box(latitude: float, longitude: float, radius_km: float) -> Box:
    """Give the smallest box that holds the circle: a first sieve, `distance_km` decides.

    The box stops at the poles and at the 180th meridian: it never goes round the globe.
    """
    angle = radius_km / EARTH_RADIUS_KM
    south = latitude - math.degrees(angle)
    north = latitude + math.degrees(angle)
    ratio = math.sin(min(angle, math.pi / 2)) / max(math.cos(math.radians(latitude)), 1e-12)
    # Past this ratio the circle holds a pole, hence every longitude.
    half_width = math.degrees(math.asin(ratio)) if ratio < 1 else 180.0
    return Box(
        max(south, -90.0), max(longitude - half_width, -180.0), min(north, 90.0), min(longitude + half_width, 180.0)
    )


def parse_bbox(text: str) -> Box:
    """Read `west,south,east,north` in degrees, the order of GeoJSON (RFC 7946, 5) and of the address bar.

    Raises BoxError, whose message is in French, for anything else: wrong count, not a number,
    out of the globe, or sides the wrong way round.
    """
    parts = [part.strip() for part in text[: LONGEST_BOX_TEXT + 1].split(",")]
    if len(text) > LONGEST_BOX_TEXT or len(parts) != 4 or not all(_NUMBER.fullmatch(part) for part in parts):
        raise BoxError("Un cadre de carte s’écrit avec quatre nombres : ouest,sud,est,nord.")
    west, south, east, north = (float(part) for part in parts)
    if not (-90 <= south <= north <= 90):
        raise BoxError("Dans ce cadre de carte, le sud doit être sous le nord, entre −90 et 90 degrés.")
    if not (-180 <= west <= east <= 180):
        raise BoxError("Dans ce cadre de carte, l’ouest doit venir avant l’est, entre −180 et 180 degrés.")
    return Box(south, west, north, east)


def looks_swapped(latitude: float, longitude: float, box: Box) -> bool:
    """Say whether the point is out of the box as written and inside it once turned round."""
    return not box.holds(latitude, longitude) and box.holds(longitude, latitude)


def contains(geometry: Mapping[str, Any], latitude: float, longitude: float) -> bool:
    """Say whether a GeoJSON geometry (WGS 84) holds the point; its border belongs to it.

    The last shapes asked for stay prepared. Raises ValueError when `geometry` is not GeoJSON.
    """
    if not (math.isfinite(latitude) and math.isfinite(longitude)):
        return False
    return bool(shapely.intersects_xy(_prepared(json.dumps(geometry, sort_keys=True)), longitude, latitude))


def box_of(geometry: Mapping[str, Any]) -> Box:
    """Give the box of a GeoJSON geometry. Raises ValueError when it is not GeoJSON, or is empty."""
    outline = _prepared(json.dumps(geometry, sort_keys=True))
    if outline.is_empty:
        raise ValueError("empty geometry")
    west, south, east, north = outline.bounds
    return Box(south, west, north, east)


@lru_cache(maxsize=PREPARED_SHAPES)
def _prepared(text: str) -> BaseGeometry:
    """Read GeoJSON once; keyed by its text, since a dictionary may change under us."""
    try:
        outline = shape(json.loads(text))
    except (ShapelyError, AttributeError, KeyError, TypeError, IndexError, ValueError) as error:
        raise ValueError("not a GeoJSON geometry") from error
    shapely.prepare(outline)
    return outline
