"""Web Mercator in whole numbers: positions on a grid of 2^27 by 2^27, and the order that keeps neighbours together.

Words: a *key* is the two numbers of a position with their bits interleaved (Morton): all positions of a
tile, of any size, have keys that follow each other. Source: the projection of EPSG:3857, on a unit square.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from maillage.territories.geometry import Box

BITS = 27  # 0.3 m at the equator: one pixel at zoom 19
SIDE = 1 << BITS
LAST_LATITUDE = 85.05112877980659  # beyond it the projection has no place: poles stand on the edge
TILE_PIXELS = 1024
LAST_LEVEL = BITS - 10  # there a pixel of a tile is a step of the grid

Keys = NDArray[np.uint64]
Steps = NDArray[np.uint64]


class NoSuchTile(ValueError):
    """These numbers name no tile of the world."""


@dataclass(frozen=True)
class TileAddress:
    """One of the 4^level squares that the world is cut into; x from the west, y from the north.

    A tile of level L is TILE_PIXELS wide on a map at zoom L + 2. Raises NoSuchTile out of the world.
    """

    level: int
    x: int
    y: int

    def __post_init__(self) -> None:
        if not 0 <= self.level <= LAST_LEVEL:
            raise NoSuchTile(f"level {self.level}")
        if not (0 <= self.x < 1 << self.level and 0 <= self.y < 1 << self.level):
            raise NoSuchTile(f"{self.level}/{self.x}/{self.y}")

    @property
    def number(self) -> int:
        """The key of the tile at its level."""
        return int(interleave(np.array([self.x], np.uint64), np.array([self.y], np.uint64))[0])


def steps(latitude: ArrayLike, longitude: ArrayLike) -> tuple[Steps, Steps]:
    """Place positions (finite degrees) on the grid: x from the west, y from the north, each 0 to SIDE - 1."""
    phi = np.radians(np.clip(np.asarray(latitude, np.float64), -LAST_LATITUDE, LAST_LATITUDE))
    across = (np.asarray(longitude, np.float64) + 180.0) / 360.0
    down = 0.5 - np.arcsinh(np.tan(phi)) / (2 * math.pi)
    return _step(across), _step(down)


def _step(share: NDArray[np.float64]) -> Steps:
    return np.clip(np.floor(share * SIDE), 0, SIDE - 1).astype(np.uint64)


def keys(latitude: ArrayLike, longitude: ArrayLike) -> Keys:
    """Give the key of each position."""
    x, y = steps(latitude, longitude)
    return interleave(x, y)


def interleave(x: Steps, y: Steps) -> Keys:
    """Weave the bits of two numbers under 2^32: x in the even bits."""
    return np.asarray(_spread(x) | (_spread(y) << np.uint64(1)))


def unweave(key: Keys) -> tuple[Steps, Steps]:
    """Give back the two numbers of each key."""
    return _gather(key), _gather(key >> np.uint64(1))


_MASKS = tuple(
    (np.uint64(shift), np.uint64(mask))
    for shift, mask in (
        (16, 0x0000FFFF0000FFFF),
        (8, 0x00FF00FF00FF00FF),
        (4, 0x0F0F0F0F0F0F0F0F),
        (2, 0x3333333333333333),
        (1, 0x5555555555555555),
    )
)


def _spread(value: Steps) -> Keys:
    spread = value.astype(np.uint64)
    for shift, mask in _MASKS:
        spread = (spread | (spread << shift)) & mask
    return spread


def _gather(key: Keys) -> Steps:
    value = key & _MASKS[-1][1]
    masks = (*(mask for _, mask in reversed(_MASKS[:-1])), np.uint64(0xFFFFFFFF))
    for (shift, _), mask in zip(reversed(_MASKS), masks, strict=True):
        value = (value | (value >> shift)) & mask
    return value


def tile_box(tile: TileAddress) -> Box:
    """Give the degrees that a tile covers."""
    size = 1 / (1 << tile.level)
    north, south = (_latitude(line * size) for line in (tile.y, tile.y + 1))
    return Box(south, tile.x * size * 360 - 180, north, (tile.x + 1) * size * 360 - 180)


def _latitude(down: float) -> float:
    return math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * down))))
