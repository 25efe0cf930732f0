"""Today's communes and EPCI, and the populations of past censuses, from the npm editions.

Words: an *edition* is one version of `@etalab/decoupage-administratif`; its `epci.json` carries an
older census than its `communes.json`, so that each edition gives one or two census years.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from maillage.territories.data_format import PopulationRecord
from tools.build_territory.problems import BuildError

CURRENT_EDITION = "@etalab/decoupage-administratif"
# Communes merged before 2022 without a delegated one are named by neither package. These names are
# facts of INSEE's official geographic code (history of communes since 1943); add those of your territory.
FORMER_NAMES = Path(__file__).with_name("former_names.csv")


@dataclass(frozen=True)
class Census:
    """Where one census year is read: `epci` gives municipal and total, `communes` municipal alone."""

    year: int
    folder: str
    version: str
    file: str


# The years were settled by comparing sums with INSEE's published figures (docs/how-to/build-a-territory.md).
# For one year the first line that knows a commune wins: islands outside any EPCI are in `communes` only.
CENSUSES = (
    Census(2019, "decoupage-2021", "2.3.1", "epci"),
    Census(2020, "decoupage-2022", "3.1.1", "epci"),
    Census(2020, "decoupage-2022", "3.1.1", "communes"),
    Census(2021, "decoupage-2023", "4.1.0", "epci"),
    Census(2022, "decoupage-2025", "5.3.0", "epci"),
    Census(2022, "decoupage-2023", "4.1.0", "communes"),
    Census(2023, CURRENT_EDITION, "6.0.0", "communes"),
)
# Every edition repeats the census of 2017 there: Mayotte had no other until 2025.
MAYOTTE, MAYOTTE_CENSUS = "976", Census(2017, CURRENT_EDITION, "6.0.0", "epci")
# The editions mix several census years in these collectivities: better no figure than a wrong year.
UNDATED_COLLECTIVITIES = ("975", "977", "978", "984", "986", "987", "988", "989")

Json = dict[str, Any]


class OfficialCodes:
    """Reads the editions found in a `node_modules` folder, each file once, when it is first asked for."""

    def __init__(self, node_modules: Path) -> None:
        self.node_modules = node_modules
        self._kept: dict[tuple[str, str], list[Json]] = {}

    @cached_property
    def communes(self) -> dict[str, Json]:
        """Today's communes by INSEE code."""
        return {row["code"]: row for row in self._rows(CURRENT_EDITION, "communes") if _stands(row)}

    @cached_property
    def epcis(self) -> dict[str, Json]:
        """Today's EPCI with their own tax, by SIREN."""
        return {row["code"]: row for row in self._rows(CURRENT_EDITION, "epci")}

    @cached_property
    def epci_of(self) -> dict[str, str]:
        """SIREN of the EPCI of each commune; a few islands have none."""
        return {member["code"]: siren for siren, epci in self.epcis.items() for member in epci["membres"]}

    @cached_property
    def successor(self) -> dict[str, str]:
        """Today's commune of each code that no longer stands alone."""
        return {
            former: code
            for code, row in self.communes.items()
            for former in row.get("anciensCodes", [])
            if former not in self.communes
        }

    @cached_property
    def known_names(self) -> dict[str, str]:
        """Names of codes of today, of the editions at hand (2022 onwards), then of `former_names.csv`."""
        folders = [CURRENT_EDITION, *dict.fromkeys(census.folder for census in reversed(CENSUSES))]
        names: dict[str, str] = {}
        for folder in folders:
            for row in self._rows(folder, "communes"):
                names.setdefault(row["code"], row["nom"])
        with FORMER_NAMES.open(encoding="utf-8", newline="") as table:
            for known in csv.DictReader(table):
                names.setdefault(known["code"], known["name"])
        return names

    @cached_property
    def seat_names(self) -> dict[str, str]:
        """Name of the delegated commune whose code the merged commune took over: Pertain, in Hypercourt."""
        return {
            row["code"]: row["nom"]
            for row in self._rows(CURRENT_EDITION, "communes")
            if row["type"] in {"commune-deleguee", "commune-associee"}
            and row["code"] in self.communes
            and row["nom"] != self.communes[row["code"]]["nom"]
        }

    @cached_property
    def populations(self) -> dict[str, list[PopulationRecord]]:
        """Census figures of each commune in today's limits, by rising year: merged communes are added up."""
        by_year: dict[str, dict[int, PopulationRecord]] = {}
        for census in (*CENSUSES, MAYOTTE_CENSUS):
            for code, figure in self._census(census).items():
                by_year.setdefault(code, {}).setdefault(census.year, figure)
        return {code: [years[year] for year in sorted(years)] for code, years in by_year.items()}

    def edition_folders(self) -> list[str]:
        """Every package that this tool reads, the current one first."""
        return list(dict.fromkeys([CURRENT_EDITION, *(census.folder for census in CENSUSES)]))

    def version(self, folder: str) -> str:
        """Version of one installed package. Raises BuildError when it is not there."""
        path = self.node_modules / folder / "package.json"
        try:
            return str(json.loads(path.read_text(encoding="utf-8"))["version"])
        except OSError as error:
            raise BuildError(f"Le paquet npm « {folder} » n’est pas installé : lancez d’abord « npm ci ».") from error

    def _census(self, census: Census) -> dict[str, PopulationRecord]:
        if (found := self.version(census.folder)) != census.version:
            raise BuildError(
                f"Le paquet npm « {census.folder} » est en version {found} au lieu de {census.version} : "
                "l’année de ses populations n’est pas connue. Lancez « npm ci »."
            )
        figures: dict[str, PopulationRecord] = {}
        for code, municipal, total in self._counts(census):
            current = self.successor.get(code, code)
            if current not in self.communes or current.startswith(UNDATED_COLLECTIVITIES):
                continue
            if current.startswith(MAYOTTE) != (census is MAYOTTE_CENSUS):
                continue
            before = figures.get(current, {"year": census.year, "municipal": 0, "total": 0})
            added = None if total is None or before["total"] is None else before["total"] + total
            figures[current] = {
                "year": census.year, "municipal": before["municipal"] + municipal, "total": added,
            }  # fmt: skip
        return figures

    def _counts(self, census: Census) -> Iterator[tuple[str, int, int | None]]:
        rows = self._rows(census.folder, census.file)
        if census.file == "communes":
            for row in rows:
                if _stands(row) and row.get("population") is not None:
                    yield row["code"], row["population"], None
            return
        for epci in rows:
            for member in epci["membres"]:
                if member.get("populationMunicipale") is not None:
                    yield member["code"], member["populationMunicipale"], member.get("populationTotale")

    def _rows(self, folder: str, name: str) -> list[Json]:
        if (folder, name) not in self._kept:
            path = self.node_modules / folder / "data" / f"{name}.json"
            try:
                self._kept[folder, name] = json.loads(path.read_text(encoding="utf-8"))
            except OSError as error:
                raise BuildError(
                    f"Le paquet npm « {folder} » n’est pas installé : lancez d’abord « npm ci »."
                ) from error
        return self._kept[folder, name]


def _stands(row: Json) -> bool:
    return bool(row["type"] == "commune-actuelle")
