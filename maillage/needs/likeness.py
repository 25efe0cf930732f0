"""Which needs say the same thing? Compared by their French roots, and by the family of words these belong to.

Words: a *root* is the stem of a word that says something; a *family* is a row of words that speak of the same matter
(`data/word_families.csv`), since « un car » and « une navette » share no letter. Simple on purpose: measured on a
small set of needs in tests/needs/likeness_set.py, and an agent decides.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from maillage.search.engine.analysis import LITTLE_WORDS, stem, words

FAMILIES = Path(__file__).parent / "data/word_families.csv"
# Below, two needs share a word by chance.
ENOUGH = 0.2
_FAMILY_WEIGHT = 1.5
_MARK = "="  # a family is kept among roots as « =3 »: no root has this sign
_SILENT_WORDS = (
    "besoin besoins manque manquent faut faudrait voudrais voudrions voudrait aimerais aimerait souhaite avoir ai ont "
    "etre peut peux pouvoir pourrait plus moins tres bien aussi quand comme car tout tous toute toutes ici la bas pres "
    "village villages commune bourg campagne coin fois semaine jour jours personne personnes gens aide aider aller "
    "faire trouver quelqu quelque chose rien aucun aucune avant apres sans entre vers y se ne plusieurs petit petite "
    "habitants habitant monde nouveau nouvelle beaucoup trop vraiment il elle on heure heures matin soir mois an ans "
    "ceux celles chaque jamais toujours seulement cinq deux trois lieu endroit ouvrir ouvert ferme dernier"
)
_SILENT = frozenset(stem(word) for word in _SILENT_WORDS.split()) | LITTLE_WORDS


class Said(NamedTuple):
    """A need to compare, lightly: its number and its roots (`roots_of`)."""

    pk: int
    roots: str


def roots_of(text: str) -> str:
    """What a text speaks of: its roots and families, sorted, parted by spaces."""
    bare = [stem(word) for word in words(text) if word not in LITTLE_WORDS and not word.isdigit()]
    known = _families()
    roots = {root for root in bare if root not in _SILENT and len(root) > 1}
    return " ".join(sorted(roots | {known[root] for root in bare if root in known}))


def alike(roots: str, among: Iterable[Said], *, most: int = 5) -> list[tuple[int, float]]:
    """Needs that say the same thing, the most alike first: (number, likeness from ENOUGH to 1.0); at most `most`."""
    wanted = frozenset(roots.split())
    if not wanted:
        return []
    scored = ((one.pk, _likeness(wanted, frozenset(one.roots.split()))) for one in among)
    found = [pair for pair in scored if pair[1] >= ENOUGH]
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))[:most]


def _likeness(first: frozenset[str], second: frozenset[str]) -> float:
    """0 to 1: what they share, over the geometric mean of what they say."""
    shared = first & second
    if not shared or not second:
        return 0.0
    return _weight(shared) / math.sqrt(_weight(first) * _weight(second))


def _weight(roots: Iterable[str]) -> float:
    return sum(_FAMILY_WEIGHT if root.startswith(_MARK) else 1.0 for root in roots)


@cache
def _families() -> dict[str, str]:
    """{root: its family}; of an expression, the first word that says something."""
    found: dict[str, str] = {}
    with FAMILIES.open(encoding="utf-8", newline="") as lines:
        rows = csv.reader((line for line in lines if not line.startswith("#")), delimiter=";")
        for number, row in enumerate(rows):
            for cell in row:
                bare = [stem(word) for word in words(cell) if word not in LITTLE_WORDS]
                for root in [one for one in bare if one not in _SILENT][:1]:
                    found.setdefault(root, f"{_MARK}{number}")
    return found
