"""Which documents meet a question, row by row, for a reader that keeps columns of its own (the map's tiles).

Words: as in `base` and `view`; a generation names one base, whose rows never change under that name.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from maillage.search.engine import bits
from maillage.search.engine.counting import tally
from maillage.search.engine.question import Columns, Query
from maillage.search.engine.view import View
from maillage.search.engine.wording import Wording


@dataclass(frozen=True)
class Matching:
    """The answer to a question, without order.

    total: exact, as in `Answer`; flags: one 0 or 1 for each row of the generation; fresh: the positioned
    documents that were written since, which meet the question too.
    """

    version: str
    generation: str
    total: int
    flags: NDArray[np.uint8]
    fresh: Columns


@dataclass(frozen=True)
class Positions:
    """Where the rows of a generation that are of one kind stand; those without a position are left out."""

    generation: str
    rows: NDArray[np.int64]
    ids: NDArray[np.int64]
    latitude: NDArray[np.float64]
    longitude: NDArray[np.float64]


def generation_of(view: View) -> str:
    """Return the name of the base of a view."""
    return f"{view.state.folder}.{view.state.epoch}"


def matching(view: View, asked: Wording, query: Query) -> Matching:
    """Return what meets a question in one view."""
    found = tally(view, asked, query)
    fresh = [record for record in found.match.fresh if record.latitude is not None]
    return Matching(
        version=view.state.version,
        generation=generation_of(view),
        total=found.total,
        flags=bits.flags(found.match.rows, view.base.count),
        fresh=Columns(
            np.array([record.id for record in fresh], np.int64),
            np.array([record.latitude for record in fresh], np.float64),
            np.array([record.longitude for record in fresh], np.float64),
        ),
    )


def positions(view: View, kind: str) -> Positions:
    """Return where the rows of a kind stand in the base of a view."""
    base = view.base
    line = base.plain_lines.get(("kind", kind))
    rows = np.zeros(0, np.int64) if line is None else bits.rows(np.asarray(base["plain"][line]), base.count)
    rows = rows[~np.isnan(base["latitude"][rows])]
    return Positions(
        generation=generation_of(view),
        rows=rows,
        ids=np.asarray(base["id"][rows], dtype=np.int64),
        latitude=np.asarray(base["latitude"][rows], dtype=np.float64),
        longitude=np.asarray(base["longitude"][rows], dtype=np.float64),
    )
