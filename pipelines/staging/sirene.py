"""Sirene as received, typed: two views with our column names, whatever the file stored.

Words: "[ND]" is what INSEE writes in place of a value it may not publish; it is read as empty.
Neighbours: `sources.sirene` says what is in the files, the SQL of `marts` reads these views.
"""

# ruff: noqa: S608 — every piece of this SQL is written in this project; values travel as parameters.

from collections.abc import Mapping

from pipelines.sources.sirene.schema import Column, StockSchema


def staging_select(schema: StockSchema, stored_types: Mapping[str, str], relation: str) -> str:
    """Write the SELECT of a staging view.

    stored_types: DuckDB type of each column present in the file; an optional column may be missing.
    relation: SQL of the file itself (`read_parquet(…)` or `read_csv(…)`).
    """
    columns = ", ".join(
        f"{_typed(column, stored_types.get(column.source))} AS {column.name}" for column in schema.columns
    )
    return f"SELECT {columns} FROM {relation}"


def _typed(column: Column, stored: str | None) -> str:
    name = f'"{column.source}"'
    is_text = stored == "VARCHAR"
    match column.kind:
        case "number":
            return f"try_cast({name} AS DOUBLE)" if stored else "NULL::DOUBLE"
        case "date":
            return name if stored == "DATE" else f"try_cast({name} AS DATE)"
        case "boolean":
            return f"lower({name}) = 'true'" if is_text else name
        case "code":
            # Text codes pass untouched: their filters then reach the file's own statistics.
            return name if is_text else f"lpad({name}::BIGINT::VARCHAR, {column.width or 1}, '0')"
        case "text":
            return f"nullif(nullif(trim({name}::VARCHAR), ''), '[ND]')" if stored else "NULL::VARCHAR"
