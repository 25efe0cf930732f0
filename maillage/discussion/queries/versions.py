from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from maillage.discussion.models import Thread, Version

MOST_WORDS = 3_000
_WORD = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True)
class Piece:
    """Some words that a version kept, added or took away. kind: same, added, gone."""

    kind: str
    text: str


@dataclass(frozen=True)
class VersionLine:
    """One version of an idea, and what it changed of the one before (nothing for the first)."""

    version: Version
    pieces: tuple[Piece, ...]


def version_lines(thread: Thread, *, start: int = 0, limit: int = 20) -> list[VersionLine]:
    """Versions of an idea, the newest first, from the `start`-th, at most `limit`."""
    rows = list(thread.versions.select_related("by").order_by("-number")[start : start + limit + 1])
    before = [*rows[1:], None]
    return [
        VersionLine(one, differences(other.text, one.text) if other else (Piece("same", one.text),))
        for one, other in zip(rows[:limit], before, strict=False)
    ]


def differences(before: str, after: str) -> tuple[Piece, ...]:
    """Word by word, what became of a text; texts beyond MOST_WORDS are told as one gone, one added."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    if len(old) > MOST_WORDS * 2 or len(new) > MOST_WORDS * 2:
        return Piece("gone", before), Piece("added", after)
    pieces = list[Piece]()
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(old[i1:i2])))
            continue
        if i2 > i1:
            pieces.append(Piece("gone", "".join(old[i1:i2])))
        if j2 > j1:
            pieces.append(Piece("added", "".join(new[j1:j2])))
    return tuple(pieces)
