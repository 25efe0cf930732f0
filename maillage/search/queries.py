"""What screens ask of the search; every answer comes from the index of this machine's DATA_DIR.

Words: as in `engine.question`. Neighbours: rooms above build a `Query` and render the `Answer`.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.conf import settings

from maillage.search.engine import Answer, Box, Cells, Columns, Engine, Query, Row, Suggestion

__all__ = [
    "Answer",
    "Query",
    "Row",
    "Suggestion",
    "engine",
    "everything",
    "is_ready",
    "map_cells",
    "matching_ids",
    "points",
    "search",
    "suggest",
    "version",
]


@cache
def _engine_of(root: Path) -> Engine:
    return Engine(root)


def engine() -> Engine:
    """Return this process's reader of the index in SEARCH_DIR."""
    return _engine_of(Path(settings.SEARCH_DIR))


def search(query: Query) -> Answer:
    """Answer a question: exact total and facets, one page of rows. Without an index, `state` is "missing"."""
    return engine().search(query)


def suggest(text: str, limit: int = 8, kinds: frozenset[str] = frozenset()) -> list[Suggestion]:
    """Complete what is being typed: words in use, then titles."""
    return engine().suggest(text, limit, kinds)


def matching_ids(query: Query, limit: int | None = None) -> list[int]:
    """Return the ids of all that meets a question (of one kind, say so in `kinds`), in the order of its sort."""
    return engine().matching_ids(query, limit)


def map_cells(query: Query, bbox: Box, columns: int = 64, rows: int = 64) -> Cells:
    """Count what meets a question over a grid of columns × rows laid on a box (degrees)."""
    return engine().map_cells(query, bbox, columns, rows)


def points(query: Query, bbox: Box, limit: int = 500) -> list[Row] | None:
    """Return what meets a question inside a box, the best first, or None when there is more than limit."""
    return engine().points(query, bbox, limit)


def everything(kind: str) -> Columns:
    """Return ids and positions of every positioned document of a kind, as numpy arrays."""
    return engine().everything(kind)


def version() -> str:
    """Return what changes whenever answers may change; "" when there is no index."""
    return engine().version()


def is_ready() -> bool:
    """Tell whether there is an index that can be read."""
    return engine().view() is not None
