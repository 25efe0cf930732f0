"""Addresses written the way people write them, from the capitals and abbreviations of Sirene.

Words: a complement names a building or a hamlet, a post box is the "distribution spéciale" (BP 12).
Neighbours: `marts` cuts addresses in columns, accents are not invented here.
"""

import re

from pipelines.sources.nomenclatures import street_types

_SMALL_WORDS = {"à", "a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "lès", "lez"}
_SMALL_WORDS |= {"ou", "par", "pour", "sans", "sous", "sur", "un", "une"}
_WORDS = re.compile(r"[^\W\d_]+|[\d\W_]+")
_ROMAN = re.compile(r"[IVX]{2,}")
_SUFFIXES = {"B": "bis", "T": "ter", "Q": "quater"}


def soften_capitals(text: str) -> str:
    """Write `DU GENERAL DE GAULLE` as `du General de Gaulle`; a text with any small letter is left alone."""
    if text != text.upper():
        return text
    return "".join(
        word if _ROMAN.fullmatch(word) else word.lower() if word.lower() in _SMALL_WORDS else word.capitalize()
        for word in _WORDS.findall(text)
    )


def street_line(
    *,
    number: str | None,
    suffix: str | None,
    street_type: str | None,
    street_name: str | None,
    complement: str | None = None,
    post_box: str | None = None,
) -> str:
    """Join the parts of an address, without postal code or commune: `Mairie, 7 bis rue des Chanoines, BP 12`.

    Empty parts are skipped; an unknown street type is kept in small letters; "" when nothing is known.
    """
    kind = street_types().get((street_type or "").upper(), (street_type or "").lower())
    short = _SUFFIXES.get((suffix or "").upper(), (suffix or "").lower())
    street = " ".join(part for part in (number, short, kind, soften_capitals(street_name or "")) if part)
    return ", ".join(part for part in (soften_capitals(complement or ""), street, post_box) if part)
