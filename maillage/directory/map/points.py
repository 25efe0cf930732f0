"""The points that meet a question, in the order of their keys, kept for the tiles that will be asked next.

Words: as in the package. A question is counted as the list counts it: by the same search, at the same edition.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from maillage.directory.map.columns import Columns, columns_of
from maillage.directory.map.mercator import SIDE as WORLD
from maillage.directory.map.mercator import Keys, keys, unweave
from maillage.search import queries as search
from maillage.search.engine import Query
from maillage.search.engine.matching import Matching

FORMAT = "1"  # of the tiles: a new one makes every address new
MEMO_BYTES = 96_000_000
_ATTEMPTS = 3


@dataclass(frozen=True)
class Points:
    """keys ascending and the organisation of each; total: what the list says, those without a position included."""

    edition: str
    total: int
    keys: Keys
    ids: NDArray[np.int64]

    @property
    def placed(self) -> int:
        """How many stand on the map."""
        return len(self.keys)

    def extent(self) -> tuple[float, float, float, float] | None:
        """West, north, east, south of all points, as shares of the world's square (0 to 1); None without a point."""
        if not self.placed:
            return None
        x, y = unweave(np.asarray(self.keys))
        return tuple(float(side) / WORLD for side in (x.min(), y.min(), x.max(), y.max()))  # type: ignore[return-value]


NOWHERE = Points("", 0, np.zeros(0, np.uint64), np.zeros(0, np.int64))


class _Memo:
    """The points of the last questions; bounded in bytes, safe between threads, lost without harm."""

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self._lock = Lock()
        self._kept: OrderedDict[Hashable, tuple[int, Points]] = OrderedDict()

    def get(self, key: Hashable) -> Points | None:
        with self._lock:
            found = self._kept.get(key)
            if found is None:
                return None
            self._kept.move_to_end(key)
            return found[1]

    def put(self, key: Hashable, points: Points, size: int) -> None:
        with self._lock:
            self._kept[key] = (size, points)
            while len(self._kept) > 1 and sum(kept for kept, _ in self._kept.values()) > self.most_bytes:
                self._kept.popitem(last=False)


_memo = _Memo(MEMO_BYTES)


def edition_of(query: Query) -> str:
    """Name the state of the answers to a question: it changes with the index, and with the hour when hours count."""
    hour = f".{query.now_slot}" if query.is_open_only else ""
    return f"{FORMAT}.{search.version()}{hour}"


def points_of(query: Query) -> Points:
    """Give the points of a question; none without an index."""
    for _ in range(_ATTEMPTS):
        edition = edition_of(query)
        key = (edition, *_asked(query))
        kept = _memo.get(key)
        if kept is not None:
            return kept
        matching = search.engine().matching(_bare(query))
        if matching is None:
            return NOWHERE
        try:
            columns = columns_of(matching.generation)
        except LookupError:
            # The index was rebuilt between the two: ask again.
            continue
        points = pick(matching, columns, edition)
        is_shared = points.keys is columns.keys
        _memo.put(key, points, 256 if is_shared else points.keys.nbytes + points.ids.nbytes)
        return points
    return NOWHERE


def pick(matching: Matching, columns: Columns, edition: str) -> Points:
    """Keep the points that meet a question; fresh ones take their place in the order."""
    flags = matching.flags.take(columns.rows).view(np.bool_)
    count = int(np.count_nonzero(flags))
    found_keys, found_ids = columns.keys, columns.ids
    if count != len(flags):
        at = np.flatnonzero(flags)
        found_keys, found_ids = columns.keys[at], columns.ids[at]
    if len(matching.fresh.ids):
        fresh = keys(matching.fresh.latitude, matching.fresh.longitude)
        order = np.argsort(fresh, kind="stable")
        places = np.searchsorted(found_keys, fresh[order])
        found_keys = np.insert(found_keys, places, fresh[order])
        found_ids = np.insert(found_ids, places, matching.fresh.ids[order])
    return Points(edition, matching.total, found_keys, found_ids)


def _asked(query: Query) -> tuple[Hashable, ...]:
    filters = tuple(sorted((name, tuple(sorted(values))) for name, values in query.filters.items() if values))
    circle = (query.near, query.radius_km) if query.radius_km is not None else None
    return query.text, query.kinds, filters, query.bbox, circle, query.is_open_only


def _bare(query: Query) -> Query:
    """The question without what changes no total: sort, page, facets, and the hour unless it filters."""
    return Query(
        text=query.text,
        kinds=query.kinds,
        filters=query.filters,
        bbox=query.bbox,
        near=query.near if query.radius_km is not None else None,
        radius_km=query.radius_km,
        now_slot=query.now_slot if query.is_open_only else None,
        is_open_only=query.is_open_only,
        with_facets=False,
    )
