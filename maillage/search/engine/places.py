"""What a map needs of any question: cells of a grid with counts and means, or the points themselves."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from maillage.search.engine import bits
from maillage.search.engine.counting import matched
from maillage.search.engine.question import Box, Cells, Columns, Query
from maillage.search.engine.ranking import Found, read
from maillage.search.engine.view import Match, View, distance_of
from maillage.search.engine.wording import Wording

_STRETCH = 1 << 15  # rows at a time: what is worked on stays in the processor's cache


def located(view: View, asked: Wording, query: Query, bbox: Box) -> Match:
    """Return what meets a question inside a box too."""
    found = matched(view, asked, query)
    return view.within(found, replace(Query(), bbox=bbox))


def cells(view: View, asked: Wording, query: Query, bbox: Box, grid: tuple[int, int]) -> Cells:
    """Count a question over a grid of (columns, rows) laid on a box (west < east)."""
    columns, rows = grid
    found = located(view, asked, query, bbox)
    base = view.base
    sums = _Sums(columns * rows)
    at = bits.rows(found.rows, base.count)
    for first in range(0, len(at), _STRETCH):
        part = at[first : first + _STRETCH]
        latitude, longitude = base["latitude_short"][part], base["longitude_short"][part]
        sums.add(_cell_of(latitude, longitude, bbox, grid), latitude, longitude, base["id"][part])
    if found.fresh:
        latitude = np.array([record.latitude for record in found.fresh], np.float32)
        longitude = np.array([record.longitude for record in found.fresh], np.float32)
        ids = np.array([record.id for record in found.fresh], np.int64)
        sums.add(_cell_of(latitude, longitude, bbox, grid), latitude, longitude, ids)
    used = np.flatnonzero(sums.count)
    return Cells(
        (used % columns).astype(np.int32),
        (used // columns).astype(np.int32),
        sums.count[used],
        sums.latitude[used] / sums.count[used],
        sums.longitude[used] / sums.count[used],
        sums.one[used],
    )


class _Sums:
    """Counts and sums by cell, gathered a stretch of rows at a time."""

    def __init__(self, size: int) -> None:
        self.count, self.one = np.zeros(size, np.int64), np.zeros(size, np.int64)
        self.latitude, self.longitude = np.zeros(size, np.float64), np.zeros(size, np.float64)

    def add(
        self,
        cell: NDArray[np.int64],
        latitude: NDArray[np.float32],
        longitude: NDArray[np.float32],
        ids: NDArray[np.int64],
    ) -> None:
        size = len(self.count)
        self.count += np.bincount(cell, minlength=size)
        self.latitude += np.bincount(cell, weights=latitude, minlength=size)
        self.longitude += np.bincount(cell, weights=longitude, minlength=size)
        self.one[cell] = ids


def _cell_of(
    latitude: NDArray[np.float32], longitude: NDArray[np.float32], bbox: Box, grid: tuple[int, int]
) -> NDArray[np.int64]:
    west, south, east, north = bbox
    return _steps(latitude, south, north, grid[1]) * grid[0] + _steps(longitude, west, east, grid[0])


def _steps(values: NDArray[np.float32], first: float, last: float, steps: int) -> NDArray[np.int64]:
    """Return in which of so many equal steps from first to last each value stands."""
    scaled = (values - np.float32(first)) * np.float32(steps / max(last - first, 1e-9))
    # A rounded border may fall a hair outside.
    return np.clip(scaled.astype(np.int64), 0, steps - 1)


def points(view: View, asked: Wording, query: Query, bbox: Box, limit: int) -> list[Found] | None:
    """Return the documents of a question inside a box by quality and name, or None above the limit."""
    found = located(view, asked, query, bbox)
    if found.total > limit:
        return None
    records = read(view, view.base["uid"][bits.rows(found.rows, view.base.count)].tolist()) + found.fresh
    records.sort(key=lambda record: (-record.quality, record.name, record.uid))
    near = query.near
    return [Found(record, distance_of(record, near) if near is not None else None) for record in records]


def everything(view: View, kind: str) -> Columns:
    """Return every positioned document of a kind."""
    kinds = frozenset({kind})
    rows = (
        bits.rows(view.alive & view.value_rows("kind", kinds), view.base.count)
        if view.base.count
        else np.zeros(0, np.int64)
    )
    rows = rows[~np.isnan(view.base["latitude"][rows])]
    fresh = [record for record in view.delta.values() if record.kind == kind and record.latitude is not None]
    return Columns(
        np.append(view.base["id"][rows], np.array([record.id for record in fresh], np.int64)),
        np.append(view.base["latitude"][rows], np.array([record.latitude for record in fresh], np.float64)),
        np.append(view.base["longitude"][rows], np.array([record.longitude for record in fresh], np.float64)),
    )
