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
LEAST_BYTES = 1_000
_ATTEMPTS = 3


@dataclass(frozen=True)
class Layer:
    """Some points in the order of their keys: those at `chosen` ranks of sorted columns, or all of them."""

    keys: Keys
    ids: NDArray[np.int64]
    chosen: NDArray[np.intp] | None = None

    def __len__(self) -> int:
        return len(self.keys) if self.chosen is None else len(self.chosen)

    def places_of(self, edges: Keys) -> NDArray[np.intp]:
        """Give how many points of the layer come before each of these keys."""
        before = np.searchsorted(self.keys, edges)
        # Among the ranks that were chosen: no key has to be copied, however many were.
        return before if self.chosen is None else np.searchsorted(self.chosen, before)

    def keys_at(self, places: NDArray[np.intp]) -> Keys:
        """Give the keys of the points at these places of the layer."""
        return np.asarray(self.keys[places if self.chosen is None else self.chosen[places]])

    def ids_at(self, places: NDArray[np.intp]) -> NDArray[np.int64]:
        """Give the organisations at these places of the layer."""
        return np.asarray(self.ids[places if self.chosen is None else self.chosen[places]])


@dataclass(frozen=True)
class Points:
    """The answer to a question on the map. total: what the list says, those without a position included.

    layers: the points of the index's last base, then those written since.
    """

    edition: str
    total: int
    layers: tuple[Layer, ...] = ()

    @property
    def placed(self) -> int:
        """How many stand on the map."""
        return sum(map(len, self.layers))

    def extent(self) -> tuple[float, float, float, float] | None:
        """West, north, east, south of all points, as shares of the world's square (0 to 1); None without a point."""
        found = np.concatenate(
            [layer.keys_at(np.arange(len(layer))) for layer in self.layers] or [np.zeros(0, np.uint64)]
        )
        if not len(found):
            return None
        x, y = unweave(found)
        return tuple(float(side) / WORLD for side in (x.min(), y.min(), x.max(), y.max()))  # type: ignore[return-value]


NOWHERE = Points("", 0)


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

    def clear(self) -> None:
        with self._lock:
            self._kept.clear()


_memo = _Memo(MEMO_BYTES)


def forget() -> None:
    """Let go of every kept answer: a measure starts from nothing."""
    _memo.clear()


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
        _memo.put(
            key, points, LEAST_BYTES + sum(layer.chosen.nbytes for layer in points.layers if layer.chosen is not None)
        )
        return points
    return NOWHERE


def pick(matching: Matching, columns: Columns, edition: str) -> Points:
    """Keep the points that meet a question."""
    flags = matching.flags.take(columns.rows).view(np.bool_)
    is_whole = bool(flags.all())
    layers = [Layer(columns.keys, columns.ids, None if is_whole else np.flatnonzero(flags))]
    if len(matching.fresh.ids):
        fresh = keys(matching.fresh.latitude, matching.fresh.longitude)
        order = np.lexsort((matching.fresh.ids, fresh))
        layers.append(Layer(fresh[order], matching.fresh.ids[order]))
    return Points(edition, matching.total, tuple(layers))


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
