"""The mesh of contours: shared borders kept, simplified together, neighbours, outlines, areas.

Words: a *mesh* (GEOS says coverage) is a set of areas that touch without overlap, with the same
vertices on both sides of each border. Degrees are WGS 84 unless said otherwise.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, cast

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Geod
from shapely import MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry

from tools.build_territory.contours import Area
from tools.build_territory.problems import BuildError

METRES_PER_DEGREE = 111_195.0
# Five decimals are one metre: far finer than the contours of the source (about 100 m).
DECIMALS = 5
# Communes that touch at one corner are not neighbours; a border is longer than this.
SHORTEST_BORDER_DEGREES = 20 / METRES_PER_DEGREE
# A gap thinner than this between two communes is a flaw of the source, not an enclave.
WIDEST_GAP_DEGREES = 50 / METRES_PER_DEGREE
CLEANING_ROUNDS = 3
# The source's contours are themselves simplified: a town hall this close to its border is believed.
TOWN_HALL_TOLERANCE_METRES = 100.0

_GLOBE = Geod(ellps="GRS80")


def cleaned(areas: Mapping[str, Area]) -> dict[str, Area]:
    """Turn contours that nearly fit into a mesh: no overlap, no thin gap, shared borders identical.

    Vertices come out on the five-decimal grid. Raises BuildError when the contours cannot be made to fit.
    """
    if not areas:
        return {}
    shapes = _array(areas.values())
    for _ in range(CLEANING_ROUNDS):
        # coverage_clean is newer than the type stubs of shapely.
        fitted = cast("Any", shapely).coverage_clean(shapes, gap_width=WIDEST_GAP_DEGREES, snapping_distance=1e-6)
        # The same vertex rounds the same way on both sides of a border.
        shapes = shapely.transform(fitted, lambda xy: np.round(xy, DECIMALS))
        if shapely.is_valid(shapes).all() and shapely.coverage_is_valid(shapes):
            return {code: _area(shape) for code, shape in zip(areas, shapes, strict=True)}
    raise BuildError("Les contours de ces communes se chevauchent : la carte ne peut pas être dessinée.")


def simplified(areas: Mapping[str, Area], tolerance_metres: float) -> dict[str, Area]:
    """Drop the vertices that make triangles smaller than the tolerance squared, on both sides of a border alike.

    The rule (Visvalingam) weighs areas, so degrees do as well as metres once scaled at the latitude.
    """
    if not areas:
        return {}
    south, north = shapely.total_bounds(_array(areas.values()))[[1, 3]]
    shrink = math.sqrt(math.cos(math.radians((south + north) / 2)))
    tolerance = tolerance_metres / METRES_PER_DEGREE / shrink
    shapes = shapely.coverage_simplify(_array(areas.values()), tolerance)
    return {code: _area(shape) for code, shape in zip(areas, shapes, strict=True)}


def dissolved(areas: Mapping[str, Area]) -> Area | None:
    """Join the areas of a mesh into one outline, vertex for vertex; None when there are none."""
    if not areas:
        return None
    return _area(shapely.coverage_union_all(_array(areas.values())))


def area_km2(area: Area) -> float:
    """Measure an area on the ellipsoid (GRS 80), which no projection can bend: km², two decimals."""
    oriented = MultiPolygon([shapely.geometry.polygon.orient(part) for part in parts_of(area)])
    return round(abs(_GLOBE.geometry_area_perimeter(oriented)[0]) / 1e6, 2)


def inner_point(area: Area) -> Point:
    """Give the centroid, or a point of the largest part when the centroid falls outside."""
    middle = shapely.centroid(area)
    rounded = Point(round(middle.x, DECIMALS), round(middle.y, DECIMALS))
    if area.contains(rounded):
        return rounded
    inside = max(parts_of(area), key=lambda part: part.area).representative_point()
    return Point(round(inside.x, DECIMALS), round(inside.y, DECIMALS))


def is_well_placed(point: Point, area: Area) -> bool:
    """Say whether a town hall stands in its commune, give or take what the contour itself leaves out."""
    margin = TOWN_HALL_TOLERANCE_METRES / METRES_PER_DEGREE
    stretch = math.cos(math.radians(point.y))
    squeezed = shapely.transform(area, lambda xy: xy * np.array([stretch, 1.0]))
    return bool(squeezed.distance(Point(point.x * stretch, point.y)) <= margin)


def neighbours(areas: Mapping[str, Area], among: Mapping[str, Area]) -> dict[str, list[str]]:
    """List, for each area, the codes of `among` that share a border line with it, sorted.

    `among` is a mesh that holds `areas` and what surrounds them.
    """
    codes = list(among)
    shapes = _array(among.values())
    tree = shapely.STRtree(shapes)
    found: dict[str, list[str]] = {}
    for code, area in areas.items():
        near = [index for index in tree.query(area, predicate="intersects") if codes[index] != code]
        borders = shapely.length(shapely.intersection(shapely.boundary(shapes[near]), shapely.boundary(area)))
        found[code] = sorted(
            codes[index] for index, length in zip(near, borders, strict=True) if length > SHORTEST_BORDER_DEGREES
        )
    return found


def geojson(area: Area) -> dict[str, Any]:
    """Write an area as GeoJSON, exterior rings anticlockwise (RFC 7946), five decimals, largest part first."""
    polygons = [_rings(shapely.geometry.polygon.orient(part)) for part in parts_of(area)]
    if len(polygons) == 1:
        return {"type": "Polygon", "coordinates": polygons[0]}
    return {"type": "MultiPolygon", "coordinates": polygons}


def parts_of(area: Area) -> list[Polygon]:
    """Give the polygons of an area, the largest first."""
    parts = [area] if isinstance(area, Polygon) else list(area.geoms)
    return sorted(parts, key=lambda part: (-part.area, part.bounds))


def _rings(part: Polygon) -> list[list[list[float]]]:
    return [
        [[round(x, DECIMALS), round(y, DECIMALS)] for x, y in ring.coords] for ring in (part.exterior, *part.interiors)
    ]


def _area(shape: BaseGeometry) -> Area:
    if isinstance(shape, Polygon | MultiPolygon) and not shape.is_empty:
        return shape
    raise BuildError(f"Un contour a disparu ou n’est plus une surface ({shape.geom_type}).")


def _array(shapes: Any) -> NDArray[np.object_]:
    kept = list(shapes)
    array = np.empty(len(kept), dtype=object)
    array[:] = kept
    return array
