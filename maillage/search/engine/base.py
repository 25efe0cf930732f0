"""The base: columns and sets of rows drawn from one commit of the index, which make counting fast.

Tantivy matches and scores; totals, facet counts, boxes, circles, sorts and map cells are counted here, in
numpy, over all matching rows at once. The base is derived: it is made from the index alone, by the writer,
and can be made again at any time. What was written after it is the delta (see `view`), counted one by one.

Words: a row is a document of the base; rows stand by place (department, CC, commune) so that the rows of a
place are neighbours; a spot is one combination of places; a frequent term has its set of rows ready.
"""

from __future__ import annotations

import json
import shutil
from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import tantivy
from numpy.typing import NDArray

from maillage.search.engine import bits
from maillage.search.engine.documents import PLACE_FACETS, PLAIN_FACETS, SLOTS, Record
from maillage.search.engine.schema import schema
from maillage.search.engine.typos import Typos

CHUNK = 100_000  # documents whose addresses are held at once
FREQUENT_SHARE = 700  # a term of more than one document in so many has its set of rows kept
FREQUENT_LEAST = 256
UID_LIMIT = 1 << 63

Columns = dict[str, NDArray[Any]]
_COLUMNS = (
    "uid",
    "sorted_uid",
    "sorted_row",
    "id",
    "kind",
    "latitude",
    "longitude",
    "latitude_short",
    "longitude_short",
    "updated",
    "name_rank",
    "best_rank",
    "name_order",
    "best_order",
    "recent_order",
    "schedule",
    "schedules",
    "starts",
    "plain",
    "terms",
    *(f"{name}_{what}" for name in PLACE_FACETS for what in ("spot", "value")),
)


@dataclass(frozen=True)
class Base:
    """Columns by row, loaded by mapping files into memory."""

    epoch: int
    count: int
    columns: Columns
    kinds: list[str]
    plain_lines: dict[tuple[str, str], int]
    place_values: dict[str, list[str]]
    term_lines: dict[str, int]
    typos: Typos
    _place_numbers: dict[str, dict[str, int]] = field(default_factory=dict)

    def __getitem__(self, column: str) -> NDArray[Any]:
        return self.columns[column]

    @cached_property
    def extent(self) -> tuple[float, float, float, float] | None:
        """The box of all positions, as `question.Box`; None when there are none or some are unknown."""
        latitude, longitude = self["latitude"], self["longitude"]
        if not self.count or np.isnan(latitude).any():
            return None
        return float(longitude.min()), float(latitude.min()), float(longitude.max()), float(latitude.max())

    def rows_of(self, uids: NDArray[np.uint64]) -> NDArray[np.int64]:
        """Return the rows of these documents, without those the base does not know."""
        if not self.count or not len(uids):
            return np.zeros(0, np.int64)
        at = np.minimum(np.searchsorted(self["sorted_uid"], uids), self.count - 1)
        known = self["sorted_uid"][at] == uids
        return np.asarray(self["sorted_row"][at[known]], dtype=np.int64)

    def place_number(self, name: str, value: str) -> int | None:
        """Return the number of a value of a place facet."""
        if name not in self._place_numbers:
            self._place_numbers[name] = {text: at for at, text in enumerate(self.place_values[name])}
        return self._place_numbers[name].get(value)


