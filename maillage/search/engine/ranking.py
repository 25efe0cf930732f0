"""In which order rows come, for each sort; the story is told in docs/explanation/search.md.

Words: the window is the first rows by BM25, read again to weigh titles and quality; uid settles what is equal.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import tantivy
from numpy.typing import NDArray

from maillage.search.engine import bits, geography, wording
from maillage.search.engine.analysis import stem
from maillage.search.engine.documents import Record
from maillage.search.engine.question import MAX_ROWS, Query
from maillage.search.engine.view import Match, View, distance_of, wanted_filters
from maillage.search.engine.wording import Wording

WINDOW = 40
FEW = 1_500  # below, the matching documents themselves are named to Tantivy
TITLE_BONUS = 0.6
SAME_TITLE_BONUS = 0.4
QUALITY_BONUS = 0.25
_UNKNOWN = 1 << 25  # metres: farther than anywhere


@dataclass(frozen=True)
class Found:
    """A record in its order."""

    record: Record
    distance_km: float | None


def page_of(view: View, asked: Wording, found: Match, query: Query) -> list[Found]:
    """Return the rows of the page asked, at most up to MAX_ROWS."""
    first, last = query.first, min(query.first + query.size, MAX_ROWS)
    if first >= min(found.total, MAX_ROWS):
        return []
    if _is_scored(asked, query):
        records = _by_words(view, asked, found, query, last)
    else:
        records = _by_key(view, found, query, last)
    return [Found(record, _distance(record, query)) for record in records[first:last]]


def ids_of(view: View, asked: Wording, found: Match, query: Query, limit: int | None) -> list[int]:
    """Return the ids of all rows in order; beyond MAX_ROWS, rows come by quality and the newest changes last."""
    wanted = found.total if limit is None else min(limit, found.total)
    head = min(wanted, MAX_ROWS)
    if _is_scored(asked, query):
        ids = [record.id for record in _by_words(view, asked, found, query, head)[:head]] if head else []
    elif not found.fresh:
        return [int(number) for number in view.base["id"][_sorted_rows(view, found, query, wanted)]]
    else:
        ids = [record.id for record in _by_key(view, found, query, head)[:head]] if head else []
    if wanted > len(ids):
        seen = set(ids)
        rest = view.base["id"][_sorted_rows(view, found, query, found.total)].tolist()
        ids += [number for number in (*rest, *(record.id for record in found.fresh)) if number not in seen]
    return ids[:wanted]


def _is_scored(asked: Wording, query: Query) -> bool:
    return bool(asked.parts) and not _by_distance(query) and query.sort not in {"nom", "recent"}


def _by_distance(query: Query) -> bool:
    return query.sort == "distance" and query.near is not None


def _distance(record: Record, query: Query) -> float | None:
    return distance_of(record, query.near) if query.near is not None else None


# Sorts by a key: name, distance, date, or quality when nothing was typed


def _keys(view: View, rows: NDArray[np.int64], query: Query) -> NDArray[np.int64]:
    base = view.base
    if query.sort == "nom":
        return np.asarray(base["name_rank"][rows], dtype=np.int64)
    if query.sort == "recent":
        age = (1 << 34) - base["updated"][rows].astype(np.int64)
        return np.asarray((age << 24) + base["best_rank"][rows])
    if _by_distance(query) and query.near is not None:
        away = geography.distances_km(query.near, base["latitude"][rows], base["longitude"][rows]) * 1000
        metres = np.where(np.isnan(away), _UNKNOWN, away).astype(np.int64)
        return np.asarray((metres << 24) + base["name_rank"][rows])
    return np.asarray(base["best_rank"][rows], dtype=np.int64)


def _record_key(record: Record, query: Query) -> tuple[object, ...]:
    by_name = (record.name.encode()[:120], record.uid)
    if query.sort == "nom":
        return by_name
    if query.sort == "recent":
        return (-record.updated, -record.quality, *by_name)
    if _by_distance(query):
        away = _distance(record, query)
        return (_UNKNOWN if away is None else int(away * 1000), *by_name)
    return (-record.quality, *by_name)


def _sorted_rows(view: View, found: Match, query: Query, wanted: int) -> NDArray[np.int64]:
    rows = _nearest(view, found, query, wanted) if _by_distance(query) else _first(view, found, query, wanted)
    keys = _keys(view, rows, query)
    if wanted < len(rows):
        nearest = np.argpartition(keys, wanted)[:wanted]
        rows, keys = rows[nearest], keys[nearest]
    return np.asarray(rows[np.argsort(keys)])


def _first(view: View, found: Match, query: Query, wanted: int) -> NDArray[np.int64]:
    """Return rows among which the first wanted ones are: walk the kept order while the match is dense."""
    order = view.base[{"nom": "name_order", "recent": "recent_order"}.get(query.sort, "best_order")]
    count, size = view.base.count, bits.size(found.rows)
    stretch = 2 * (wanted + 50) * count // max(1, size)
    if stretch * 4 > count:
        return bits.rows(found.rows, count)
    flags = bits.flags(found.rows, count)
    while True:
        head = order[:stretch]
        kept = head[flags[head].view(np.bool_)]
        if len(kept) >= wanted or stretch >= count:
            return np.asarray(kept, dtype=np.int64)
        stretch *= 2


def _nearest(view: View, found: Match, query: Query, wanted: int) -> NDArray[np.int64]:
    """Return rows among which the nearest wanted ones are: look in growing boxes before looking everywhere."""
    assert query.near is not None
    base, size = view.base, bits.size(found.rows)
    if size > 50_000 and wanted * 8 < size and np.isfinite(query.near).all():
        for radius_km in (4.0, 30.0, 200.0):
            box = geography.box_around(query.near, radius_km)
            rows = np.flatnonzero(geography.inside(box, base["latitude"], base["longitude"]))
            rows = rows[bits.flags(found.rows, base.count)[rows].view(np.bool_)]
            away = geography.distances_km(query.near, base["latitude"][rows], base["longitude"][rows])
            if int((away <= radius_km).sum()) >= wanted:
                return np.asarray(rows[away <= radius_km])
    return bits.rows(found.rows, base.count)


def _by_key(view: View, found: Match, query: Query, last: int) -> list[Record]:
    rows = _sorted_rows(view, found, query, last)
    if not found.fresh:
        # Rows before the page are only counted: they need not be read.
        first = min(query.first, len(rows))
        filler: list[Record] = [_NOTHING] * first
        return filler + read(view, view.base["uid"][rows[first:]].tolist())
    records = read(view, view.base["uid"][rows].tolist())
    return sorted([*records, *found.fresh], key=lambda record: _record_key(record, query))[:last]


_NOTHING = Record(b'{"k":"","i":0,"t":"","n":"","u":"","q":0,"f":{}}')


def read(view: View, uids: Sequence[int]) -> list[Record]:
    """Return the records of these documents, in the same order."""
    known = {uid: view.delta[uid] for uid in uids if uid in view.delta}
    missing = [uid for uid in uids if uid not in known]
    if missing:
        hits = view.searcher.search(wording.known(missing), len(missing), count=False).hits
        for _, address in hits:
            stored = view.searcher.doc(address)["stored"][0]
            if stored:
                record = Record(bytes(stored))
                known[record.uid] = record
    return [known[uid] for uid in uids if uid in known]


# The sort by words


def _by_words(view: View, asked: Wording, found: Match, query: Query, last: int) -> list[Record]:
    wanted = max(last, WINDOW)
    hits = _scored_hits(view, asked, found, query, wanted)
    window = [(score, _record(view, address)) for score, address in hits[:WINDOW]]
    again = _weighed(asked, window)
    if last <= WINDOW:
        return again
    filler = [_NOTHING] * max(0, min(query.first, len(hits)) - len(again))
    start = len(again) + len(filler)
    return again + filler + [_record(view, address) for _, address in hits[start:last]]


def _record(view: View, address: tantivy.DocAddress) -> Record:
    return Record(bytes(view.searcher.doc(address)["stored"][0]))


def _scored_hits(
    view: View, asked: Wording, found: Match, query: Query, wanted: int
) -> list[tuple[float, tantivy.DocAddress]]:
    """Return the best hits that belong to the match, at least as many as wanted when there are."""
    scored = wording.scored(asked)
    everything = view.worded(asked).total
    wanted = min(wanted, found.total)
    if found.total == everything:
        return list(view.searcher.search(scored, wanted, count=False).hits)
    if found.total <= FEW:
        uids = view.base["uid"][bits.rows(found.rows, view.base.count)].tolist()
        uids += [record.uid for record in found.fresh]
        narrowed = wording.all_of([scored, wording.known(uids)])
        return list(view.searcher.search(narrowed, wanted, count=False).hits)
    narrowed = wording.all_of([scored, *_pushed(query)]) if found.total * 2 < everything else scored
    limit = wanted * 2
    while True:
        hits = view.searcher.search(narrowed, limit, count=False).hits
        kept = _members(view, found, hits)
        if len(kept) >= wanted or len(hits) < limit:
            return kept[:wanted]
        limit = max(limit * 2, min(everything, limit * wanted // max(1, len(kept)) + wanted))


def _pushed(query: Query) -> Iterable[tantivy.Query]:
    """Return filters that spare Tantivy from scoring what cannot be kept."""
    if query.kinds:
        yield wording.tagged("kind", query.kinds)
    for name, values in wanted_filters(query).items():
        yield wording.tagged(name, values)


def _members(
    view: View, found: Match, hits: list[tuple[float, tantivy.DocAddress]]
) -> list[tuple[float, tantivy.DocAddress]]:
    if not hits:
        return []
    uids = np.array(view.searcher.fast_field_values("uid", [address for _, address in hits]), np.uint64)
    fresh = {record.uid for record in found.fresh}
    allowed = np.array([uid in fresh for uid in uids.tolist()], np.bool_)
    if view.base.count:
        at = np.minimum(np.searchsorted(view.base["sorted_uid"], uids), view.base.count - 1)
        row = view.base["sorted_row"][at]
        is_row = (view.base["sorted_uid"][at] == uids) & bits.flags(found.rows, view.base.count)[row].astype(np.bool_)
        # A document of the delta that replaces a row is judged as a record, never by its dead row.
        allowed |= is_row
    return [hit for hit, keep in zip(hits, allowed.tolist(), strict=True) if keep]


def _weighed(asked: Wording, window: list[tuple[float, Record]]) -> list[Record]:
    """Read the window again: how much of the question stands in the title, and how complete the record is."""
    typed = " ".join(asked.words)

    def weight(score: float, record: Record) -> float:
        title = {stem(word) for word in record.name.split()}
        met = sum(any(title.issuperset(alternative) for alternative in part) for part in asked.parts)
        bonus = 1 + TITLE_BONUS * met / len(asked.parts) + QUALITY_BONUS * record.quality / 100
        return score * (bonus + (SAME_TITLE_BONUS if record.name == typed else 0.0))

    keyed = [
        (-round(weight(score, record), 4), -record.quality, record.name, record.uid, record) for score, record in window
    ]
    return [entry[-1] for entry in sorted(keyed, key=lambda entry: entry[:4])]
