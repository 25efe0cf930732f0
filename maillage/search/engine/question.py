"""What is asked of the search, and what comes back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

Sort = Literal["pertinence", "nom", "distance", "recent"]
SORTS: tuple[Sort, ...] = get_args(Sort)
MAX_ROWS = 10_000
MAX_PAGE_SIZE = 1_000
Box = tuple[float, float, float, float]  # west, south, east, north in degrees; west > east crosses 180°
Position = tuple[float, float]  # latitude, longitude in degrees


@dataclass(frozen=True, kw_only=True)
class Query:
    """A question. An empty one asks for everything, the best documents first.

    filters: facet name → values, any of which is enough; every named facet must be met.
    near with radius_km: within that distance; near alone: distances are given.
    now_slot: quarter hour of the week that is now; is_open_only: only what is open then.
    An unknown facet, sort or value finds nothing wrong: unknown sorts are "pertinence", unknown facets are
    left aside, unknown values match nothing.
    """

    text: str = ""
    kinds: frozenset[str] = frozenset()
    filters: Mapping[str, frozenset[str]] = field(default_factory=dict)
    bbox: Box | None = None
    near: Position | None = None
    radius_km: float | None = None
    now_slot: int | None = None
    is_open_only: bool = False
    sort: Sort = "pertinence"
    page: int = 1
    page_size: int = 20
    with_facets: bool = True

    @property
    def first(self) -> int:
        """How many rows come before this page."""
        return (max(1, self.page) - 1) * self.size

    @property
    def size(self) -> int:
        """Rows a page, within 1 and MAX_PAGE_SIZE."""
        return min(max(1, self.page_size), MAX_PAGE_SIZE)


@dataclass(frozen=True, kw_only=True)
class Row:
    """One found document; distance_km is None without a position asked or known."""

    key: str
    kind: str
    id: int
    title: str
    url: str
    payload: Mapping[str, Any]
    latitude: float | None
    longitude: float | None
    distance_km: float | None = None


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a question found. `facets` lists (value, count) by count, then value, without zeros."""

    total: int = 0
    rows: list[Row] = field(default_factory=list)
    facets: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    open_count: int | None = None
    corrected_text: str = ""
    is_shortened: bool = False
    state: Literal["ready", "missing"] = "ready"
    version: str = ""


@dataclass(frozen=True)
class Suggestion:
    """A completion as one types; kind "mot" completes words, others open a document (key, url)."""

    text: str
    kind: str
    key: str = ""
    url: str = ""


@dataclass(frozen=True)
class Cells:
    """What a grid over a box holds, one line for each cell that is not empty, by row then column.

    x counts from the west and y from the south; latitude and longitude are the mean of the cell's documents;
    id and kind are those of one of them.
    """

    x: NDArray[np.int32]
    y: NDArray[np.int32]
    count: NDArray[np.int64]
    latitude: NDArray[np.float64]
    longitude: NDArray[np.float64]
    id: NDArray[np.int64]

    @property
    def total(self) -> int:
        """How many documents the cells hold together."""
        return int(self.count.sum())


@dataclass(frozen=True)
class Columns:
    """The positioned documents of one kind, in no promised order."""

    ids: NDArray[np.int64]
    latitude: NDArray[np.float64]
    longitude: NDArray[np.float64]
