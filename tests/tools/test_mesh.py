from __future__ import annotations

import pytest
import shapely
from shapely import MultiPolygon, Point, Polygon, box

from tools.build_territory import mesh


def test_nearly_fitting_contours_become_a_mesh() -> None:
    fitted = mesh.cleaned({"a": box(0, 0, 1, 1), "b": box(0.9999, 0, 2, 1), "c": box(0, 1.0001, 2, 2)})
    assert shapely.coverage_is_valid(list(fitted.values()))
    assert shapely.union_all(list(fitted.values())).equals(mesh.dissolved(fitted))


def test_an_enclave_wider_than_a_flaw_stays_open() -> None:
    ring = box(0, 0, 3, 3).difference(box(1, 1, 2, 2))
    assert isinstance(ring, Polygon)
    fitted = mesh.cleaned({"a": ring})
    assert len(mesh.parts_of(fitted["a"])[0].interiors) == 1


def test_simplifying_keeps_a_shared_border_shared() -> None:
    border = [(1, 0), (1.0001, 0.25), (0.9999, 0.5), (1.0001, 0.75), (1, 1)]
    left = Polygon([(0, 0), *border, (0, 1)])
    right = Polygon([(2, 0), *border, (2, 1)])
    lighter = mesh.simplified({"left": left, "right": right}, 2_000)
    assert shapely.coverage_is_valid(list(lighter.values()))
    assert sum(shapely.get_num_coordinates(list(lighter.values()))) < 16


def test_nothing_in_gives_nothing_out() -> None:
    assert mesh.cleaned({}) == {}
    assert mesh.simplified({}, 30) == {}
    assert mesh.dissolved({}) is None


def test_a_corner_does_not_make_neighbours() -> None:
    areas = {"a": box(0, 0, 1, 1), "b": box(1, 0, 2, 1), "c": box(1, 1, 2, 2)}
    assert mesh.neighbours(areas, areas) == {"a": ["b"], "b": ["a", "c"], "c": ["b"]}


def test_neighbours_may_stand_outside_the_territory() -> None:
    areas = {"a": box(0, 0, 1, 1)}
    assert mesh.neighbours(areas, areas | {"z": box(1, 0, 2, 1)}) == {"a": ["z"]}


def test_an_area_is_measured_on_the_ellipsoid_whatever_the_latitude() -> None:
    assert mesh.area_km2(box(3, 49, 4, 50)) == pytest.approx(8_048, rel=0.002)
    assert mesh.area_km2(box(55, -21, 56, -20)) == pytest.approx(11_540, rel=0.002)
    hollow = box(3, 49, 4, 50).difference(box(3.25, 49.25, 3.75, 49.75))
    assert isinstance(hollow, Polygon)
    assert mesh.area_km2(hollow) == pytest.approx(8_048 * 0.75, rel=0.002)


def test_the_inner_point_of_a_crescent_is_inside_it() -> None:
    crescent = Point(0, 0).buffer(1).difference(Point(0.3, 0).buffer(0.95))
    assert isinstance(crescent, Polygon)
    assert not crescent.contains(crescent.centroid)
    assert crescent.contains(mesh.inner_point(crescent))


def test_a_town_hall_is_believed_within_a_hundred_metres() -> None:
    commune = box(3, 49, 3.1, 49.1)
    assert mesh.is_well_placed(Point(3.05, 49.05), commune)
    assert mesh.is_well_placed(Point(3.1 + 0.0012, 49.05), commune)
    assert not mesh.is_well_placed(Point(3.1 + 0.0020, 49.05), commune)
    assert not mesh.is_well_placed(Point(3.05, 49.1 + 0.0012), commune)


def test_geojson_turns_anticlockwise_and_puts_the_largest_part_first() -> None:
    small, large = box(5, 5, 6, 6), box(0, 0, 3, 3)
    written = mesh.geojson(MultiPolygon([small, large]))
    assert written["type"] == "MultiPolygon"
    first = written["coordinates"][0][0]
    assert max(x for x, _ in first) == 3
    assert shapely.LinearRing(first).is_ccw
    assert mesh.geojson(small)["type"] == "Polygon"
