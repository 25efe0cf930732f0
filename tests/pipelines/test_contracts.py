"""Marts keep their contract, and the reference page says what the contracts say."""

from pathlib import Path

import duckdb
import pytest

from pipelines.contracts.page import PAGE, page
from pipelines.contracts.tables import check_contract, contract
from pipelines.errors import PipelineError


def test_the_reference_page_is_the_one_the_contracts_make() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()


def test_every_mart_file_has_one_contract_with_told_meanings() -> None:
    for mart in ("sirene_units", "sirene_establishments"):
        columns = contract(mart)
        assert len({column.name for column in columns}) == len(columns)
        assert all(column.meaning and 0 <= column.max_empty <= 1 for column in columns)


def written(path: Path, *, rows: int, changes: dict[str, str]) -> Path:
    """A mart of units whose columns are all filled, but for the changes (SQL by column)."""
    values = {
        column.name: f"CAST('{'2020-01-01' if column.type == 'DATE' else 'true'}' AS {column.type})"
        for column in contract("sirene_units")
    }
    columns = ", ".join(f"{value} AS {name}" for name, value in (values | changes).items() if value)
    with duckdb.connect() as connection:
        connection.execute(f"COPY (SELECT {columns} FROM range({rows})) TO '{path}' (FORMAT parquet)")
    return path


@pytest.mark.parametrize(
    ("rows", "changes", "said"),
    [
        (500, {"siren": "NULL::VARCHAR"}, "la colonne siren est vide à 100"),
        (500, {"name": "if(range < 300, NULL, 'x')"}, "la colonne name est vide à 60"),
        (1, {"siren": ""}, "n’a pas les colonnes promises"),
        (1, {"creation_date": "'2020-01-01'"}, "n’a pas les colonnes promises"),
    ],
)
def test_a_broken_contract_is_told(tmp_path: Path, rows: int, changes: dict[str, str], said: str) -> None:
    path = written(tmp_path / "mart.parquet", rows=rows, changes=changes)
    with duckdb.connect() as connection, pytest.raises(PipelineError, match=said):
        check_contract(connection, "sirene_units", path)


def test_a_kept_contract_gives_the_row_count(tmp_path: Path) -> None:
    path = written(tmp_path / "mart.parquet", rows=500, changes={"name": "if(range < 200, NULL, 'x')"})
    with duckdb.connect() as connection:
        assert check_contract(connection, "sirene_units", path) == 500
