from __future__ import annotations

import re

from shapely import MultiPolygon, Polygon, box

from tools.build_territory.contours import Area
from tools.build_territory.drawing import draw


def corners(path: str) -> list[tuple[int, int]]:
    """Walk one ring of an SVG path and give its corners in whole units."""
    start, steps = path.removeprefix("M").removesuffix("z").split("l")
    numbers = [int(number) for number in re.findall(r"-?\d+", steps)]
    points = [(int(start.split()[0]), int(start.split()[1]))]
    for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
        points.append((points[-1][0] + dx, points[-1][1] + dy))
    return points


def test_neighbours_share_their_corners_in_the_drawing() -> None:
    areas: dict[str, Area] = {"a": box(3, 49, 3.1, 49.1), "b": box(3.1, 49, 3.2, 49.1)}
    drawing = draw(areas, {"e": ["a", "b"]})
    left, right = set(corners(drawing["communes"]["a"])), set(corners(drawing["communes"]["b"]))
    assert len(left & right) == 2
    assert set(corners(drawing["epcis"]["e"])) == left | right
    assert drawing["epcis"]["e"] == drawing["territory"]


def test_the_drawing_fills_its_box_and_stays_in_it() -> None:
    drawing = draw({"a": box(3, 49, 3.2, 49.1)}, {"e": ["a"]})
    _, _, width, height = drawing["view_box"]
    assert 990 <= width <= 1000
    xs, ys = zip(*corners(drawing["territory"]), strict=True)
    assert (min(xs), min(ys)) == (8, 8)
    assert max(xs) < width
    assert max(ys) < height


def test_a_tall_territory_is_not_drawn_taller_than_twice_its_width() -> None:
    drawing = draw({"a": box(3, 45, 3.1, 49)}, {"e": ["a"]})
    assert drawing["view_box"][3] <= 2_020


def test_north_is_up() -> None:
    drawing = draw({"south": box(3, 49, 3.1, 49.1), "north": box(3, 49.1, 3.1, 49.2)}, {"e": ["south", "north"]})
    lowest_of_north = max(y for _, y in corners(drawing["communes"]["north"]))
    assert lowest_of_north == min(y for _, y in corners(drawing["communes"]["south"]))


def test_an_islet_too_small_to_see_is_left_out_unless_it_is_alone() -> None:
    land = Polygon([(3, 49), (4, 49), (4, 50), (3, 50)])
    islet = box(4.5, 49.5, 4.50005, 49.50005)
    drawing = draw({"a": MultiPolygon([land, islet]), "b": box(4.6, 49.6, 4.60005, 49.60005)}, {"e": ["a", "b"]})
    assert drawing["communes"]["a"].count("M") == 1
    assert drawing["communes"]["b"].endswith("h1v1h-1z")


def test_an_epci_without_any_contour_has_an_empty_path() -> None:
    drawing = draw({"a": box(3, 49, 3.1, 49.1)}, {"e": ["a"], "bare": ["z"]})
    assert drawing["epcis"]["bare"] == ""
