"""One tile: at most 256 cells of 64 pixels, each a number of organisations or one organisation.

The cells of a tile are ranges of keys that follow each other: counting them is finding 257 places in a sorted
column, whatever the number of points. Where a cell is drawn comes from a sample of its points.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from maillage.directory.map.mercator import BITS, TILE_PIXELS, Keys, TileAddress, unweave
from maillage.directory.map.points import Layer, Points

GRID_BITS = 4
CELLS = 1 << 2 * GRID_BITS
SAMPLE = 16
_LAST_KEY = np.uint64(2**64 - 1)


@dataclass(frozen=True)
class _Cells:
    """What a layer puts in each of the 256 cells; x and y are sums over the cell, in steps from the tile's corner."""

    counts: NDArray[np.intp]
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    first: Keys
    last: Keys
    ids: NDArray[np.int64]


def tile_of(points: Points, tile: TileAddress) -> dict[str, Any]:
    """Cluster the points of a tile, as columns of whole numbers, one line for each cell that is not empty.

    e: edition; n: how many organisations; c: how many in each cell; x, y: where to draw it, in pixels from the
    west and the north of the tile (0 to 1023); i: for each cell of one, in order, the id of the organisation;
    s: ranks of the cells whose organisations all stand at one point.
    """
    layers = [_cells(layer, tile) for layer in points.layers]
    counts = np.sum([layer.counts for layer in layers] or np.zeros((1, CELLS), np.intp), axis=0)
    used = np.flatnonzero(counts)
    if not len(used):
        return {"e": points.edition, "n": 0, "c": [], "x": [], "y": [], "i": [], "s": []}
    counts = counts[used]
    steps_a_pixel = (1 << BITS - tile.level) // TILE_PIXELS
    x, y = (
        (np.sum([getattr(layer, side)[used] for layer in layers], axis=0) / counts / steps_a_pixel).astype(np.int64)
        for side in ("x", "y")
    )
    first = np.min([layer.first[used] for layer in layers], axis=0)
    last = np.max([layer.last[used] for layer in layers], axis=0)
    ids = np.max([layer.ids[used] for layer in layers], axis=0)
    return {
        "e": points.edition,
        "n": int(counts.sum()),
        "c": counts.tolist(),
        "x": x.tolist(),
        "y": y.tolist(),
        "i": ids[counts == 1].tolist(),
        "s": np.flatnonzero((counts > 1) & (first == last)).tolist(),
    }


def _cells(layer: Layer, tile: TileAddress) -> _Cells:
    edges = (tile.number << 2 * GRID_BITS) + np.arange(CELLS + 1, dtype=np.uint64)
    # The last edge of the last tile is 2^54: no key reaches it, and 64 bits hold it.
    bounds = layer.places_of(edges << np.uint64(2 * (BITS - tile.level - GRID_BITS)))
    counts = np.diff(bounds)
    found = _Cells(
        counts,
        np.zeros(CELLS),
        np.zeros(CELLS),
        np.full(CELLS, _LAST_KEY),
        np.zeros(CELLS, np.uint64),
        np.full(CELLS, -1, np.int64),
    )
    used = np.flatnonzero(counts)
    start, size = bounds[:-1][used], counts[used]
    # A few points, spread evenly along the order of the keys, tell well enough where many stand.
    sampled = start[:, None] + np.arange(SAMPLE)[None, :] * size[:, None] // SAMPLE
    along = unweave(layer.keys_at(sampled))
    for sums, steps, corner in zip((found.x, found.y), along, (tile.x, tile.y), strict=True):
        sums[used] = (steps - np.uint64(corner << BITS - tile.level)).mean(axis=1) * size
    found.first[used] = layer.keys_at(start)
    found.last[used] = layer.keys_at(start + size - 1)
    found.ids[used] = layer.ids_at(start)
    return found
