"""One territory out of the national selection: its organisations of the ESS, each with its places there.

Words: an organisation belongs to a territory by any of its places, wherever its head office is.
Neighbours: `sirene_selection` makes the national files; the directory's import loads what comes out here.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from functools import cache
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from string import Template
from typing import Any

import duckdb
import numpy as np
from pyproj import Transformer

from pipelines.contracts.address import street_line
from pipelines.contracts.ess import VerdictStatus
from pipelines.contracts.tables import contract
from pipelines.errors import PipelineError
from pipelines.marts.sirene_selection import connected, selection_store
from pipelines.progress import Progress, Step, quiet
from pipelines.sources.sirene.stock import parquet_relation

FOLDER = Path(__file__).parent
_BATCH = 5000
_NEVER = date(9999, 12, 31)
# Mainland France and Corsica, with a margin: a point outside comes from a wrong projection.
_WEST, _SOUTH, _EAST, _NORTH = -5.5, 41.0, 10.0, 51.5


@dataclass(frozen=True, slots=True)
class SireneEstablishment:
    """A place of an organisation.

    name: what is on the sign, "" when nothing is. address: street line without postal code, "" when masked.
    latitude, longitude: degrees WGS 84, six decimals; None when Sirene has none, masks them, or overseas
    (their projections differ and are not told).
    """

    siret: str
    is_head_office: bool
    name: str
    address: str
    postal_code: str
    commune_code: str
    latitude: float | None
    longitude: float | None
    is_masked: bool
    naf_code: str
    naf_version: str
    naf25_code: str
    headcount_band: str
    creation_date: date | None
    closed_date: date | None


@dataclass(frozen=True, slots=True)
class SireneOrganisation:
    """A unit of the ESS (or of inclusion) with its places in the territory, head office first.

    Codes are those of `contracts` and `sources.nomenclatures`; "" means unknown. head_office_siret may name a
    place outside the territory. ess_verdict is NO only for a unit of the inclusion list.
    """

    siren: str
    name: str
    usual_name: str
    acronym: str
    rna: str
    legal_category: str
    family: str
    naf_code: str
    naf_version: str
    naf25_code: str
    headcount_band: str
    creation_date: date | None
    closed_date: date | None
    head_office_siret: str
    ess_verdict: VerdictStatus
    ess_reason: str
    is_in_siae_list: bool
    establishments: tuple[SireneEstablishment, ...] = field(repr=False)


_UNIT_COLUMNS = [member.name for member in fields(SireneOrganisation) if member.name != "establishments"]
_PLACE_COLUMNS = [column.name for column in contract("sirene_establishments") if column.name != "siren"]


@dataclass(frozen=True, slots=True)
class TerritorySelection:
    """What was cut; iterate over it to stream the organisations by SIREN, as often as needed.

    withheld_personal, withheld_masked: organisations of the territory that may not be published, only counted.
    """

    edition: str
    organisation_count: int
    establishment_count: int
    withheld_personal: int
    withheld_masked: int
    folder: Path = field(repr=False)
    commune_codes: tuple[str, ...] = field(repr=False)
    closed_since: date | None

    def __iter__(self) -> Iterator[SireneOrganisation]:
        rows = _rows(self.folder, self.commune_codes, self.closed_since)
        for _siren, places in groupby(rows, key=itemgetter(0)):
            yield _organisation(list(places))


def select_territory(
    *,
    cache_dir: Path,
    commune_codes: Iterable[str],
    closed_since: date | None = None,
    progress: Progress = quiet,
) -> TerritorySelection:
    """Cut a territory from the national selection, in well under a second; writes nothing.

    commune_codes: INSEE codes (never postal codes); former codes may be added, they find nothing in a recent edition.
    closed_since: also give the organisations and places closed since that day, with their closed_date;
    None gives only what is open.
    Raises PipelineError (French) when no selection was prepared yet.
    """
    store = selection_store(cache_dir)
    current = store.current()
    if current is None:
        raise PipelineError(
            "Les fichiers Sirene n’ont pas encore été lus.",
            advice="Lancez d’abord l’import Sirene avec les deux fichiers stock.",
        )
    progress(Step.CUT, 0.0)
    folder = store.path_of(current)
    communes = tuple(sorted(set(commune_codes)))
    counts = _count(folder, communes, closed_since)
    progress(Step.CUT, 1.0)
    return TerritorySelection(current.edition, *counts, folder, communes, closed_since)


def _count(folder: Path, communes: Sequence[str], closed_since: date | None) -> tuple[int, int, int, int]:
    columns = """count(DISTINCT unit.siren) FILTER (unit.withheld IS NULL),
        count(*) FILTER (unit.withheld IS NULL),
        count(DISTINCT unit.siren) FILTER (unit.withheld = 'personal'),
        count(DISTINCT unit.siren) FILTER (unit.withheld = 'masked')"""
    with connected() as connection:
        row = _cut(connection, folder, communes, closed_since, columns=columns).fetchone() or (0, 0, 0, 0)
    return int(row[0]), int(row[1]), int(row[2]), int(row[3])


def _rows(folder: Path, communes: Sequence[str], closed_since: date | None) -> Iterator[tuple[Any, ...]]:
    """Rows of unit columns then place columns, where lambert_x, lambert_y have become longitude, latitude."""
    columns = [*(f"unit.{name}" for name in _UNIT_COLUMNS), *(f"place.{name}" for name in _PLACE_COLUMNS)]
    rest = "WHERE unit.withheld IS NULL ORDER BY unit.siren, place.is_head_office DESC, place.siret"
    with connected() as connection:
        result = _cut(connection, folder, communes, closed_since, columns=", ".join(columns), rest=rest)
        while batch := result.fetchmany(_BATCH):
            yield from _located(batch)


def _cut(
    connection: duckdb.DuckDBPyConnection,
    folder: Path,
    communes: Sequence[str],
    closed_since: date | None,
    *,
    columns: str,
    rest: str = "",
) -> duckdb.DuckDBPyConnection:
    template = Template((FOLDER / "sirene_territory.sql").read_text(encoding="utf-8"))
    for name in ("units", "establishments"):
        connection.execute(f"CREATE VIEW {name} AS FROM {parquet_relation(folder / f'{name}.parquet')}")
    values = {"communes": list(communes), "closed_since": closed_since or _NEVER}
    return connection.execute(template.substitute(columns=columns, rest=rest), values)


def _located(batch: list[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    at = len(_UNIT_COLUMNS) + _PLACE_COLUMNS.index("lambert_x")
    commune_at = len(_UNIT_COLUMNS) + _PLACE_COLUMNS.index("commune_code")
    points = to_wgs84([(row[at], row[at + 1]) if _is_mainland(row[commune_at]) else (None, None) for row in batch])
    for row, point in zip(batch, points, strict=True):
        yield (*row[:at], *point, *row[at + 2 :])


def _is_mainland(commune_code: str) -> bool:
    return not commune_code.startswith(("97", "98"))


@cache
def _transformer() -> Transformer:
    return Transformer.from_crs("EPSG:2154", "EPSG:4326", always_xy=True)


def to_wgs84(
    points: Sequence[tuple[float | None, float | None]],
) -> list[tuple[float | None, float | None]]:
    """Turn Lambert 93 metres (x, y) into (longitude, latitude), six decimals.

    A point with an empty half, or that falls outside mainland France and Corsica, gives (None, None).
    """
    metres = np.array([(np.nan if x is None or y is None else x, np.nan if y is None else y) for x, y in points])
    if not len(metres):
        return []
    longitudes, latitudes = _transformer().transform(metres[:, 0], metres[:, 1])
    is_right = (longitudes >= _WEST) & (longitudes <= _EAST) & (latitudes >= _SOUTH) & (latitudes <= _NORTH)
    return [
        (round(float(longitude), 6), round(float(latitude), 6)) if right else (None, None)
        for longitude, latitude, right in zip(longitudes, latitudes, is_right, strict=True)
    ]


def _organisation(rows: list[tuple[Any, ...]]) -> SireneOrganisation:
    unit = dict(zip(_UNIT_COLUMNS, rows[0], strict=False))
    places = tuple(_establishment(row[len(_UNIT_COLUMNS) :]) for row in rows)
    texts = {name: unit[name] or "" for name in _UNIT_COLUMNS[:11]}
    return SireneOrganisation(
        **texts,
        creation_date=unit["creation_date"],
        closed_date=unit["closed_date"],
        head_office_siret=unit["head_office_siret"] or "",
        ess_verdict=VerdictStatus(unit["ess_verdict"]),
        ess_reason=unit["ess_reason"],
        is_in_siae_list=unit["is_in_siae_list"],
        establishments=places,
    )


def _establishment(row: tuple[Any, ...]) -> SireneEstablishment:
    place = dict(zip(_PLACE_COLUMNS, row, strict=True))
    return SireneEstablishment(
        siret=place["siret"],
        is_head_office=bool(place["is_head_office"]),
        name=place["name"] or "",
        address=street_line(
            number=place["street_number"],
            suffix=place["street_number_suffix"],
            street_type=place["street_type"],
            street_name=place["street_name"],
            complement=place["address_complement"],
            post_box=place["post_box"],
        ),
        postal_code=place["postal_code"] or "",
        commune_code=place["commune_code"],
        latitude=place["lambert_y"],
        longitude=place["lambert_x"],
        is_masked=place["is_masked"] is not False,
        naf_code=place["naf_code"] or "",
        naf_version=place["naf_version"] or "",
        naf25_code=place["naf25_code"] or "",
        headcount_band=place["headcount_band"] or "",
        creation_date=place["creation_date"],
        closed_date=place["closed_date"],
    )
