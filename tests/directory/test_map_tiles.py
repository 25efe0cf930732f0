"""Tiles against naive counting: whatever the points and the filter, nothing is lost and nothing counted twice."""

from __future__ import annotations

import math
from itertools import groupby

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maillage.directory.map import NoSuchTile, TileAddress, build_columns, tile_box, tile_of
from maillage.directory.map.mercator import BITS, LAST_LEVEL, SIDE, interleave, keys, steps, unweave
from maillage.directory.map.points import Points, pick
from maillage.search.engine import Columns
from maillage.search.engine.matching import Matching, Positions

HARD = (
    (90.0, 0.0), (-90.0, 0.0), (0.0, 180.0), (0.0, -180.0), (85.0511288, 179.9999999), (-85.06, -179.9999999),
    (-21.1151, 55.5364), (14.6415, -61.0242), (-17.5324, -149.5677), (46.77, -56.19), (0.0, 0.0), (49.9, 2.9),
)  # fmt: skip
places = st.one_of(
    st.sampled_from(HARD),
    st.tuples(st.floats(-90, 90), st.floats(-180, 180)),
    st.tuples(st.floats(49.6, 50.1), st.floats(2.5, 3.3)),
)
worlds = st.lists(st.tuples(places, st.booleans(), st.booleans()), max_size=60)
LEVELS = (0, 1, 3, 8, 12, LAST_LEVEL)


def points_of(world: list[tuple[tuple[float, float], bool, bool]]) -> Points:
    """Each point is (place, does it meet the question, was it written since the last base)."""
    old = [(number, *place) for number, (place, _, is_fresh) in enumerate(world) if not is_fresh]
    fresh = [(number, *place) for number, (place, meets, is_fresh) in enumerate(world) if is_fresh and meets]
    numbers, latitudes, longitudes = (np.array([line[at] for line in old], float) for at in range(3))
    positions = Positions("g.1", np.arange(len(old)), numbers.astype(np.int64), latitudes, longitudes)
    flags = np.array([world[number][1] for number, *_ in old], np.uint8)
    ids, recent_latitudes, recent_longitudes = (np.array([line[at] for line in fresh], float) for at in range(3))
    recent = Columns(ids.astype(np.int64), recent_latitudes, recent_longitudes)
    total = int(sum(meets for _, meets, _ in world))
    return pick(Matching("v", "g.1", total, flags, recent), build_columns(positions), "1.v")


def naive(world: list[tuple[tuple[float, float], bool, bool]], level: int) -> dict[tuple[int, int], list[int]]:
    """{tile: numbers of the points that meet the question}, by plain arithmetic on each point."""
    found: dict[tuple[int, int], list[int]] = {}
    for number, ((latitude, longitude), meets, _) in enumerate(world):
        if meets:
            clipped = math.radians(max(-85.05112877980659, min(85.05112877980659, latitude)))
            across, down = (longitude + 180) / 360, 0.5 - math.asinh(math.tan(clipped)) / (2 * math.pi)
            x, y = (min(SIDE - 1, max(0, math.floor(share * SIDE))) >> (BITS - level) for share in (across, down))
            found.setdefault((x, y), []).append(number)
    return found


@settings(deadline=None, max_examples=60)
@given(world=worlds)
def test_the_tiles_of_every_level_hold_exactly_the_points_of_the_question(
    world: list[tuple[tuple[float, float], bool, bool]],
) -> None:
    points = points_of(world)
    assert points.placed == points.total
    for level in LEVELS:
        expected = naive(world, level)
        for (x, y), numbers in expected.items():
            drawn = tile_of(points, TileAddress(level, x, y))
            assert drawn["n"] == sum(drawn["c"]) == len(numbers)
            assert set(drawn["i"]) <= set(numbers)
            assert len(drawn["i"]) == drawn["c"].count(1)
            assert len(drawn["x"]) == len(drawn["y"]) == len(drawn["c"]) <= 256
            assert all(0 <= pixel <= 1023 for pixel in drawn["x"] + drawn["y"])


