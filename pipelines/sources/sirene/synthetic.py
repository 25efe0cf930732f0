"""Made-up Sirene stock files with the real columns, for tests and for `make bench`.

Words: everything is computed from the row number, so the same size always gives the same files.
Neighbours: `schema` for the headers; nothing here resembles a real organisation on purpose, but numbers
carry valid keys (all but one unit in 500), so a made-up SIREN may exist.
"""

# ruff: noqa: S608 — every piece of this SQL is written in this project; values travel as parameters.

from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from zipfile import ZIP_DEFLATED, ZipFile

import duckdb

from pipelines.sources.sirene.schema import ESTABLISHMENTS, UNITS, StockSchema

Format = Literal["parquet", "csv", "zip"]

# Shares of units, in thousandths, close to the national file: 45 of the ESS (34 flagged and active), the rest outside.
_LEGAL_CATEGORY = """CASE
  WHEN r < 32 THEN '9220' WHEN r < 34 THEN '9260' WHEN r < 35 THEN '9210' WHEN r < 37 THEN '6316'
  WHEN r < 38 THEN '5532' WHEN r < 39 THEN '5710' WHEN r < 40 THEN '5458' WHEN r < 41 THEN '9230'
  WHEN r < 42 THEN '8210' WHEN r < 43 THEN '9300' WHEN r < 44 THEN '5560' WHEN r < 45 THEN '9223'
  WHEN r < 560 THEN '1000' WHEN r < 700 THEN '5499' WHEN r < 840 THEN '5710' WHEN r < 960 THEN '6540'
  WHEN r < 990 THEN '9110' ELSE '7210' END"""
_NAF = """CASE
  WHEN r >= 45 THEN list_value('47.11B', '68.20B', '43.21A', '01.11Z', '62.01Z', '84.11Z')[1 + lot(i, 3) % 6]
  ELSE list_value('94.99Z', '94.99Z', '94.99Z', '93.12Z', '93.12Z', '90.01Z', '88.99B', '94.91Z', '85.59B',
    '88.10A')[1 + lot(i, 3) % 10] END"""
_NAF25 = """CASE
  WHEN r >= 45 THEN list_value('47.11H', '68.20H', '43.21Y', '01.11Y', '62.10Y', '84.11Y')[1 + lot(i, 3) % 6]
  ELSE list_value('94.99Y', '94.99Y', '94.99Y', '93.12Y', '93.12Y', '90.20G', '88.99H', '94.91Y', '85.59H',
    '88.10G')[1 + lot(i, 3) % 10] END"""


def _luhn_key(digits: str, length: int) -> str:
    """SQL of the Luhn key that follows an integer of `length` digits, given as a column or an expression."""
    terms = []
    for rank in range(length):
        digit = f"(({digits}) // {10**rank}) % 10"
        is_doubled = rank % 2 == 0
        terms.append(f"(2 * ({digit}) - 9 * CAST(({digit}) > 4 AS INT))" if is_doubled else f"({digit})")
    return f"((10 - ({' + '.join(terms)}) % 10) % 10)"


def _columns(schema: StockSchema, values: dict[str, str]) -> str:
    return ", ".join(f"{values.get(name, 'NULL::VARCHAR')} AS {name}" for name in schema.header)


def _unit_base(units: int) -> str:
    """Rows (i, r, root, siren): i from 0, r its lot in thousandths, root the eight digits before the key."""
    step = 89_999_999 // units
    root = f"10000000 + i * {step} + lot(i, 1) % {step}"
    key = f"({_luhn_key('root', 8)} + CAST(i % 500 = 499 AS INT)) % 10"
    return f"""SELECT *, root::VARCHAR || ({key})::VARCHAR AS siren
      FROM (SELECT i, lot(i, 2) % 1000 AS r, {root} AS root FROM (SELECT range AS i FROM range({units})))"""


