"""Distances and boxes over columns of positions."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from maillage.search.engine.question import Box, Position

EARTH_RADIUS_KM = 6371.0088  # mean radius, IUGG
KM_PER_DEGREE = EARTH_RADIUS_KM * np.pi / 180

Numbers = NDArray[np.float64]


def distances_km(near: Position, latitude: NDArray[Any], longitude: NDArray[Any]) -> Numbers:
    """Return great-circle distances; nan where the position is not known."""
    here, there = radians(near[0]), np.radians(latitude)
    half_lat = np.sin((there - here) / 2) ** 2
    half_lon = np.sin(np.radians(longitude - near[1]) / 2) ** 2
    root = np.sqrt(np.clip(half_lat + cos(here) * np.cos(there) * half_lon, 0.0, 1.0))
    return np.asarray(2 * EARTH_RADIUS_KM * np.arcsin(root))


def distance_km(near: Position, latitude: float, longitude: float) -> float:
    """Return one great-circle distance."""
    # As above, without arrays: a list asks for each of its rows.
    here, there = radians(near[0]), radians(latitude)
    half = sin((there - here) / 2) ** 2 + cos(here) * cos(there) * sin(radians(longitude - near[1]) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(min(1.0, max(0.0, half))))


def box_around(near: Position, radius_km: float) -> Box:
    """Return a box that holds the whole circle."""
    high = radius_km / KM_PER_DEGREE
    if abs(near[0]) + high >= 89:
        return (-180.0, max(-90.0, near[0] - high), 180.0, min(90.0, near[0] + high))
    wide = np.degrees(asin(min(1.0, sqrt(np.sin(radians(high) / 2) ** 2) * 2 / cos(radians(abs(near[0]) + high)))))
    return (near[1] - wide, near[0] - high, near[1] + wide, near[0] + high)


def inside(box: Box, latitude: NDArray[Any], longitude: NDArray[Any]) -> NDArray[np.bool_]:
    """Return which positions lie in the box, its borders included; unknown ones do not."""
    west, south, east, north = box
    across = (longitude >= west) & (longitude <= east) if west <= east else (longitude >= west) | (longitude <= east)
    return np.asarray((latitude >= south) & (latitude <= north) & across)
