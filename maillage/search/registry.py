"""Where rooms say how their objects become documents; each calls `register` in its `AppConfig.ready`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from maillage.search.engine import Document

Documents = Callable[[Sequence[int]], Iterable[Document]]
AllIds = Callable[[], Iterable[int]]


@dataclass(frozen=True)
class Source:
    """One kind of findable objects. An id that `documents` leaves out is not findable."""

    kind: str
    documents: Documents
    all_ids: AllIds


_sources: dict[str, Source] = {}


def register(*, kind: str, documents: Documents, all_ids: AllIds) -> None:
    """Add or replace the source of a kind."""
    _sources[kind] = Source(kind, documents, all_ids)


def sources() -> list[Source]:
    """Return all sources, by kind: the order in which a rebuild reads them."""
    return [_sources[kind] for kind in sorted(_sources)]


def source(kind: str) -> Source | None:
    """Return the source of a kind, or None when no room has registered it."""
    return _sources.get(kind)
