"""The file that carries one territory from `tools/build_territory` to `maillage load_territory`.

One JSON document, UTF-8, plain (`.json`) or compressed (`.json.gz`); docs/how-to/build-a-territory.md
describes it for people. Coordinates are WGS 84 degrees; GeoJSON keeps longitude first.
Neighbours: the build tool writes it, the loader of this room reads it. No Django here.
"""

from __future__ import annotations

import gzip
import json
import zlib
from pathlib import Path
from typing import Any, Literal, TypedDict, cast

FORMAT = 1
# The file of all France, unpacked, weighs under 40 MB: more is not a territory.
LONGEST_BYTES = 200_000_000

TerritoryKind = Literal["petr", "epci", "custom"]
Geometry = dict[str, Any]  # a GeoJSON Polygon or MultiPolygon


class FormerCommuneRecord(TypedDict):
    """A code or a name that no longer stands alone.

    `name` is "" where the sources give none. `code` is the commune's own when a merged commune kept the
    code of the place where it has its seat: Pertain in Hypercourt, both 80621.
    """

    code: str
    name: str


class PopulationRecord(TypedDict):
    """Legal population of one census year, brought to today's communes. `total` is null where unpublished."""

    year: int
    municipal: int
    total: int | None


class NeighbourRecord(TypedDict):
    """A commune that shares a border, inside the territory or outside it."""

    code: str
    name: str


class CommuneRecord(TypedDict):
    """One commune of today's official geographic code."""

    code: str
    name: str
    siren: str
    epci: str | None
    department_code: str
    region_code: str
    postal_codes: list[str]
    former_codes: list[FormerCommuneRecord]
    populations: list[PopulationRecord]
    area_km2: float | None
    latitude: float | None  # a point that is always inside the commune
    longitude: float | None
    point_source: Literal["contour", "town_hall"] | None
    town_hall_latitude: float | None
    town_hall_longitude: float | None
    is_town_hall_reliable: bool
    neighbours: list[NeighbourRecord]
    geometry: Geometry | None


class EpciRecord(TypedDict):
    """One community of communes. `communes` holds codes; `position` is its rank in the territory, from 0."""

    siren: str
    name: str
    short_name: str
    slug: str
    kind: str
    position: int
    communes: list[str]
    outline: Geometry | None


class TerritoryRecord(TypedDict):
    """What the strategy covers."""

    siren: str
    slug: str
    name: str
    kind: TerritoryKind
    department_codes: list[str]
    region_codes: list[str]
    outline: Geometry | None


class DrawingRecord(TypedDict):
    """A map ready to draw: SVG path data in whole units, shared borders kept.

    A point stands at x = (longitude - west) * x_per_degree, y = (north - latitude) * y_per_degree.
    """

    view_box: list[int]
    west: float
    north: float
    x_per_degree: float
    y_per_degree: float
    communes: dict[str, str]
    epcis: dict[str, str]
    territory: str


class SourceRecord(TypedDict):
    """One source of the file, for the notice and the About page (French)."""

    title: str
    version: str
    licence: str
    url: str
    provides: str


class NoticeRecord(TypedDict):
    """Where the file comes from. `warnings` are French sentences about what is missing or approximate."""

    built_on: str
    licence: str
    sources: list[SourceRecord]
    computed: list[str]
    warnings: list[str]


class TerritoryFile(TypedDict):
    """The whole document. `drawing` is null when no contour was kept (all France)."""

    format: int
    territory: TerritoryRecord
    epcis: list[EpciRecord]
    communes: list[CommuneRecord]
    drawing: DrawingRecord | None
    notice: NoticeRecord


class TerritoryFileError(ValueError):
    """The file cannot be used; the message is a French sentence for the person who loads it."""


def read_territory_file(path: Path) -> TerritoryFile:
    """Read a territory file, plain or gzip (told by its first bytes), of format 1.

    Raises TerritoryFileError when it is missing, damaged, of another format, too big, or not whole:
    every commune of an EPCI must be described, once.
    """
    try:
        packed = path.read_bytes()
    except OSError as error:
        raise TerritoryFileError(f"Le fichier « {path} » ne peut pas être lu : {error.strerror}.") from error
    try:
        document = json.loads(_unpacked(packed, path))
    except (OSError, EOFError, zlib.error, UnicodeDecodeError, RecursionError, json.JSONDecodeError) as error:
        raise TerritoryFileError(f"Le fichier « {path} » est abîmé : ce n’est pas du JSON lisible.") from error
    _check(document, path)
    return cast("TerritoryFile", document)


def _unpacked(packed: bytes, path: Path) -> bytes:
    if not packed.startswith(b"\x1f\x8b"):
        return packed
    reader = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    content = reader.decompress(packed, LONGEST_BYTES)
    if reader.unconsumed_tail:
        raise TerritoryFileError(f"Le fichier « {path} » est trop gros une fois décompressé.")
    if not reader.eof:
        raise gzip.BadGzipFile("truncated")
    return content


def _check(document: object, path: Path) -> None:
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise TerritoryFileError(
            f"Le fichier « {path} » n’est pas un jeu de territoire au format {FORMAT}. "
            "Reconstruisez-le avec « python -m tools.build_territory »."
        )
    try:
        codes = [commune["code"] for commune in document["communes"]]
        members = [code for epci in document["epcis"] for code in epci["communes"]]
        named = bool(document["territory"]["siren"] and document["territory"]["slug"])
        whole = "drawing" in document and "notice" in document
    except (KeyError, TypeError) as error:
        raise TerritoryFileError(f"Le fichier « {path} » est incomplet : il y manque {error}.") from error
    if not (named and whole and codes):
        raise TerritoryFileError(f"Le fichier « {path} » est incomplet.")
    if len(set(codes)) != len(codes) or len(set(members)) != len(members) or not set(members) <= set(codes):
        raise TerritoryFileError(f"Le fichier « {path} » se contredit : EPCI et communes ne se répondent pas.")
