"""Short names and addresses made from official names."""

from __future__ import annotations

import re
import unicodedata

_PARENTHESIS = re.compile(r"\s*\([^)]*\)")
_NATURE = re.compile(
    r"^(CC|CA|CU|Communauté de communes|Communauté d'agglomération|Communauté urbaine)\s+", re.IGNORECASE
)
_ARTICLE = re.compile(r"^(?:de\s+la\s+|de\s+l['’]\s*|du\s+|des\s+|de\s+|d['’])", re.IGNORECASE)
_LIGATURES = str.maketrans({"œ": "oe", "Œ": "Oe", "æ": "ae", "Æ": "Ae"})


def short_name(official: str) -> str:
    """Drop what stands before the name of the place: `CC de l'Est de la Somme` gives `Est de la Somme`."""
    bare = _PARENTHESIS.sub("", official).strip()
    without_nature = _NATURE.sub("", bare)
    # A name that keeps its nature (« Métropole de Lyon ») keeps its article too.
    if without_nature == bare:
        return bare
    place = _ARTICLE.sub("", without_nature)
    return place[:1].upper() + place[1:]


def slug(name: str) -> str:
    """Write a name for an address: lower case, no accent, words joined by hyphens."""
    plain = unicodedata.normalize("NFKD", name.translate(_LIGATURES)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
