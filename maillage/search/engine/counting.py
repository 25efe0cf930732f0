"""Totals and facet counts of a question, exact, kept for as long as their view lives."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from maillage.search.engine import bits
from maillage.search.engine.documents import FACETS, PLACE_FACETS, Record
from maillage.search.engine.question import Query
from maillage.search.engine.view import Match, View, has_any, wanted_filters
from maillage.search.engine.wording import Wording

FACET_LIMIT = 300  # values listed for one facet; a list of 35 000 communes helps nobody
FEW_SHARE = 128  # below one row in so many, rows are looked up one by one

Counts = dict[str, list[tuple[str, int]]]


@dataclass(frozen=True)
class Tally:
    """What a question matches, and its counts."""

    match: Match
    total: int
    facets: Counts
    open_count: int | None


def tally(view: View, asked: Wording, query: Query) -> Tally:
    """Return the match and counts of a question, whatever its page and sort."""
    key = (
        asked.parts,
        asked.is_asked,
        query.kinds,
        tuple(sorted(wanted_filters(query).items(), key=lambda item: item[0])),
        query.bbox,
        query.near if query.radius_km is not None else None,
        query.radius_km,
        query.now_slot,
        query.is_open_only,
        query.with_facets,
    )
    return view.counts.get(key, lambda: _tally(view, asked, query))


def matched(view: View, asked: Wording, query: Query) -> Match:
    """Return what meets a question, without counting its facets."""
    found = _ground(view, asked, query)
    for name, values in wanted_filters(query).items():
        found = _filtered(view, found, name, values)
    if query.is_open_only and query.now_slot is not None:
        found = view.opened(found, query.now_slot)
    return found


def _ground(view: View, asked: Wording, query: Query) -> Match:
    found = view.worded(asked)
    if query.kinds:
        found = _filtered(view, found, "kind", query.kinds)
    if query.bbox is not None or query.radius_km is not None:
        found = view.within(found, query)
    return found


def _filtered(view: View, found: Match, name: str, values: frozenset[str]) -> Match:
    rows = found.rows & view.value_rows(name, values) if view.base.count else found.rows
    return Match(rows, [record for record in found.fresh if has_any(record, name, values)])


def _tally(view: View, asked: Wording, query: Query) -> Tally:
    ground = _ground(view, asked, query)
    filters = wanted_filters(query)
    shut = ground
    for name, values in filters.items():
        shut = _filtered(view, shut, name, values)
    open_count: int | None = None
    found = shut
    if query.now_slot is not None:
        open_now = view.opened(shut, query.now_slot)
        open_count = open_now.total
        if query.is_open_only:
            found = open_now
            ground = view.opened(ground, query.now_slot)
    facets: Counts = {}
    if query.with_facets:
        facets = _facets(view, ground, found, filters)
    return Tally(found, found.total, facets, open_count)


class _Scope:
    """A match whose facets are counted: by its bits, or by its row numbers when they are few."""

    def __init__(self, view: View, match: Match) -> None:
        self.match = match
        count, starts = view.base.count, view.base["starts"]
        is_few = bits.size(match.rows) * FEW_SHARE < count
        self.few = bits.rows(match.rows, count) if is_few else None
        if not count:
            self.by_spot = np.zeros(0, np.int64)
        elif self.few is None:
            self.by_spot = bits.sizes_between(match.rows, starts, count)
        else:
            spots = np.searchsorted(starts, self.few, "right") - 1
            self.by_spot = np.bincount(spots, minlength=len(starts))


def _facets(view: View, ground: Match, found: Match, filters: dict[str, frozenset[str]]) -> Counts:
    counts: Counts = {}
    whole = _Scope(view, found)
    for name in FACETS:
        scope, asked = whole, filters.get(name, frozenset())
        if asked:
            others = ground
            for other, values in filters.items():
                if other != name:
                    others = _filtered(view, others, other, values)
            scope = _Scope(view, others)
        if name in PLACE_FACETS:
            # The delta may lift a place into the list: look a little further than what is kept.
            counted = _place_counts(view, name, scope.by_spot, FACET_LIMIT + len(scope.match.fresh), asked)
        else:
            counted = _plain_counts(view, name, scope)
        counted.update(_fresh_counts(name, scope.match.fresh))
        ordered = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
        counts[name] = ordered[:FACET_LIMIT] + [item for item in ordered[FACET_LIMIT:] if item[0] in asked]
    return counts


def _fresh_counts(name: str, records: list[Record]) -> Counter[str]:
    return Counter(value for record in records for value in record.facets.get(name, ()))


def _plain_counts(view: View, name: str, scope: _Scope) -> Counter[str]:
    lines = [(value, line) for (facet, value), line in view.base.plain_lines.items() if facet == name]
    if not lines:
        return Counter()
    sets = [view.base["plain"][line] for _, line in lines]
    found = bits.sizes(sets, scope.match.rows) if scope.few is None else bits.sizes_of_few(sets, scope.few)
    return Counter({value: size for (value, _), size in zip(lines, found, strict=True) if size})


def _place_counts(view: View, name: str, by_spot: np.ndarray, limit: int, asked: frozenset[str]) -> Counter[str]:
    """Count the places that hold most, and those asked for."""
    values = view.base.place_values[name]
    weights = by_spot[view.base[f"{name}_spot"]]
    sums = np.bincount(view.base[f"{name}_value"], weights=weights, minlength=len(values)).astype(np.int64)
    kept = np.flatnonzero(sums)
    if len(kept) > limit:
        least = np.partition(sums, len(sums) - limit)[len(sums) - limit]
        above, equal = np.flatnonzero(sums > least), np.flatnonzero(sums == least)
        # Numbers follow the alphabet, which parts equal counts.
        kept = np.concatenate([above, equal[: limit - len(above)]])
    counted = Counter({values[at]: int(sums[at]) for at in kept})
    for value in asked:
        number = view.base.place_number(name, value)
        if number is not None and sums[number]:
            counted[value] = int(sums[number])
    return counted
