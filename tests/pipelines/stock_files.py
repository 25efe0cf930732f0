"""Small Sirene stock files written by hand, one meaning per row."""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypedDict
from zipfile import ZIP_DEFLATED, ZipFile

import duckdb

from pipelines.sources.sirene.schema import ESTABLISHMENT_HEADER, UNIT_HEADER

Row = Mapping[str, str]


def unit(siren: str, **values: str) -> dict[str, str]:
    """One unit, an open and published association unless told otherwise; keys without `UniteLegale`."""
    row = {
        "siren": siren,
        "statutDiffusionUniteLegale": "O",
        "dateCreationUniteLegale": "2001-02-03",
        "dateDebut": "2010-01-01",
        "etatAdministratifUniteLegale": "A",
        "denominationUniteLegale": f"UNITE {siren}",
        "categorieJuridiqueUniteLegale": "9220",
        "activitePrincipaleUniteLegale": "88.99B",
        "nomenclatureActivitePrincipaleUniteLegale": "NAFRev2",
        "nicSiegeUniteLegale": "00011",
        "activitePrincipaleNAF25UniteLegale": "88.99H",
    }
    return row | {_full(name, "UniteLegale", UNIT_HEADER): value for name, value in values.items()}


def place(siret: str, **values: str) -> dict[str, str]:
    """One open place in Péronne; keys without `Etablissement`."""
    row = {
        "siren": siret[:9],
        "nic": siret[9:],
        "siret": siret,
        "statutDiffusionEtablissement": "O",
        "etablissementSiege": "true" if siret.endswith("00011") else "false",
        "dateCreationEtablissement": "2001-02-03",
        "numeroVoieEtablissement": "7",
        "typeVoieEtablissement": "RUE",
        "libelleVoieEtablissement": "DES CHANOINES",
        "codePostalEtablissement": "80200",
        "codeCommuneEtablissement": "80620",
        "coordonneeLambertAbscisseEtablissement": "693000.5",
        "coordonneeLambertOrdonneeEtablissement": "6979000.5",
        "dateDebut": "2010-01-01",
        "etatAdministratifEtablissement": "A",
        "activitePrincipaleEtablissement": "88.99B",
        "nomenclatureActivitePrincipaleEtablissement": "NAFRev2",
    }
    return row | {_full(name, "Etablissement", ESTABLISHMENT_HEADER): value for name, value in values.items()}


def _full(name: str, suffix: str, header: tuple[str, ...]) -> str:
    return next(column for column in header if column in {name, name + suffix})


def csv_text(rows: Iterable[Row], header: Iterable[str], separator: str = ",") -> str:
    """The text of a stock file."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(header), restval="", delimiter=separator, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


class Files(TypedDict):
    """Where the two files are."""

    units: Path
    establishments: Path


@dataclass
class Stock:
    """Two stock files to be written in any form."""

    folder: Path
    units: list[dict[str, str]] = field(default_factory=list)
    places: list[dict[str, str]] = field(default_factory=list)
    unit_header: list[str] = field(default_factory=lambda: list(UNIT_HEADER))
    place_header: list[str] = field(default_factory=lambda: list(ESTABLISHMENT_HEADER))

    def add(self, siren: str, *sirets: str, **values: str) -> None:
        """Add a unit with places of default content."""
        self.units.append(unit(siren, **values))
        self.places.extend(place(siret) for siret in sirets)

    def write(self, form: str = "csv") -> Files:
        """Write both files and give the arguments of `prepare_selection`."""
        self.folder.mkdir(exist_ok=True)
        return {
            "units": self._write("units", csv_text(self.units, self.unit_header), form),
            "establishments": self._write("places", csv_text(self.places, self.place_header), form),
        }

    def _write(self, name: str, text: str, form: str) -> Path:
        path = self.folder / f"{name}.{form}"
        if form == "csv":
            path.write_text(text, encoding="utf-8")
        elif form == "zip":
            with ZipFile(path, "w", ZIP_DEFLATED) as bundle:
                bundle.writestr(f"{name}.csv", text)
        else:
            source = self.folder / f"{name}.source.csv"
            source.write_text(text, encoding="utf-8")
            # Guessed types: numbers, dates and booleans, as the published Parquet has them.
            with duckdb.connect() as connection:
                connection.execute(
                    f"COPY (FROM read_csv('{source}', all_varchar = {form == 'text.parquet'})) "
                    f"TO '{path}' (FORMAT parquet)"
                )
        return path
