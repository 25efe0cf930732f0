"""The drawn map: SVG paths in whole units, so that a page shows a map without any geometry code."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping

import shapely

from maillage.territories.data_format import DrawingRecord
from tools.build_territory.contours import Area
from tools.build_territory.mesh import DECIMALS, METRES_PER_DEGREE, dissolved, parts_of, simplified

WIDTH = 1000
MARGIN = 8
# A vertex that moves the line by less than about half a unit is not seen.
UNITS_PER_TOLERANCE = 0.75


def draw(areas: Mapping[str, Area], groups: Mapping[str, list[str]]) -> DrawingRecord:
    """Draw a mesh of communes in a box 1000 units wide; `groups` gives the codes of each EPCI.

    Equirectangular at the middle latitude: shapes look right at the size of a territory.
    """
    west, south, east, north = (float(side) for side in shapely.total_bounds(list(areas.values())))
    stretch = math.cos(math.radians((south + north) / 2))
    y_per_degree = round((WIDTH - 2 * MARGIN) / max((east - west) * stretch, (north - south) / 2), 4)
    x_per_degree = round(y_per_degree * stretch, 4)
    left = round(west - MARGIN / x_per_degree, DECIMALS)
    top = round(north + MARGIN / y_per_degree, DECIMALS)
    width = round((east - left) * x_per_degree) + MARGIN
    height = round((top - south) * y_per_degree) + MARGIN
    coarse = simplified(areas, UNITS_PER_TOLERANCE * METRES_PER_DEGREE / y_per_degree)
    whole = dissolved(coarse)

    def path(area: Area | None) -> str:
        return "" if area is None else _path(area, left, top, x_per_degree, y_per_degree)

    return {
        "view_box": [0, 0, width, height],
        "west": left,
        "north": top,
        "x_per_degree": x_per_degree,
        "y_per_degree": y_per_degree,
        "communes": {code: path(area) for code, area in sorted(coarse.items())},
        "epcis": {
            siren: path(dissolved({code: coarse[code] for code in codes if code in coarse}))
            for siren, codes in groups.items()
        },
        "territory": path(whole),
    }


def _path(area: Area, left: float, top: float, x_per_degree: float, y_per_degree: float) -> str:
    drawn: list[str] = []
    for part in parts_of(area):
        for ring in (part.exterior, *part.interiors):
            points = [(round((x - left) * x_per_degree), round((top - y) * y_per_degree)) for x, y in ring.coords]
            drawn.append(_ring(points[:-1]))
    # An islet smaller than one unit leaves nothing, unless it is all there is.
    return "".join(drawn) or _dot(area, left, top, x_per_degree, y_per_degree)


def _ring(points: list[tuple[int, int]]) -> str:
    kept = [point for index, point in enumerate(points) if point != points[index - 1]]
    if len(kept) < 3:
        return ""
    steps = "".join(_step(here, there) for here, there in itertools.pairwise(kept))
    return f"M{kept[0][0]} {kept[0][1]}l{steps.lstrip()}z"


def _step(here: tuple[int, int], there: tuple[int, int]) -> str:
    dx, dy = there[0] - here[0], there[1] - here[1]
    return f"{dx if dx < 0 else f' {dx}'}{dy if dy < 0 else f' {dy}'}"


def _dot(area: Area, left: float, top: float, x_per_degree: float, y_per_degree: float) -> str:
    point = area.representative_point()
    return f"M{round((point.x - left) * x_per_degree)} {round((top - point.y) * y_per_degree)}h1v1h-1z"
