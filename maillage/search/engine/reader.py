"""The search as a process sees it: it opens the current index, notices a new commit, and answers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from threading import Lock

import numpy as np
import tantivy

from maillage.search.engine import counting, matching, places, ranking, schema, state, suggesting, wording
from maillage.search.engine.base import addresses
from maillage.search.engine.matching import Matching, Positions
from maillage.search.engine.question import Answer, Box, Cells, Columns, Query, Row, Suggestion
from maillage.search.engine.ranking import Found
from maillage.search.engine.view import View
from maillage.search.engine.wording import Wording

_ATTEMPTS = 3


class Engine:
    """Answers from the index in a folder; safe to share between threads; never raises for a missing index."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._lock = Lock()
        self._stamp: tuple[int, int, int] | None = None
        self._view: View | None = None
        self._index: tuple[str, tantivy.Index] | None = None

    def view(self) -> View | None:
        """Return the last commit, or None when there is no index that can be read. One stat when nothing moved."""
        if state.stamp(self.root) == self._stamp:
            return self._view
        with self._lock:
            stamp = state.stamp(self.root)
            if stamp != self._stamp:
                self._view = self._opened()
                self._stamp = stamp
            return self._view

    def _opened(self) -> View | None:
        # A rebuild may remove the folder between reading the state and opening it: then the state moved too.
        for _ in range(_ATTEMPTS):
            current = state.read(self.root)
            if current is None or current.schema != schema.VERSION:
                return None
            folder = self.root / current.folder
            try:
                if self._index is None or self._index[0] != current.folder:
                    self._index = (current.folder, schema.open_index(str(folder / "index")))
                index = self._index[1]
                index.reload()
                kept = self._view.base if self._view and self._view.state.folder == current.folder else None
                return View(index, folder, current, kept)
            except (OSError, ValueError, KeyError):
                self._index = None
        return None

    def version(self) -> str:
        """Return what changes whenever answers may change; "" without an index."""
        view = self.view()
        return view.state.version if view else ""

    def search(self, query: Query) -> Answer:
        """Answer a question; see `Query` and `Answer`."""
        view = self.view()
        if view is None:
            return Answer(state="missing")
        asked, mended = self._understood(view, query)
        counted = counting.tally(view, asked, query)
        found = ranking.page_of(view, asked, counted.match, query)
        return Answer(
            total=counted.total,
            rows=[row_of(one) for one in found],
            facets=counted.facets,
            open_count=counted.open_count,
            corrected_text=mended,
            is_shortened=asked.is_shortened,
            version=view.state.version,
        )

    def _understood(self, view: View, query: Query) -> tuple[Wording, str]:
        """Return the words to search, mended when the typed ones are found nowhere, and what they became."""
        asked = wording.read(query.text)
        if not asked.parts or view.worded(asked).total:
            return asked, ""
        mended = suggesting.corrected(view, asked.words)
        if mended:
            other = wording.read(mended)
            if view.worded(other).total:
                return replace(other, is_shortened=asked.is_shortened), mended
        return asked, ""

    def suggest(self, text: str, limit: int = 8, kinds: frozenset[str] = frozenset()) -> list[Suggestion]:
        """Complete what is being typed."""
        view = self.view()
        return suggesting.suggest(view, text, limit, kinds) if view else []

    def matching_ids(self, query: Query, limit: int | None = None) -> list[int]:
        """Return the ids of all that meets a question, in its order."""
        view = self.view()
        if view is None:
            return []
        asked, _ = self._understood(view, query)
        return ranking.ids_of(view, asked, counting.matched(view, asked, query), query, limit)

    def map_cells(self, query: Query, bbox: Box, columns: int = 64, rows: int = 64) -> Cells:
        """Count a question over a grid laid on a box."""
        view = self.view()
        if view is None:
            whole, real = np.zeros(0, np.int64), np.zeros(0, np.float64)
            return Cells(whole.astype(np.int32), whole.astype(np.int32), whole, real, real, whole)
        asked, _ = self._understood(view, query)
        return places.cells(view, asked, query, bbox, (columns, rows))

    def points(self, query: Query, bbox: Box, limit: int = 500) -> list[Row] | None:
        """Return the documents of a question inside a box, or None when there are more than limit."""
        view = self.view()
        if view is None:
            return []
        asked, _ = self._understood(view, query)
        found = places.points(view, asked, query, bbox, limit)
        return None if found is None else [row_of(one) for one in found]

    def everything(self, kind: str) -> Columns:
        """Return every positioned document of a kind."""
        view = self.view()
        if view is None:
            return Columns(np.zeros(0, np.int64), np.zeros(0, np.float64), np.zeros(0, np.float64))
        return places.everything(view, kind)

    def matching(self, query: Query) -> Matching | None:
        """Return which rows meet a question, or None without an index."""
        view = self.view()
        if view is None:
            return None
        asked, _ = self._understood(view, query)
        return matching.matching(view, asked, replace(query, with_facets=False))

    def positions(self, kind: str) -> Positions | None:
        """Return where the rows of a kind stand, or None without an index."""
        view = self.view()
        return None if view is None else matching.positions(view, kind)

    def fingerprints(self) -> dict[int, int]:
        """Return the fingerprint of every document by its uid; for checks."""
        view = self.view()
        found: dict[int, int] = {}
        if view is None:
            return found
        living = tantivy.Query.boolean_query(
            [
                (tantivy.Occur.Must, tantivy.Query.all_query()),
                (tantivy.Occur.MustNot, tantivy.Query.term_query(schema.schema(), "tag", schema.GONE, "basic")),
            ]
        )
        for hits, uids in addresses(view.searcher, living, view.searcher.num_docs):
            prints = view.searcher.fast_field_values("print", hits)
            found.update(zip(uids.tolist(), (int(value or 0) for value in prints), strict=True))
        return found


def row_of(found: Found) -> Row:
    """Return what a screen shows of a record."""
    record = found.record
    return Row(
        key=record.key,
        kind=record.kind,
        id=record.id,
        title=record.title,
        url=record.url,
        payload=record.payload,
        latitude=record.latitude,
        longitude=record.longitude,
        distance_km=found.distance_km,
    )
