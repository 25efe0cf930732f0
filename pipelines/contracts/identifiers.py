"""SIREN, SIRET and RNA numbers: cleaned, checked, and told what is wrong with them.

Words: the SIREN (9 digits) names an organisation, the SIRET (SIREN + 5) one of its places, the RNA number
(W + 9 characters) an association. Both first end in a Luhn key.
Neighbours: forms and imports above turn a problem into a French sentence.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

LA_POSTE = "356000000"
# What a digit weighs once doubled, tens and units added: told by table, since imports check hundreds of thousands.
_DOUBLED = str.maketrans("0123456789", "0246813579")
_PADDING = re.compile(r"[\s.\-_/\u00a0\u202f\u200b\ufeff]+")
# Overseas registers put a letter in third place (W9R1…, W9N1…).
_RNA = re.compile(r"W\d[0-9A-Z]\d{7}")


class IdentifierProblem(StrEnum):
    """Why a number cannot be trusted; the value is kept as it was typed, never dropped."""

    EMPTY = "empty"
    NOT_DIGITS = "not_digits"
    LENGTH = "length"
    KEY = "key"


@dataclass(frozen=True, slots=True)
class Identifier:
    """A number without its spaces, and its problem if it has one."""

    value: str
    problem: IdentifierProblem | None

    @property
    def is_valid(self) -> bool:
        """True when shape and key are right (it may still name nobody)."""
        return self.problem is None


def luhn_is_right(digits: str) -> bool:
    """Luhn check of a string of ASCII digits, key included, as INSEE computes it for SIREN and SIRET."""
    return _luhn_sum(digits) % 10 == 0


def with_luhn_key(body: str) -> str:
    """The digits followed by the key that makes them right."""
    return f"{body}{-_luhn_sum(f'{body}0') % 10}"


def _luhn_sum(digits: str) -> int:
    plain, doubled = digits[-1::-2], digits[-2::-2]
    return sum(map(int, plain)) + sum(map(int, doubled.translate(_DOUBLED)))


def _digits(raw: str | None, length: int, *, restore_zeros: bool) -> Identifier:
    value = _PADDING.sub("", raw or "")
    if not value:
        return Identifier("", IdentifierProblem.EMPTY)
    if not (value.isascii() and value.isdigit()):
        return Identifier(value, IdentifierProblem.NOT_DIGITS)
    if restore_zeros:
        value = value.zfill(length)
    return Identifier(value, None if len(value) == length else IdentifierProblem.LENGTH)


@lru_cache(maxsize=4_096)  # one row asks several times: its cell, its sheet, its doubts
def check_siren(raw: str | None, *, restore_zeros: bool = False) -> Identifier:
    """Check a SIREN typed with or without spaces.

    restore_zeros: give back the leading zeros that a spreadsheet ate (`5520123` → `005520123`).
    """
    found = _digits(raw, 9, restore_zeros=restore_zeros)
    if found.is_valid and (not luhn_is_right(found.value) or found.value == "0" * 9):
        return Identifier(found.value, IdentifierProblem.KEY)
    return found


@lru_cache(maxsize=4_096)
def check_siret(raw: str | None, *, restore_zeros: bool = False) -> Identifier:
    """Check a SIRET typed with or without spaces; La Poste's own places follow another key.

    La Poste (356 000 000) has more places than Luhn allows: there the sum of the 14 digits is a multiple of 5.
    """
    found = _digits(raw, 14, restore_zeros=restore_zeros)
    if not found.is_valid:
        return found
    right = luhn_is_right(found.value) and luhn_is_right(found.value[:9]) and found.value[:9] != "0" * 9
    if not right and found.value.startswith(LA_POSTE):
        right = sum(map(int, found.value)) % 5 == 0
    return found if right else Identifier(found.value, IdentifierProblem.KEY)


def check_rna(raw: str | None) -> Identifier:
    """Check an RNA number (`W` + 9 characters, overseas letters included); it has no key to verify."""
    value = _PADDING.sub("", raw or "").upper()
    if not value:
        return Identifier("", IdentifierProblem.EMPTY)
    if len(value) != 10:
        return Identifier(value, IdentifierProblem.LENGTH)
    return Identifier(value, None if _RNA.fullmatch(value) else IdentifierProblem.NOT_DIGITS)