def _units_sql(units: int) -> str:
    date = "DATE '1990-01-01' + (lot(i, 5) % 13000)::INT"
    is_person = "r BETWEEN 45 AND 559"
    is_masked = f"(lot(i, 6) % 100 < CASE WHEN {is_person} THEN 12 ELSE 1 END)"
    # Religious associations (their NAF has the lot 7) are never flagged; one outsider in 20 000 is.
    is_flagged = "(r < 45 AND lot(i, 11) % 25 <> 0 AND lot(i, 3) % 10 <> 7 OR lot(i, 11) % 20000 = 1)"
    name = """CASE WHEN r < 45 THEN 'ASSOCIATION EXEMPLE ' || i ELSE 'ENTREPRISE EXEMPLE ' || i END"""
    values = {
        "siren": "siren",
        "statutDiffusionUniteLegale": f"CASE WHEN {is_masked} THEN 'P' ELSE 'O' END",
        "dateCreationUniteLegale": date,
        "sigleUniteLegale": "CASE WHEN lot(i, 7) % 9 = 0 THEN 'EX' || i % 900 END",
        "prenom1UniteLegale": f"CASE WHEN NOT {is_person} THEN NULL WHEN {is_masked} THEN '[ND]' ELSE 'PRENOM' END",
        "nomUniteLegale": f"CASE WHEN NOT {is_person} THEN NULL WHEN {is_masked} THEN '[ND]' ELSE 'NOM' END",
        "identifiantAssociationUniteLegale": "CASE WHEN r < 34 THEN 'W80' || lpad((i % 10000000)::VARCHAR, 7, '0') END",
        "trancheEffectifsUniteLegale": "list_value('NN', 'NN', '00', '01', '02', '11')[1 + lot(i, 8) % 6]",
        "anneeEffectifsUniteLegale": "'2023'",
        "dateDernierTraitementUniteLegale": f"({date})::TIMESTAMP",
        "nombrePeriodesUniteLegale": "1 + lot(i, 9) % 5",
        "categorieEntreprise": "'PME'",
        "dateDebut": f"{date} + 500",
        "etatAdministratifUniteLegale": "CASE WHEN lot(i, 10) % 100 < if(r < 45, 20, 50) THEN 'C' ELSE 'A' END",
        "denominationUniteLegale": f"CASE WHEN {is_person} THEN NULL WHEN {is_masked} THEN '[ND]' ELSE {name} END",
        "categorieJuridiqueUniteLegale": _LEGAL_CATEGORY,
        "activitePrincipaleUniteLegale": _NAF,
        "nomenclatureActivitePrincipaleUniteLegale": "'NAFRev2'",
        "nicSiegeUniteLegale": _nic("1"),
        "economieSocialeSolidaireUniteLegale": f"CASE WHEN {is_flagged} THEN 'O' WHEN lot(i, 11) % 3 = 0 THEN 'N' END",
        "caractereEmployeurUniteLegale": "'N'",
        "activitePrincipaleNAF25UniteLegale": _NAF25,
    }
    return f"SELECT {_columns(UNITS, values)} FROM ({_unit_base(units)})"


def _nic(number: str) -> str:
    """SQL of the five digits of an establishment number whose SIRET has a right key (if the SIREN has one)."""
    whole = f"(siren::BIGINT * 10000 + {number})"
    return f"lpad(({number})::VARCHAR, 4, '0') || ({_luhn_key(whole, 13)})::VARCHAR"


