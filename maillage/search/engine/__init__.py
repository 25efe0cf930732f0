"""The search engine, free of Django: documents in, answers out. See the room's README."""

from maillage.search.engine.documents import FACETS, Document, week_slot
from maillage.search.engine.question import (
    MAX_ROWS,
    SORTS,
    Answer,
    Box,
    Cells,
    Columns,
    Query,
    Row,
    Sort,
    Suggestion,
)
from maillage.search.engine.reader import Engine
from maillage.search.engine.state import Busy
from maillage.search.engine.writer import Unusable

__all__ = [
    "FACETS",
    "MAX_ROWS",
    "SORTS",
    "Answer",
    "Box",
    "Busy",
    "Cells",
    "Columns",
    "Document",
    "Engine",
    "Query",
    "Row",
    "Sort",
    "Suggestion",
    "Unusable",
    "week_slot",
]
