"""What a map needs of any question: cells of a grid with counts and means, or the points themselves."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from maillage.search.engine import bits
from maillage.search.engine.counting import matched
from maillage.search.engine.question import Box, Cells, Columns, Query
from maillage.search.engine.ranking import Found, read
from maillage.search.engine.view import Match, View, distance_of
from maillage.search.engine.wording import Wording


def located(view: View, asked: Wording, query: Query, bbox: Box) -> Match:
    """Return what meets a question inside a box too."""
    found = matched(view, asked, query)
    return view.within(found, replace(Query(), bbox=bbox))


def cells(view: View, asked: Wording, query: Query, bbox: Box, grid: tuple[int, int]) -> Cells:
    """Count a question over a grid of (columns, rows) laid on a box (west < east)."""
    columns, rows = grid
    found = located(view, asked, query, bbox)
    base = view.base
    at = bits.rows(found.rows, base.count)
    latitude, longitude, ids = base["latitude"][at], base["longitude"][at], base["id"][at]
    if found.fresh:
        latitude = np.append(latitude, [record.latitude for record in found.fresh])
        longitude = np.append(longitude, [record.longitude for record in found.fresh])
        ids = np.append(ids, [record.id for record in found.fresh])
    west, south, east, north = bbox
    x = np.clip(((longitude - west) * (columns / max(east - west, 1e-12))).astype(np.int32), 0, columns - 1)
    y = np.clip(((latitude - south) * (rows / max(north - south, 1e-12))).astype(np.int32), 0, rows - 1)
    cell = (y * columns + x).astype(np.int64)
    size = columns * rows
    counts = np.bincount(cell, minlength=size)
    used = np.flatnonzero(counts)
    one = np.zeros(size, np.int64)
    one[cell] = ids
    return Cells(
        (used % columns).astype(np.int32),
        (used // columns).astype(np.int32),
        counts[used],
        np.bincount(cell, weights=latitude, minlength=size)[used] / counts[used],
        np.bincount(cell, weights=longitude, minlength=size)[used] / counts[used],
        one[used],
    )


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
