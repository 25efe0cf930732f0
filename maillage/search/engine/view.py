"""One commit of the index, frozen: its searcher, its base and its delta; which documents a question matches.

Words: the delta holds, as records, the documents written after the base was made; rows of the base whose
document has since changed or gone are not alive. A match is a set of rows and a list of records.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import partial
from math import isfinite
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

import numpy as np
import tantivy

from maillage.search.engine import base as bases
from maillage.search.engine import bits, geography, wording
from maillage.search.engine.base import Base
from maillage.search.engine.bits import Bits
from maillage.search.engine.documents import FACETS, PLACE_FACETS, SLOTS, Record
from maillage.search.engine.question import Box, Query
from maillage.search.engine.schema import schema
from maillage.search.engine.state import State
from maillage.search.engine.synonyms import Part
from maillage.search.engine.wording import Wording

Kept = TypeVar("Kept")
HALF_EARTH_KM = 20_040.0


class Shelf:
    """Keeps the last results of a view; thread-safe, and gone with the view."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._lock = Lock()
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], Kept]) -> Kept:
        """Return what is kept under a key, made when it is not."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                found: Kept = self._kept[key]
                return found
        made = make()
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > self._size:
                self._kept.popitem(last=False)
        return made


@dataclass(frozen=True)
class Match:
    """The documents that meet a question: rows of the base as bits, and records of the delta."""

    rows: Bits
    fresh: list[Record]

    @property
    def total(self) -> int:
        return bits.size(self.rows) + len(self.fresh)


class View:
    """One commit, read by any number of threads."""

    def __init__(self, index: tantivy.Index, folder: Path, state: State, base: Base | None = None) -> None:
        """Read the delta of a commit. Raises OSError or ValueError when the base cannot be read."""
        self.state = state
        self.searcher = index.searcher()
        self.base = base if base is not None and base.epoch == state.epoch else bases.load(folder, state.epoch)
        self.delta: dict[int, Record] = {}
        uids = self._read_delta()
        dead = bits.of_rows(self.base.rows_of(uids), self.base.count)
        self.alive: Bits = bits.full(self.base.count) & ~dead
        self.counts = Shelf(256)
        self._terms = Shelf(512)
        self._filters = Shelf(64)

    def _read_delta(self) -> Any:
        query = tantivy.Query.term_query(schema(), "epoch", self.state.epoch, "basic")
        expected = self.searcher.doc_freq("epoch", self.state.epoch)
        if not expected:
            return np.zeros(0, np.uint64)
        hits = self.searcher.search(query, expected, count=False).hits
        found = [address for _, address in hits]
        for address in found:
            stored = self.searcher.doc(address)["stored"][0]
            if stored:
                record = Record(bytes(stored))
                self.delta[record.uid] = record
        return np.array(self.searcher.fast_field_values("uid", found), np.uint64)

    @property
    def count(self) -> int:
        """How many documents there are."""
        return bits.size(self.alive) + len(self.delta)

    # Words

    def _term_rows(self, term: str) -> Bits:
        line = self.base.term_lines.get(term)
        if line is not None:
            return np.asarray(self.base["terms"][line])
        rows = self._terms.get(term, lambda: self._rare_rows(term))
        return bits.of_rows(rows, self.base.count)

    def _rare_rows(self, term: str) -> Any:
        uses = self.searcher.doc_freq("text", term)
        if not uses:
            return np.zeros(0, np.int64)
        query = tantivy.Query.term_query(schema(), "text", term, "basic")
        found = [self.base.rows_of(uids) for _, uids in bases.addresses(self.searcher, query, uses)]
        return np.concatenate(found)

    def _part_rows(self, part: Part) -> Bits:
        met: Bits | None = None
        for alternative in part:
            rows = self._term_rows(alternative[0])
            for term in alternative[1:]:
                rows = rows & self._term_rows(term)
            met = rows if met is None else met | rows
        assert met is not None
        return met

    def worded(self, asked: Wording) -> Match:
        """Return what meets the words alone."""
        return self.counts.get(("words", asked.parts, asked.is_asked), lambda: self._worded(asked))

    def _worded(self, asked: Wording) -> Match:
        if not asked.is_asked:
            return Match(self.alive, list(self.delta.values()))
        if not asked.parts:
            return Match(np.zeros_like(self.alive), [])
        rows = self.alive
        if self.base.count:
            for part in asked.parts:
                rows = rows & self._part_rows(part)
        fresh: list[Record] = []
        if self.delta:
            recent = tantivy.Query.term_query(schema(), "epoch", self.state.epoch, "basic")
            query = wording.all_of([wording.scored(asked), wording.unscored(recent)])
            hits = self.searcher.search(query, len(self.delta), count=False).hits
            uids = self.searcher.fast_field_values("uid", [address for _, address in hits])
            fresh = [self.delta[uid] for uid in uids if isinstance(uid, int) and uid in self.delta]
        return Match(rows, fresh)

    # Facets

    def value_rows(self, name: str, values: frozenset[str]) -> Bits:
        """Return the rows that have any of these values of a facet (or kind)."""
        return self._filters.get((name, values), lambda: self._value_rows(name, values))

    def _value_rows(self, name: str, values: frozenset[str]) -> Bits:
        base = self.base
        if name in PLACE_FACETS:
            numbers = [base.place_number(name, value) for value in values]
            wanted = np.isin(base[f"{name}_value"], [number for number in numbers if number is not None])
            spots = np.zeros(len(base["starts"]), np.bool_)
            spots[base[f"{name}_spot"][wanted]] = True
            lengths = np.diff(np.append(base["starts"], base.count))
            return bits.pack(np.repeat(spots, lengths))
        rows = np.zeros_like(self.alive)
        for value in values:
            line = base.plain_lines.get((name, value))
            if line is not None:
                rows |= base["plain"][line]
        return rows

    # Places and hours

    def _kept_rows(self, rows: Bits, keep: Callable[[Any], Any]) -> Bits:
        """Return the rows that a test on row numbers keeps; keep is given row numbers or the whole slice."""
        count = self.base.count
        if bits.size(rows) * 8 < count:
            numbers = bits.rows(rows, count)
            return bits.of_rows(numbers[keep(numbers)], count)
        return rows & bits.pack(np.asarray(keep(slice(None))))

    def within(self, found: Match, query: Query) -> Match:
        """Return what of a match lies in the box and the circle asked."""
        boxes = [box for box in (query.bbox,) if box is not None]
        circle = query.near if query.radius_km is not None else None
        if circle is not None and query.radius_km is not None:
            boxes.append(geography.box_around(circle, min(query.radius_km, HALF_EARTH_KM)))
        latitude, longitude = self.base["latitude"], self.base["longitude"]
        rows, fresh = found.rows, found.fresh
        if not all(map(isfinite, (*(number for box in boxes for number in box), *(query.near or ())))):
            return Match(np.zeros_like(rows), [])
        for box in boxes:
            if not _holds(box, self.base.extent):
                rows = self._kept_rows(rows, partial(_in_box, box, latitude, longitude))
            fresh = [record for record in fresh if _inside(record, box)]
        if circle is not None:
            limit = query.radius_km or 0.0
            numbers = bits.rows(rows, self.base.count)
            near = geography.distances_km(circle, latitude[numbers], longitude[numbers]) <= limit
            rows = bits.of_rows(numbers[near], self.base.count)
            fresh = [
                record
                for record in fresh
                if (distance := distance_of(record, circle)) is not None and distance <= limit
            ]
        return Match(rows, fresh)

    def opened(self, found: Match, slot: int) -> Match:
        """Return what of a match is open in a slot of the week; nothing for a slot that does not exist."""
        if not 0 <= slot < SLOTS:
            return Match(np.zeros_like(found.rows), [])
        is_open = (self.base["schedules"][:, slot // 8] >> (slot % 8) & 1).astype(np.bool_)
        rows = self._kept_rows(found.rows, lambda at: is_open[self.base["schedule"][at]])
        return Match(rows, [record for record in found.fresh if record.slots >> slot & 1])


def distance_of(record: Record, near: tuple[float, float]) -> float | None:
    """Return how far a record lies, in km, or None when its position is not known."""
    if record.latitude is None or record.longitude is None:
        return None
    return geography.distance_km(near, record.latitude, record.longitude)


def _holds(box: Box, extent: Box | None) -> bool:
    """Tell whether nothing of the base lies outside a box, so that no row need be looked at."""
    if extent is None:
        return False
    return box[0] <= extent[0] and box[1] <= extent[1] and box[2] >= extent[2] and box[3] >= extent[3]


def _in_box(box: Box, latitude: Any, longitude: Any, at: Any) -> Any:
    return geography.inside(box, latitude[at], longitude[at])


def _inside(record: Record, box: Box) -> bool:
    if record.latitude is None or record.longitude is None:
        return False
    return bool(geography.inside(box, np.array([record.latitude]), np.array([record.longitude]))[0])


def has_any(record: Record, name: str, values: frozenset[str]) -> bool:
    """Tell whether a record has any of these values of a facet (or kind)."""
    if name == "kind":
        return record.kind in values
    return not values.isdisjoint(record.facets.get(name, ()))


def wanted_filters(query: Query) -> dict[str, frozenset[str]]:
    """Return the facets that a question really filters."""
    return {name: frozenset(values) for name, values in query.filters.items() if name in FACETS and values}
