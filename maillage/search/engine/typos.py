"""One-edit misspellings: which known word was meant, found in well under a millisecond.

Every known word is filed under itself and under itself less one letter (63-bit numbers, sorted); a
misspelling less one letter meets its word there, whatever the edit was: a letter too many, missing,
changed, or two swapped. Candidates are then verified, and the most used comes first.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

SHORTEST = 4


def _number(text: str) -> int:
    raw = text.encode()
    return crc32(raw) | (crc32(raw[::-1]) & 0xFFFF) << 32


def _filed(word: str) -> set[str]:
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


@dataclass(frozen=True)
class Typos:
    """Known words, by their number, with how many documents hold each."""

    words: NDArray[np.bytes_]
    uses: NDArray[np.int32]
    keys: NDArray[np.uint64]
    owners: NDArray[np.int32]

    @classmethod
    def build(cls, vocabulary: Iterable[tuple[str, int]]) -> Typos:
        """File a vocabulary of (word, documents); numbers and words under four letters are left out."""
        known = [(word, uses) for word, uses in vocabulary if len(word) >= SHORTEST and word.isalpha()]
        keys: list[int] = []
        owners: list[int] = []
        for owner, (word, _) in enumerate(known):
            filed = _filed(word)
            keys.extend(map(_number, filed))
            owners.extend([owner] * len(filed))
        ordered = np.argsort(np.array(keys, np.uint64), kind="stable")
        return cls(
            np.array([word.encode() for word, _ in known] or [b""], dtype=np.bytes_),
            np.array([uses for _, uses in known], np.int32),
            np.array(keys, np.uint64)[ordered],
            np.array(owners, np.int32)[ordered],
        )

    def save(self, folder: Path) -> None:
        """Write the four columns."""
        for name in ("words", "uses", "keys", "owners"):
            np.save(folder / f"typos-{name}.npy", getattr(self, name))

    @classmethod
    def load(cls, folder: Path) -> Typos:
        """Map the four columns into memory; processes share them."""
        return cls(
            *(
                np.asarray(np.load(folder / f"typos-{name}.npy", mmap_mode="r"))
                for name in ("words", "uses", "keys", "owners")
            )
        )

    def candidates(self, word: str) -> list[str]:
        """Return the known words one edit away, the likeliest first.

        Likeliest: same first letter, then the number of documents, then the alphabet.
        """
        if len(word) < SHORTEST or not len(self.keys):
            return []
        asked = np.array(sorted({_number(form) for form in _filed(word)}), np.uint64)
        first = np.searchsorted(self.keys, asked, "left")
        last = np.searchsorted(self.keys, asked, "right")
        owners = {
            int(owner)
            for start, stop in zip(first.tolist(), last.tolist(), strict=True)
            if stop > start
            for owner in self.owners[start:stop]
        }
        found = [(self.words[owner].decode(), int(self.uses[owner])) for owner in owners]
        near = [
            (other[0] != word[0], -uses, other)
            for other, uses in found
            if other != word and OSA.distance(word, other, score_cutoff=1) <= 1
        ]
        return [other for _, _, other in sorted(near)]
