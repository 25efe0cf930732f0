"""NAF codes: one written form, the version told from the code itself, the sector of the ESS.

Words: NAF rév. 2 ends its codes in A–F or Z, NAF 2025 in G–L or Y; the official code moves to NAF 2025
on 1 January 2027.
Neighbours: `sources.nomenclatures` for the lists, `contracts.ess` for the exclusions.
"""

import re
from dataclasses import dataclass
from typing import Literal

from pipelines.sources.nomenclatures import Sector, naf_divisions, sectors

NafVersion = Literal["rev2", "2025"]
_SHAPE = re.compile(r"(\d{2})[.\s]?(\d{2})\s?([A-Z])")


@dataclass(frozen=True, slots=True)
class NafCode:
    """A NAF code in its written form `88.99B` and the version its letter belongs to."""

    code: str
    version: NafVersion

    @property
    def division(self) -> str:
        """Two digits, the level to reason with."""
        return self.code[:2]


def normalise_naf(raw: str | None) -> NafCode | None:
    """Read `8899B`, `88.99b` or ` 88.99 B `; None when the text is no sub-class of either version."""
    match = _SHAPE.fullmatch((raw or "").strip().upper())
    if match is None:
        return None
    division, rest, letter = match.groups()
    if division not in naf_divisions():
        return None
    code = f"{division}.{rest}{letter}"
    if letter in "ABCDEFZ":
        return NafCode(code, "rev2")
    return NafCode(code, "2025") if letter in "GHIJKLY" else None


def sector_of(naf_code: str | None) -> Sector | None:
    """Sector of a NAF code of either version, from its division; None when the code says nothing."""
    division = naf_divisions().get((naf_code or "").strip()[:2])
    return sectors()[division.sector] if division else None
