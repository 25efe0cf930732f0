"""One tile: at most 256 cells of 64 pixels, each a number of organisations or one organisation.

The cells of a tile are ranges of keys that follow each other: counting them is finding 257 places in a sorted
column, whatever the number of points. Where a cell is drawn comes from a sample of its points.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from maillage.directory.map.mercator import BITS, TILE_PIXELS, TileAddress, unweave
from maillage.directory.map.points import Points

GRID_BITS = 4
CELLS = 1 << 2 * GRID_BITS
SAMPLE = 16


def tile_of(points: Points, tile: TileAddress) -> dict[str, Any]:
    """Cluster the points of a tile, as columns of whole numbers, one line for each cell that is not empty.

    e: edition; n: how many organisations; c: how many in each cell; x, y: where to draw it, in pixels from the
    west and the north of the tile (0 to 1023); i: for each cell of one, in order, the id of the organisation;
    s: ranks of the cells whose organisations all stand at one point.
    """
    bounds = _bounds(points, tile)
    counts = np.diff(bounds)
    used = np.flatnonzero(counts)
    counts, first = counts[used], bounds[:-1][used]
    keys, alone = points.keys, counts == 1
    x, y = _places(points, tile, first, counts)
    stacked = ~alone & (keys[first] == keys[first + counts - 1])
    return {
        "e": points.edition,
        "n": int(counts.sum()),
        "c": counts.tolist(),
        "x": x.tolist(),
        "y": y.tolist(),
        "i": points.ids[first[alone]].tolist(),
        "s": np.flatnonzero(stacked).tolist(),
    }


def _bounds(points: Points, tile: TileAddress) -> NDArray[np.int64]:
    """Where each cell begins among the points, and where the last one ends."""
    shift = 2 * (BITS - tile.level - GRID_BITS)
    edges = (tile.number << 2 * GRID_BITS) + np.arange(CELLS + 1, dtype=np.uint64)
    # The last edge of the last tile is 2^54: no key reaches it, and 64 bits hold it.
    return np.searchsorted(points.keys, edges << np.uint64(shift)).astype(np.int64)


def _places(
    points: Points, tile: TileAddress, first: NDArray[np.int64], counts: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The mean of up to SAMPLE points of each cell, spread evenly along the order of the keys."""
    sampled = first[:, None] + np.arange(SAMPLE)[None, :] * counts[:, None] // SAMPLE
    x, y = unweave(points.keys[sampled])
    shift = BITS - tile.level
    down = np.uint64(shift - TILE_PIXELS.bit_length() + 1)
    places = []
    for along, origin in ((x, tile.x), (y, tile.y)):
        inside = ((along - np.uint64(origin << shift)) >> down).astype(np.float64)
        places.append(np.rint(inside.mean(axis=1)).astype(np.int64))
    return places[0], places[1]
