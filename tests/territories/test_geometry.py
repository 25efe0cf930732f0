from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.territories.geometry import (
    Box,
    BoxError,
    bounding_box,
    box_of,
    contains,
    distance_km,
    looks_swapped,
    parse_bbox,
)

PERONNE = (49.9317, 2.9355)
HAM = (49.7470, 3.0728)
SOMME = Box(49.5, 1.3, 50.4, 3.3)
latitudes = st.floats(-85, 85)
longitudes = st.floats(-180, 180)
radii = st.floats(0.1, 300)

SQUARE: dict[str, Any] = {
    "type": "Polygon",
    "coordinates": [
        [[2, 49], [4, 49], [4, 51], [2, 51], [2, 49]],
        [[2.9, 49.9], [3.1, 49.9], [3.1, 50.1], [2.9, 50.1], [2.9, 49.9]],
    ],
}


def test_peronne_is_23_km_from_ham_as_the_crow_flies() -> None:
    assert distance_km(*PERONNE, *HAM) == pytest.approx(22.8, abs=0.2)


def test_a_degree_of_latitude_is_a_hundred_and_eleven_kilometres() -> None:
    assert distance_km(49, 3, 50, 3) == pytest.approx(111.2, abs=0.1)


def test_opposite_ends_of_the_globe_are_half_its_turn_apart() -> None:
    assert distance_km(0, 0, 0, 180) == pytest.approx(20015, abs=1)


@given(latitudes, longitudes, latitudes, longitudes)
def test_a_distance_is_the_same_both_ways_and_never_negative(a: float, b: float, c: float, d: float) -> None:
    there = distance_km(a, b, c, d)
    assert there >= 0
    assert there == pytest.approx(distance_km(c, d, a, b), abs=1e-6)


@given(latitudes, st.floats(-170, 170), radii, st.floats(0, 360))
def test_the_box_holds_every_point_of_the_circle(lat: float, lon: float, radius: float, bearing: float) -> None:
    angle, theta, phi = radius * 0.9999 / 6371.0088, math.radians(bearing), math.radians(lat)
    other_phi = math.asin(math.sin(phi) * math.cos(angle) + math.cos(phi) * math.sin(angle) * math.cos(theta))
    turn = math.atan2(
        math.sin(theta) * math.sin(angle) * math.cos(phi), math.cos(angle) - math.sin(phi) * math.sin(other_phi)
    )
    other_lon = lon + math.degrees(turn)
    box = bounding_box(lat, lon, radius)
    assert box.south <= math.degrees(other_phi) <= box.north
    # The box stops at the 180th meridian on purpose.
    assert box.west <= max(-180, min(180, other_lon)) <= box.east


def test_a_box_at_the_pole_takes_every_longitude() -> None:
    assert bounding_box(90, 0, 10) == pytest.approx(Box(89.91, -180, 90, 180), abs=0.01)


def test_a_padded_box_is_wider_by_the_margin_on_each_side() -> None:
    wider = SOMME.padded(10)
    assert distance_km(SOMME.south, 2, wider.south, 2) == pytest.approx(10, abs=0.01)
    assert distance_km(SOMME.north, SOMME.east, SOMME.north, wider.east) >= 10
    assert distance_km(SOMME.south, SOMME.west, SOMME.south, wider.west) >= 10


def test_a_box_is_read_west_south_east_north() -> None:
    assert parse_bbox("2.5, 49.6,3.2,50.1") == Box(south=49.6, west=2.5, north=50.1, east=3.2)


@pytest.mark.parametrize(
    "text",
    [
        "", "2,49,3", "2,49,3,50,51", "a,b,c,d", "nan,49,3,50", "inf,49,3,50", "1e9,49,3,50", "3,49,2,50",
        "2,50,3,49", "2,-91,3,50", "-181,49,3,50", "2,49,3,9" + "9" * 300, "2;49;3;50", "\x00,49,3,50",
        "\ud800,49,3,50", "١,49,3,50", "2,49,3,5_0", str(2**63) + ",49,3,50", "," * 100_000,
    ],
)  # fmt: skip
def test_a_text_that_is_no_box_is_refused_in_french(text: str) -> None:
    with pytest.raises(BoxError, match="cadre de carte"):
        parse_bbox(text)


@given(st.text(max_size=60))
def test_any_text_gives_a_box_or_a_box_error(text: str) -> None:
    try:
        box = parse_bbox(text)
    except BoxError:
        return
    assert box.south <= box.north


def test_swapped_coordinates_are_recognised() -> None:
    lat, lon = PERONNE
    assert looks_swapped(lon, lat, SOMME)


def test_good_coordinates_and_far_ones_are_not_called_swapped() -> None:
    assert not looks_swapped(*PERONNE, SOMME)
    assert not looks_swapped(-21.1, 55.5, SOMME)
    assert not looks_swapped(math.nan, math.nan, SOMME)


def test_a_point_is_inside_on_the_border_in_the_hole_or_outside() -> None:
    assert contains(SQUARE, 49.5, 2.5)
    assert contains(SQUARE, 49, 2)
    assert not contains(SQUARE, 50, 3)
    assert not contains(SQUARE, 52, 3)
    assert not contains(SQUARE, math.nan, 3)


def test_a_shape_changed_in_place_is_read_again() -> None:
    moving: dict[str, Any] = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}
    assert contains(moving, 0.2, 0.8)
    moving["coordinates"] = [[[5, 5], [6, 5], [6, 6], [5, 5]]]
    assert not contains(moving, 0.2, 0.8)


@pytest.mark.parametrize("geometry", [{}, {"type": "Nothing"}, {"type": "Polygon", "coordinates": "abc"}])
def test_what_is_not_geojson_is_refused(geometry: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="GeoJSON"):
        contains(geometry, 0, 0)


def test_the_box_of_a_shape_is_south_west_north_east() -> None:
    assert box_of(SQUARE) == Box(49, 2, 51, 4)
    with pytest.raises(ValueError, match="empty"):
        box_of({"type": "Polygon", "coordinates": []})