def empty(epoch: int) -> Base:
    """Return the base of an index that has none yet: everything is in the delta."""
    nothing: Columns = {name: np.zeros(0, np.int64) for name in _COLUMNS}
    for name in ("uid", "sorted_uid"):
        nothing[name] = np.zeros(0, np.uint64)
    for name in ("plain", "terms"):
        nothing[name] = np.zeros((0, 0), np.uint64)
    nothing["schedules"] = np.zeros((1, SLOTS // 8), np.uint8)
    return Base(epoch, 0, nothing, [], {}, {name: [] for name in PLACE_FACETS}, {}, Typos.build([]))


def load(folder: Path, epoch: int) -> Base:
    """Map a base into memory. Raises OSError or ValueError when it is missing or broken."""
    if epoch == 0:
        return empty(0)
    here = folder / f"base-{epoch}"
    about = json.loads((here / "about.json").read_bytes())
    columns: Columns = {}
    for name in _COLUMNS:
        # A plain array over the mapped file: numpy's own class for it makes every small step slower.
        columns[name] = np.asarray(np.load(here / f"{name}.npy", mmap_mode="r"))
    return Base(
        epoch,
        about["count"],
        columns,
        about["kinds"],
        {(name, value): at for at, (name, value) in enumerate(about["plain"])},
        about["places"],
        {term: at for at, term in enumerate(about["terms"])},
        Typos.load(here),
    )


def addresses(
    searcher: tantivy.Searcher, query: tantivy.Query, expected: int
) -> Iterator[tuple[list[tantivy.DocAddress], NDArray[np.uint64]]]:
    """Yield all documents of a query with their uids, some CHUNK at a time so that memory stays small."""
    pieces = max(1, -(-expected // CHUNK))
    for piece in range(pieces):
        part = query
        if pieces > 1:
            part = tantivy.Query.boolean_query(
                [
                    (tantivy.Occur.Must, query),
                    (tantivy.Occur.Must, _uids_between(piece, pieces)),
                ]
            )
        hits = searcher.search(part, max(1, min(expected, 2 * CHUNK)), count=False).hits
        found = [address for _, address in hits]
        yield found, np.array(searcher.fast_field_values("uid", found), np.uint64)


def _uids_between(piece: int, pieces: int) -> tantivy.Query:
    first, after = UID_LIMIT * piece // pieces, UID_LIMIT * (piece + 1) // pieces
    between = tantivy.Query.range_query(schema(), "uid", tantivy.FieldType.Unsigned, first, after - 1)
    return tantivy.Query.const_score_query(between, 0.0)


class _Draft:
    """Columns as they are gathered, in the order documents are read."""

    def __init__(self) -> None:
        self.uid, self.id, self.updated = array("Q"), array("q"), array("q")
        self.latitude, self.longitude = array("d"), array("d")
        self.kind, self.quality, self.schedule, self.spot = array("q"), array("q"), array("q"), array("q")
        self.kinds: dict[str, int] = {}
        self.schedules: dict[int, int] = {0: 0}
        self.spots: dict[tuple[tuple[str, ...], ...], int] = {}
        self.plain: dict[tuple[str, str], array[int]] = {}
        self.names: list[bytes] = []

    def add(self, record: Record) -> None:
        row = len(self.uid)
        self.uid.append(record.uid)
        self.id.append(record.id)
        self.updated.append(record.updated)
        self.latitude.append(float("nan") if record.latitude is None else record.latitude)
        self.longitude.append(float("nan") if record.longitude is None else record.longitude)
        self.kind.append(self.kinds.setdefault(record.kind, len(self.kinds)))
        self.quality.append(record.quality)
        self.schedule.append(self.schedules.setdefault(record.slots, len(self.schedules)))
        spot = tuple(tuple(record.facets.get(name, ())) for name in ("department", "cc", "commune"))
        self.spot.append(self.spots.setdefault(spot, len(self.spots)))
        self._file("kind", record.kind, row)
        for name in PLAIN_FACETS:
            for value in record.facets.get(name, ()):
                self._file(name, value, row)
        self.names.append(record.name.encode()[:120])

    def _file(self, name: str, value: str, row: int) -> None:
        rows = self.plain.get((name, value))
        if rows is None:
            rows = self.plain[name, value] = array("q")
        rows.append(row)


def _ranks(order: NDArray[np.int64]) -> NDArray[np.int32]:
    ranks = np.empty(len(order), np.int32)
    ranks[order] = np.arange(len(order), dtype=np.int32)
    return ranks


def _places(draft: _Draft, spots: list[tuple[tuple[str, ...], ...]], columns: Columns) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for at, name in enumerate(("department", "cc", "commune")):
        values = sorted({value for spot in spots for value in spot[at]})
        numbers = {value: number for number, value in enumerate(values)}
        pairs = [(number, numbers[value]) for number, spot in enumerate(spots) for value in spot[at]]
        columns[f"{name}_spot"] = np.array([spot for spot, _ in pairs], np.int64)
        columns[f"{name}_value"] = np.array([value for _, value in pairs], np.int64)
        found[name] = values
    return found


def _columns(draft: _Draft) -> tuple[Columns, dict[str, list[str]]]:
    count = len(draft.uid)
    uid = np.array(draft.uid, np.uint64)
    spots = sorted(draft.spots)
    renumbered = np.empty(len(spots), np.int64)
    for number, spot in enumerate(spots):
        renumbered[draft.spots[spot]] = number
    by_row = renumbered[np.array(draft.spot, np.int64)] if count else np.zeros(0, np.int64)
    order = np.lexsort((uid, by_row))
    names = np.array(draft.names or [b""], dtype=np.bytes_)[:count]
    columns: Columns = {"uid": uid[order]}
    columns["sorted_row"] = np.argsort(columns["uid"]).astype(np.int32)
    columns["sorted_uid"] = columns["uid"][columns["sorted_row"]]
    for name in ("id", "updated", "latitude", "longitude"):
        columns[name] = np.array(getattr(draft, name))[order]
    for name in ("latitude", "longitude"):
        # Half the memory to move when a map sums a million points; half a metre of error.
        columns[f"{name}_short"] = columns[name].astype(np.float32)
    columns["kind"] = np.array(draft.kind, np.uint8)[order]
    columns["schedule"] = np.array(draft.schedule, np.int32)[order]
    columns["schedules"] = np.frombuffer(
        b"".join(slots.to_bytes(SLOTS // 8, "little") for slots in draft.schedules), np.uint8
    ).reshape(-1, SLOTS // 8)
    quality = np.array(draft.quality, np.int64)
    columns["name_rank"] = _ranks(np.lexsort((uid, names)))[order]
    columns["best_rank"] = _ranks(np.lexsort((uid, names, -quality)))[order]
    columns["name_order"] = np.argsort(columns["name_rank"]).astype(np.int32)
    columns["best_order"] = np.argsort(columns["best_rank"]).astype(np.int32)
    columns["recent_order"] = np.lexsort((columns["best_rank"], -columns["updated"])).astype(np.int32)
    columns["starts"] = np.searchsorted(by_row[order], np.arange(len(spots)))
    places = _places(draft, spots, columns)
    position = _ranks(order)
    columns["plain"] = np.array(
        [bits.of_rows(position[np.array(rows)], count) for _, rows in sorted(draft.plain.items())], np.uint64
    ).reshape(len(draft.plain), bits.width(count))
    return columns, places


def _frequent_terms(
    searcher: tantivy.Searcher, base: Base, report: Callable[[int, int], None]
) -> tuple[list[str], NDArray[np.uint64]]:
    least = max(FREQUENT_LEAST, base.count // FREQUENT_SHARE)
    chosen = [(term, uses) for term, uses in searcher.terms_with_prefix("text", "") if uses >= least]
    lines = np.zeros((len(chosen), bits.width(base.count)), np.uint64)
    for line, (term, uses) in enumerate(chosen):
        query = tantivy.Query.term_query(schema(), "text", term, "basic")
        for _, uids in addresses(searcher, query, uses):
            lines[line] |= bits.of_rows(base.rows_of(uids), base.count)
        report(line + 1, len(chosen))
    return [term for term, _ in chosen], lines


def build(
    searcher: tantivy.Searcher, folder: Path, epoch: int, report: Callable[[str, int, int], None] | None = None
) -> None:
    """Make the base of this epoch from all the documents of a searcher, and write it to its folder.

    report: called with a stage ("columns" or "terms"), how far it is and how far it goes.
    """
    tell = report or (lambda _stage, _done, _total: None)
    draft = _Draft()
    for found, _ in addresses(searcher, tantivy.Query.all_query(), searcher.num_docs):
        for address in found:
            stored = searcher.doc(address)["stored"][0]
            if stored:
                draft.add(Record(bytes(stored)))
        tell("columns", len(draft.uid), searcher.num_docs)
    columns, places = _columns(draft)
    plain = sorted(draft.plain)
    count = len(draft.uid)
    kinds = list(draft.kinds)
    del draft
    bare = Base(epoch, count, columns, kinds, {}, places, {}, Typos.build([]))
    terms, columns["terms"] = _frequent_terms(searcher, bare, lambda at, of: tell("terms", at, of))
    draft_folder = folder / f"base-{epoch}.new"
    shutil.rmtree(draft_folder, ignore_errors=True)
    draft_folder.mkdir(parents=True)
    for name in _COLUMNS:
        np.save(draft_folder / f"{name}.npy", columns[name])
    Typos.build(searcher.terms_with_prefix("words", "")).save(draft_folder)
    about = {"count": count, "kinds": kinds, "plain": plain, "places": places, "terms": terms}
    (draft_folder / "about.json").write_text(json.dumps(about), encoding="utf-8")
    final = folder / f"base-{epoch}"
    shutil.rmtree(final, ignore_errors=True)
    draft_folder.rename(final)
