"""Code lists of the field, read from the CSV files beside this module.

Words: a legal category is INSEE's four-digit "catégorie juridique"; a division is the first two digits
of a NAF code, the only level stable enough to reason with across NAF rév. 2 and NAF 2025.
Neighbours: `contracts.ess` turns these lists into the ESS verdict, rooms above turn them into labels.
Source: INSEE nomenclatures, law 2014-856 of 31 July 2014; grouping by sector follows the panoramas of ESS France.
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

FOLDER = Path(__file__).parent

Standing = Literal["core", "to_confirm", "on_flag_only"]
Family = Literal["association", "cooperative", "mutual", "foundation", "commercial_ess"]
_STANDINGS: dict[str, Standing] = {"core": "core", "to_confirm": "to_confirm", "on_flag_only": "on_flag_only"}
_FAMILIES: dict[str, Family] = {
    "association": "association",
    "cooperative": "cooperative",
    "mutual": "mutual",
    "foundation": "foundation",
    "commercial_ess": "commercial_ess",
}


@dataclass(frozen=True, slots=True)
class LegalCategory:
    """A legal category that may belong to the ESS: by itself, after a check, or only when flagged."""

    code: str
    standing: Standing
    family: Family
    label: str


@dataclass(frozen=True, slots=True)
class Sector:
    """One of the 14 sectors of activity used in the figures of the ESS, in display order."""

    code: str
    position: int
    label: str


@dataclass(frozen=True, slots=True)
class Division:
    """A NAF division (two digits) with the sector it counts in."""

    code: str
    sector: str
    label: str


@dataclass(frozen=True, slots=True)
class HeadcountBand:
    """A band of employees; exact headcounts are not public, so never add bands up.

    lowest, highest: employees, both ends included; None where the band has no such end.
    """

    code: str
    position: int
    lowest: int | None
    highest: int | None
    label: str


@dataclass(frozen=True, slots=True)
class SiaeType:
    """A kind of organisation that works for inclusion, branch `insertion` or `handicap`."""

    code: str
    branch: str
    label: str


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@cache
def legal_categories() -> dict[str, LegalCategory]:
    """Legal categories that matter for the ESS, by code; any other category is outside unless flagged."""
    return {
        row["code"]: LegalCategory(row["code"], _STANDINGS[row["standing"]], _FAMILIES[row["family"]], row["label"])
        for row in _rows("legal_categories")
    }


@cache
def naf_exclusions() -> tuple[str, ...]:
    """Beginnings of NAF codes outside the ESS (`84`, `94.11`…), the same in NAF rév. 2 and NAF 2025."""
    return tuple(row["prefix"] for row in _rows("naf_exclusions"))


@cache
def sectors() -> dict[str, Sector]:
    """The 14 sectors by code, in display order."""
    return {row["code"]: Sector(row["code"], int(row["position"]), row["label"]) for row in _rows("sectors")}


@cache
def naf_divisions() -> dict[str, Division]:
    """The 88 divisions of NAF rév. 2 by code; NAF 2025 has the same ones but 45."""
    return {row["division"]: Division(row["division"], row["sector"], row["label"]) for row in _rows("naf_divisions")}


@cache
def headcount_bands() -> dict[str, HeadcountBand]:
    """The 16 bands of employees by code, smallest first; an empty code in Sirene means unknown."""
    return {
        row["code"]: HeadcountBand(
            row["code"],
            int(row["position"]),
            int(row["lowest"]) if row["lowest"] else None,
            int(row["highest"]) if row["highest"] else None,
            row["label"],
        )
        for row in _rows("headcount_bands")
    }


@cache
def siae_types() -> dict[str, SiaeType]:
    """Kinds of inclusion organisations by code (EI, ACI, ESAT…)."""
    return {row["code"]: SiaeType(row["code"], row["branch"], row["label"]) for row in _rows("siae_types")}


@cache
def street_types() -> dict[str, str]:
    """Words behind the abbreviations of street types in Sirene (`AV` → `avenue`)."""
    return {row["code"]: row["label"] for row in _rows("street_types")}
