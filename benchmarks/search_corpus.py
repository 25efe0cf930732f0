"""A made-up national directory: names, words and places as uneven as real ones, always the same.

Used by `benchmarks/search.py`; nothing of it is real. Words follow Zipf's law, organisations gather in towns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from maillage.search.engine import Document

COMMON = re.findall(
    r"\w+",
    "association comité fêtes club sportif amicale solidarité insertion culture aide emploi jardin "
    "ressourcerie mobilité épicerie services personnes formation environnement jeunes école chasse "
    "pêche musique théâtre danse anciens combattants parents élèves coopérative entreprise atelier "
    "partage habitat logement santé handicap recyclerie vélo transport accompagnement numérique "
    "tiers lieu",
)
SYLLABLES = re.findall(
    r"\w+",
    "ba co du fi ga li mo nu pe ra si to vau zel chan bru gny court ville mont son ter rel quin plo",
)
FAMILIES = ("association", "cooperative", "mutuelle", "fondation", "societe_commerciale", "autre")
COMMUNES = 35_000
BLOCK = 50_000


def _word(draw: np.random.Generator) -> str:
    return "".join(SYLLABLES[at] for at in draw.integers(0, len(SYLLABLES), draw.integers(2, 5)))


def _zipf(count: int, power: float, first: int = 1) -> np.ndarray:
    shares = 1 / np.arange(first, count + first) ** power
    return np.asarray(np.cumsum(shares / shares.sum()))


class Corpus:
    """Draws documents by blocks, from one seed."""

    def __init__(self, seed: int = 2026) -> None:
        draw = np.random.default_rng(seed)
        self.rare = sorted({_word(draw) for _ in range(60_000)})
        draw.shuffle(self.rare)
        self.communes = [f"{_word(draw).title()}-{_word(draw)}" for _ in range(COMMUNES)]
        self.latitude, self.longitude = draw.uniform(42.5, 51, COMMUNES), draw.uniform(-4.5, 8, COMMUNES)
        weight = draw.pareto(1.2, COMMUNES) + 0.2
        self.town = np.cumsum(weight / weight.sum())
        self.common_share, self.rare_share = _zipf(len(COMMON), 0.7), _zipf(len(self.rare), 1.0, 2)

    def documents(self, count: int) -> Iterator[Document]:
        """Yield this many organisations, numbered from 1."""
        for first in range(0, count, BLOCK):
            yield from self._block(first, min(BLOCK, count - first))

    def _block(self, first: int, size: int) -> Iterator[Document]:
        draw = np.random.default_rng((7, first))
        common = np.searchsorted(self.common_share, draw.random((size, 6))).clip(0, len(COMMON) - 1).tolist()
        rare = np.searchsorted(self.rare_share, draw.random((size, 8))).clip(0, len(self.rare) - 1).tolist()
        towns = np.searchsorted(self.town, draw.random(size)).clip(0, COMMUNES - 1)
        latitude = (self.latitude[towns] + draw.normal(0, 0.01, size)).tolist()
        longitude = (self.longitude[towns] + draw.normal(0, 0.015, size)).tolist()
        families = draw.choice(len(FAMILIES), size, p=[0.88, 0.04, 0.02, 0.03, 0.02, 0.01]).tolist()
        sectors, themes = draw.integers(0, 20, (size, 2)).tolist(), draw.integers(0, 5, size).tolist()
        quality = draw.integers(0, 101, size).tolist()
        for at, town in enumerate(towns.tolist()):
            h, v = [COMMON[n] for n in common[at]], [self.rare[n] for n in rare[at]]
            yield Document(
                kind="organisation",
                id=first + at + 1,
                title=f"{'Association ' if common[at][0] % 2 == 0 else ''}{h[0]} {v[0]} de {self.communes[town]}",
                url=f"/annuaire/{first + at + 1}/",
                body=f"{h[1]} {h[2]} {v[1]} {h[3]} {v[2]} {v[3]} {h[4]} {v[4]} {h[5]} {v[5]} {v[6]} {v[7]}",
                places=(self.communes[town], f"{town:05d}"),
                facets={
                    "family": (FAMILIES[families[at]],),
                    "sector": [f"s{n}" for n in sectors[at]],
                    "theme": (f"t{themes[at]}",),
                    "cc": (str(town // 28),),
                    "commune": (f"{town:05d}",),
                    "department": (str(town // 350),),
                    **({"qualification": ("ESAT" if at % 2 else "ACI",)} if at % 50 == 0 else {}),
                },
                open_slots=frozenset(range(36 + at % 8, 72)) if at % 20 == 0 else frozenset(),
                latitude=latitude[at],
                longitude=longitude[at],
                quality=quality[at],
                payload={"commune": self.communes[town]},
            )
