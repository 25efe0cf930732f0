"""The words of the field in plain French: kept in data/glossary.json, read once per process; no query."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from pathlib import Path

from maillage.kernel.text import fold

FILE = Path(__file__).parents[1] / "data/glossary.json"


@dataclass(frozen=True)
class Entry:
    """word: as people say it; full: an acronym opened, or ""; also: other ways to write it; slug: its anchor."""

    word: str
    full: str
    definition: str
    more: str
    also: tuple[str, ...]
    source: str
    url: str

    @property
    def slug(self) -> str:
        return slug_of(self.word)

    @property
    def letter(self) -> str:
        return fold(self.word)[0].upper()


@dataclass(frozen=True)
class Letter:
    """The words that begin with one letter, in French order."""

    letter: str
    entries: list[Entry]


@lru_cache(maxsize=1)
def glossary() -> tuple[Entry, ...]:
    """Every word, in French order (accents, capitals and hyphens folded)."""
    rows = json.loads(FILE.read_text(encoding="utf-8"))
    entries = [
        Entry(
            row["word"], row["full"], row["definition"], row["more"], tuple(row["also"]), row["source"]["title"],
            row["source"]["url"],
        )
        for row in rows
    ]  # fmt: skip
    return tuple(sorted(entries, key=lambda entry: fold(entry.word)))


def by_letter(words: str = "") -> list[Letter]:
    """The glossary by letter; words: keep what says all of them, in the word or in its definition."""
    wanted = fold(words).split()
    found = [entry for entry in glossary() if all(word in _said(entry) for word in wanted)]
    return [Letter(letter, list(entries)) for letter, entries in groupby(found, key=lambda entry: entry.letter)]


def slug_of(word: str) -> str:
    """The anchor of a word: `tiers-lieu`."""
    return fold(word).replace(" ", "-")


def _said(entry: Entry) -> str:
    return fold(" ".join((entry.word, entry.full, *entry.also, entry.definition, entry.more)))
