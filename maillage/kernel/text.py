"""Text as people compare it: accents, ligatures, hyphens and case folded."""

from __future__ import annotations

import re
import secrets
import unicodedata

LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "’": "'", "ß": "ss"})
SEPARATORS = re.compile(r"[^0-9a-z]+")


def fold(text: str) -> str:
    """Lower case, no accent, words parted by one space: « Pœuilly » → "poeuilly", « Saint-Christ » → "saint christ"."""
    if text.isascii():  # most texts are: nothing to unfold
        return SEPARATORS.sub(" ", text.lower()).strip()
    decomposed = unicodedata.normalize("NFKD", text.translate(LIGATURES).lower())
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return SEPARATORS.sub(" ", bare).strip()


# Neither vowels nor look-alikes: a code is said on the telephone, and spells nothing.
SPOKEN = "bcdfghjkmnpqrtvwxz23456789"


def spoken_code(length: int) -> str:
    """Signs drawn at random, to be read aloud. Eight of them (26⁸): two alike are refused by the database, and so
    unlikely that nothing more is done."""
    return "".join(secrets.choice(SPOKEN) for _ in range(length))
