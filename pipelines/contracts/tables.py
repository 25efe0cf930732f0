"""What each mart promises: its columns, their types and units, and how empty they may be.

Words: a contract is a CSV file beside this module, one row per column; `max_empty` is a share, 0 to 1.
Neighbours: marts are checked against it before they are published; docs/reference/pipelines.md is made from it.
"""

import csv
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipelines.errors import PipelineError
from pipelines.french_numbers import percent

FOLDER = Path(__file__).parent
# Below this, a share of empty values says nothing.
_ENOUGH_ROWS = 200


@dataclass(frozen=True, slots=True)
class ContractColumn:
    """One promised column. unit: of the value, or the code list it belongs to."""

    name: str
    type: str
    unit: str
    max_empty: float
    meaning: str


def contract(mart: str) -> tuple[ContractColumn, ...]:
    """Read the contract of a mart, columns in order."""
    with (FOLDER / f"{mart}.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(
            ContractColumn(row["name"], row["type"], row["unit"], float(row["max_empty"]), row["meaning"])
            for row in csv.DictReader(lines)
        )


def check_contract(connection: duckdb.DuckDBPyConnection, mart: str, path: Path) -> int:
    """Compare a Parquet file with the contract of its mart and return its row count.

    Reads the footer only. Raises PipelineError when a column is missing, of another type, or too empty.
    """
    described = connection.execute("DESCRIBE FROM read_parquet($path)", {"path": str(path)}).fetchall()
    expected = contract(mart)
    if [(row[0], row[1]) for row in described] != [(column.name, column.type) for column in expected]:
        raise PipelineError(
            f"La table {mart} n’a pas les colonnes promises par son contrat.",
            advice="C’est un défaut du programme : signalez-le.",
        )
    rows = connection.execute(
        "SELECT coalesce(sum(num_rows), 0)::BIGINT FROM parquet_file_metadata($path)", {"path": str(path)}
    ).fetchone()
    total = int(rows[0]) if rows else 0
    empty: dict[str, int] = dict(
        connection.execute(
            "SELECT path_in_schema, sum(stats_null_count)::BIGINT FROM parquet_metadata($path) GROUP BY 1",
            {"path": str(path)},
        ).fetchall()
    )
    for column in expected:
        share = (empty.get(column.name) or 0) / max(total, 1)
        if total >= _ENOUGH_ROWS and share > column.max_empty:
            raise PipelineError(
                f"Dans la table {mart}, la colonne {column.name} est vide à {percent(share)} "
                f"(au plus {percent(column.max_empty)} attendus).",
                advice="Le fichier source a sans doute changé : vérifiez-le avant de recommencer.",
            )
    return total
