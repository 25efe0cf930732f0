"""Made-up official numbers with right keys, always the same for the same rank; no Django here."""

from __future__ import annotations


def luhn(root: str) -> str:
    """The number made of these digits and the key that makes it right."""
    total = 0
    for rank, digit in enumerate(reversed(root)):
        doubled = int(digit) * (2 - rank % 2)
        total += doubled - 9 if doubled > 9 else doubled
    return root + str(-total % 10)


def siren(number: int) -> str:
    """A SIREN with a right key."""
    return luhn(f"{90_000_000 + number:08d}")


def siret(number: int, place: int = 1) -> str:
    """A SIRET with a right key, of the SIREN of the same number."""
    return luhn(f"{siren(number)}{place:04d}")
