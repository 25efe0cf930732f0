"""Words of the field that mean the same, kept as data and applied to questions, never to documents.

Source: `maillage/search/data/synonyms.csv`, one group a line, its expressions parted by semicolons.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from maillage.search.engine.analysis import LITTLE_WORDS, stem, words

FILE = Path(__file__).resolve().parent.parent / "data" / "synonyms.csv"

Alternative = tuple[str, ...]  # stems that must all be there
Part = tuple[Alternative, ...]  # any of them is enough; the first is what was typed


@dataclass(frozen=True)
class Synonyms:
    """Groups of expressions, found by their first stem."""

    groups: dict[Alternative, Part]
    longest: int

    def parts(self, asked: list[str]) -> tuple[Part, ...]:
        """Return what a question asks for: every part must be met, by any of its alternatives."""
        stemmed = [stem(word) for word in asked]
        parts: list[Part] = []
        at = 0
        while at < len(stemmed):
            for length in range(min(self.longest, len(stemmed) - at), 0, -1):
                expression = tuple(stemmed[at : at + length])
                if expression in self.groups or length == 1:
                    typed = self.groups.get(expression, ())
                    parts.append((expression, *(other for other in typed if other != expression)))
                    at += length
                    break
        return tuple(dict.fromkeys(parts))


def read(path: Path) -> Synonyms:
    """Read a file of groups; an expression that stands in two groups gathers both."""
    gathered: dict[Alternative, list[Alternative]] = {}
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.reader((line for line in lines if not line.startswith("#")), delimiter=";"):
            group = [expression(cell) for cell in row if cell.strip()]
            for member in group:
                gathered.setdefault(member, []).extend(group)
    groups = {member: tuple(dict.fromkeys(others)) for member, others in gathered.items()}
    return Synonyms(groups, max((len(member) for member in groups), default=1))


def expression(text: str) -> Alternative:
    """Return the stems of an expression, without its little words."""
    return tuple(stem(word) for word in words(text) if word not in LITTLE_WORDS)


@cache
def default() -> Synonyms:
    """Return the synonyms of the platform, read once."""
    return read(FILE)
