"""Which sheets may be the same organisation? Likeness of names, held against commune, numbers and distance.

Pure functions over light rows: a hundred thousand of them in seconds, because only names that share a commune
and the beginning of a word are compared. Words: the *core* of a name is what remains without articles and
legal forms, its words in alphabetical order. Neighbours: `actions.duplicates`, the previews of imports.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from rapidfuzz import fuzz, process

from maillage.territories.geometry import distance_km

ENOUGH = 88
_MAYBE = 65
# Past this many names in one block a word says little: only neighbours in alphabetical order are compared.
_WIDEST_BLOCK = 250
_WINDOW = 12
_NEAR_KM = 10.0
_RARE = 3
_SILENT_WORDS = (
    "a an au aux d de des du en et l la le les ou par pour sous sur un une association assoc asso ass loi 1901 "
    "scop scic sarl sas sasu sa eurl societe ste cooperative ess"
)
_SILENT = frozenset(_SILENT_WORDS.split())


class Candidate(NamedTuple):
    """One sheet, lightly: `core` from `core_of`; `siren` its own, or that of its SIRET; "" and None where unknown."""

    pk: int
    core: str
    commune: str
    latitude: float | None
    longitude: float | None
    siren: str
    rna: str


class Pair(NamedTuple):
    """first < second; likeness 0 to 100; reason: French."""

    first: int
    second: int
    likeness: int
    reason: str


def core_of(name_key: str) -> str:
    """The telling words of a folded name, sorted; the whole name when every word is silent."""
    words = [word for word in name_key.split() if word not in _SILENT]
    return " ".join(sorted(words or name_key.split()))


def like_pairs(candidates: Sequence[Candidate], *, among: Collection[int] | None = None) -> list[Pair]:
    """Pairs that a person should look at, the most alike first; each pair once.

    among: keep only pairs that touch these sheets. Two different SIREN are two legal persons: never a pair,
    unless they claim the same RNA number.
    """
    wanted = None if among is None else frozenset(among)
    found: dict[tuple[int, int], Pair] = {}
    for pair in (*_same_number(candidates), *_alike_in_commune(candidates, wanted), *_same_name_nearby(candidates)):
        if wanted is not None and pair.first not in wanted and pair.second not in wanted:
            continue
        known = found.get((pair.first, pair.second))
        if known is None or known.likeness < pair.likeness:
            found[pair.first, pair.second] = pair
    return sorted(found.values(), key=lambda pair: (-pair.likeness, pair.first, pair.second))


def likeness(first: Candidate, second: Candidate) -> int:
    """0 to 100: how alike two cores are, a little less when two exact points stand far apart."""
    score = float(fuzz.ratio(first.core, second.core))
    if min(first.core.count(" "), second.core.count(" ")) >= 1:
        score = max(score, 0.92 * fuzz.token_set_ratio(first.core, second.core))
    kilometres = _apart(first, second)
    if kilometres is not None and kilometres > 2:
        score -= 5
    return int(max(score, 0))


def _pair(first: Candidate, second: Candidate, score: int, reason: str) -> Pair:
    return Pair(min(first.pk, second.pk), max(first.pk, second.pk), score, reason)


def _same_number(candidates: Iterable[Candidate]) -> Iterator[Pair]:
    bearers: dict[tuple[str, str], list[Candidate]] = defaultdict(list)
    for one in candidates:
        if one.rna:
            bearers["Même numéro RNA", one.rna].append(one)
        if one.siren:
            bearers["Même SIREN", one.siren].append(one)
    for (reason, _), group in bearers.items():
        for other in group[1:]:
            yield _pair(group[0], other, 100, reason)


def _alike_in_commune(candidates: Sequence[Candidate], wanted: frozenset[int] | None) -> Iterator[Pair]:
    blocks: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for rank, one in enumerate(candidates):
        if not one.commune:
            continue
        words = one.core.split()
        numbers = " ".join(word for word in words if any(letter.isdigit() for letter in word))
        for start in {word[:5] for word in words if not word[0].isdigit()} or {""}:
            blocks[one.commune, numbers, start].append(rank)
    for block in blocks.values():
        if len(block) < 2 or (wanted is not None and not any(candidates[rank].pk in wanted for rank in block)):
            continue
        for left, right in _close(candidates, block):
            first, second = candidates[left], candidates[right]
            if first.siren and second.siren and first.siren != second.siren:
                continue
            score = likeness(first, second)
            if score >= ENOUGH:
                reason = "Même nom, même commune" if first.core == second.core else "Noms proches, même commune"
                yield _pair(first, second, score, reason)


def _close(candidates: Sequence[Candidate], block: list[int]) -> Iterator[tuple[int, int]]:
    if len(block) > _WIDEST_BLOCK:
        ordered = sorted(block, key=lambda rank: candidates[rank].core)
        for place, left in enumerate(ordered):
            for right in ordered[place + 1 : place + _WINDOW]:
                yield left, right
        return
    cores = [candidates[rank].core for rank in block]
    scores = process.cdist(cores, cores, scorer=fuzz.ratio, score_cutoff=_MAYBE, dtype=np.uint8)
    for left, right in np.argwhere(np.triu(scores, 1)):
        yield block[left], block[right]


def _same_name_nearby(candidates: Iterable[Candidate]) -> Iterator[Pair]:
    """The same rare name in two communes close to each other, or where a commune is not known.

    A common name (« comité des fêtes ») stands in every village: past three bearers it says nothing.
    """
    by_core: dict[str, list[Candidate]] = defaultdict(list)
    for one in candidates:
        by_core[one.core].append(one)
    for group in by_core.values():
        if not 2 <= len(group) <= _RARE:
            continue
        for place, first in enumerate(group):
            for second in group[place + 1 :]:
                if first.commune and first.commune == second.commune:
                    continue
                if first.siren and second.siren and first.siren != second.siren:
                    continue
                kilometres = _apart(first, second)
                if kilometres is not None and kilometres <= _NEAR_KM:
                    far = f"{kilometres:.1f}".replace(".", ",")
                    yield _pair(first, second, 92, f"Même nom, à {far} km")
                elif not (first.commune and second.commune):
                    yield _pair(first, second, 90, "Même nom, commune inconnue")


def _apart(first: Candidate, second: Candidate) -> float | None:
    if first.latitude is None or first.longitude is None or second.latitude is None or second.longitude is None:
        return None
    return distance_km(first.latitude, first.longitude, second.latitude, second.longitude)