def _establishments_sql(units: int, establishments: int, communes: str) -> str:
    more = max(establishments - units, 0)
    # Every unit has one place; the remainder is spread as evenly as row numbers allow.
    count = f"1 + ((i + 1) * {more} // {units} - i * {more} // {units})"
    values = {
        "siren": "siren",
        "nic": "nic",
        "siret": "siren || nic",
        "statutDiffusionEtablissement": "CASE WHEN masked THEN 'P' ELSE 'O' END",
        "dateCreationEtablissement": "opened",
        "trancheEffectifsEtablissement": "list_value('NN', 'NN', '00', '01', '02', '11')[1 + lot(i, 8) % 6]",
        "dateDernierTraitementEtablissement": "opened::TIMESTAMP",
        "etablissementSiege": "n = 1",
        "nombrePeriodesEtablissement": "1 + lot(i, 9) % 5",
        "complementAdresseEtablissement": "CASE WHEN NOT masked AND h % 20 = 0 THEN 'MAIRIE' END",
        "numeroVoieEtablissement": "CASE WHEN masked THEN '[ND]' ELSE (1 + h % 90)::VARCHAR END",
        "typeVoieEtablissement": "CASE WHEN NOT masked THEN list_value('RUE', 'AV', 'PL', 'CHE')[1 + h % 4] END",
        "libelleVoieEtablissement": "CASE WHEN masked THEN '[ND]' ELSE 'DE L''EXEMPLE ' || h % 500 END",
        "codePostalEtablissement": "CASE WHEN masked THEN '[ND]' ELSE commune[:2] || '200' END",
        "libelleCommuneEtablissement": "'COMMUNE ' || commune",
        "codeCommuneEtablissement": "commune",
        "coordonneeLambertAbscisseEtablissement": "if(masked, '[ND]', (650000 + h % 60000)::VARCHAR)",
        "coordonneeLambertOrdonneeEtablissement": "if(masked, '[ND]', (6940000 + h % 40000)::VARCHAR)",
        "dateDebut": "opened + 400",
        "etatAdministratifEtablissement": "CASE WHEN h % 100 < 45 THEN 'F' ELSE 'A' END",
        "enseigne1Etablissement": "CASE WHEN NOT masked AND h % 15 = 0 THEN 'ENSEIGNE ' || h % 1000 END",
        "activitePrincipaleEtablissement": _NAF,
        "nomenclatureActivitePrincipaleEtablissement": "'NAFRev2'",
        "caractereEmployeurEtablissement": "'N'",
        "activitePrincipaleNAF25Etablissement": _NAF25,
    }
    return f"""SELECT {_columns(ESTABLISHMENTS, values)} FROM (
      SELECT *, lot3(i, n, 12) AS h, {_nic("n")} AS nic, lot(i, 6) % 100 < 6 AS masked,
        DATE '1990-01-01' + (lot(i, 5) % 13000)::INT AS opened, {communes} AS commune
      FROM (SELECT *, unnest(range(1, 1 + {count})) AS n FROM ({_unit_base(units)})))"""


def _communes_sql(commune_codes: tuple[str, ...], share: float) -> str:
    everywhere = "lpad((1 + lot(i, 13) % 95)::VARCHAR, 2, '0') || lpad((1 + lot3(i, n, 14) % 360)::VARCHAR, 3, '0')"
    if not commune_codes:
        return everywhere
    chosen = ", ".join(f"'{code}'" for code in commune_codes)
    return (
        f"CASE WHEN lot(i, 15) % 100000 < {int(share * 100_000)} "
        f"THEN list_value({chosen})[1 + lot3(i, n, 16) % {len(commune_codes)}] ELSE {everywhere} END"
    )


@dataclass(frozen=True, slots=True)
class StockFiles:
    """Paths of the two files of one edition."""

    units: Path
    establishments: Path


def write_stock(
    folder: Path,
    *,
    units: int,
    establishments: int,
    form: Format = "parquet",
    commune_codes: tuple[str, ...] = (),
    share: float = 0.00095,
) -> StockFiles:
    """Write made-up stock files, rows in SIREN order as INSEE publishes them.

    units, establishments: row counts, establishments ≥ units, units ≤ 60 million.
    commune_codes: communes that receive `share` of the units (the PETR of the project weighs 0.095 % of France).
    """
    with duckdb.connect() as connection:
        connection.execute("SET threads = 2; SET memory_limit = '2GB'; SET enable_progress_bar = false")
        connection.execute("CREATE MACRO lot(a, b) AS (hash(a, b) >> 2)::BIGINT")
        connection.execute("CREATE MACRO lot3(a, b, c) AS (hash(a, b, c) >> 2)::BIGINT")
        queries = {
            UNITS: _units_sql(units),
            ESTABLISHMENTS: _establishments_sql(units, establishments, _communes_sql(commune_codes, share)),
        }
        paths = [_write(connection, query, folder, schema.name, form) for schema, query in queries.items()]
    return StockFiles(*paths)


def _write(connection: duckdb.DuckDBPyConnection, query: str, folder: Path, name: str, form: Format) -> Path:
    if form == "parquet":
        path = folder / f"{name}_utf8.parquet"
        connection.execute(f"COPY ({query}) TO '{path}' (FORMAT parquet, COMPRESSION zstd)")
        return path
    path = folder / f"{name}_utf8.csv"
    connection.execute(f"COPY ({query}) TO '{path}' (FORMAT csv, HEADER)")
    if form == "csv":
        return path
    archive = folder / f"{name}_utf8.zip"
    with ZipFile(archive, "w", ZIP_DEFLATED, compresslevel=4) as bundle:
        bundle.write(path, path.name)
    path.unlink()
    return archive