@settings(deadline=None, max_examples=60)
@given(world=worlds)
def test_zooming_in_keeps_the_count_of_a_tile(world: list[tuple[tuple[float, float], bool, bool]]) -> None:
    points = points_of(world)
    for level in (0, 5, 11):
        for x, y in naive(world, level):
            inside = [
                tile_of(points, TileAddress(level + 1, 2 * x + right, 2 * y + down))["n"]
                for right in (0, 1)
                for down in (0, 1)
            ]
            assert sum(inside) == tile_of(points, TileAddress(level, x, y))["n"]


@settings(deadline=None, max_examples=60)
@given(world=worlds)
def test_a_cell_is_drawn_among_its_own_points(world: list[tuple[tuple[float, float], bool, bool]]) -> None:
    points = points_of(world)
    kept = [place for place, meets, _ in world if meets]
    if not kept:
        return
    x, y = steps([place[0] for place in kept], [place[1] for place in kept])
    cells = sorted((int(one) >> BITS - 4, int(other) >> BITS - 4) for one, other in zip(x, y, strict=True))
    expected = sorted((*cell, len(list(group))) for cell, group in groupby(cells))
    drawn = tile_of(points, TileAddress(0, 0, 0))
    columns = zip(drawn["x"], drawn["y"], drawn["c"], strict=True)
    found = sorted((across // 64, down // 64, count) for across, down, count in columns)
    assert found == expected


def test_organisations_at_one_address_make_a_stack_that_no_zoom_parts() -> None:
    world = [((49.93, 2.93), True, False)] * 3 + [((49.93, 2.94), True, False)] * 2 + [((48.0, 2.0), True, True)]
    points = points_of(world)
    x, y = (int(step[0]) for step in steps([49.93], [2.93]))
    for level in (12, LAST_LEVEL):
        drawn = tile_of(points, TileAddress(level, x >> BITS - level, y >> BITS - level))
        assert [drawn["c"][rank] for rank in drawn["s"]].count(3) == 1
    assert tile_of(points, TileAddress(0, 0, 0))["s"] == []


def test_the_same_data_give_the_same_tiles() -> None:
    world = [((49.93, 2.93), True, number % 3 == 0) for number in range(20)]
    assert tile_of(points_of(world), TileAddress(3, 4, 2)) == tile_of(points_of(world), TileAddress(3, 4, 2))


@settings(deadline=None)
@given(st.lists(st.integers(0, 2**32 - 1), min_size=1), st.integers(0, 2**32 - 1))
def test_bits_are_woven_and_unwoven_without_loss(numbers: list[int], other: int) -> None:
    x, y = np.array(numbers, np.uint64), np.full(len(numbers), other, np.uint64)
    back = unweave(interleave(x, y))
    assert (back[0].tolist(), back[1].tolist()) == (x.tolist(), y.tolist())


def test_keys_follow_the_tiles_whatever_their_size() -> None:
    latitudes, longitudes = [49.9, 49.91, -21.1, 85.0], [2.9, 2.91, 55.5, -179.0]
    for level in (1, 8, LAST_LEVEL):
        x, y = steps(latitudes, longitudes)
        for key, across, down in zip(keys(latitudes, longitudes), x, y, strict=True):
            shift = BITS - level
            assert int(key) >> 2 * shift == TileAddress(level, int(across) >> shift, int(down) >> shift).number


@pytest.mark.parametrize(
    "address", [(-1, 0, 0), (LAST_LEVEL + 1, 0, 0), (2**63, 0, 0), (0, 1, 0), (3, 8, 0), (3, 0, -1), (5, 2**63, 2**63)]
)
def test_an_address_out_of_the_world_names_no_tile(address: tuple[int, int, int]) -> None:
    with pytest.raises(NoSuchTile):
        TileAddress(*address)


def test_a_tile_knows_its_degrees() -> None:
    world = tile_box(TileAddress(0, 0, 0))
    assert [round(side, 4) for side in world] == [-85.0511, -180.0, 85.0511, 180.0]
    south_east = tile_box(TileAddress(1, 1, 1))
    assert (round(south_east.north, 9), south_east.west) == (0.0, 0.0)
