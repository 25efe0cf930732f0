"""What the national selection knows of given places: open, or closed since when.

Words: a place that is not of the ESS, or is younger than the edition, is not in the selection: it is left out.
Neighbours: `sirene_selection` publishes what is read here.
"""

# ruff: noqa: S608 — every piece of this SQL is written in this project; values travel as parameters.

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from pipelines.marts.sirene_selection import connected, selection_store
from pipelines.sources.sirene.stock import parquet_relation


def states_of(sirets: Iterable[str], *, cache_dir: Path) -> dict[str, date | None] | None:
    """{SIRET: day it closed, None while it is open} of those the current selection holds; None without a selection.

    A unit that ceased closes its places. 1900-01-01: closed, nobody says since when.
    """
    store = selection_store(cache_dir)
    current = store.current()
    if current is None:
        return None
    folder = store.path_of(current)
    query = f"""
        SELECT place.siret, coalesce(place.closed_date, unit.closed_date)
        FROM {parquet_relation(folder / "establishments.parquet")} AS place
        LEFT JOIN {parquet_relation(folder / "units.parquet")} AS unit ON unit.siren = place.siren
        WHERE place.siret IN (SELECT unnest($sirets::VARCHAR[]))
    """
    with connected() as connection:
        return dict(connection.execute(query, {"sirets": sorted(set(sirets))}).fetchall())
