"""Small made-up indexes for the tests of the search."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from maillage.search.engine import Document, Engine, state, writer

Builder = Callable[[Iterable[Document]], Engine]


def organisation(number: int, title: str, **fields: object) -> Document:
    """One findable organisation."""
    return Document(kind="organisation", id=number, title=title, url=f"/annuaire/{number}/", **fields)  # type: ignore[arg-type]


def build(root: Path, documents: Iterable[Document]) -> Engine:
    """Index these documents and open them."""
    listed = list(documents)
    with state.writing(root):
        writer.rebuild(root, listed, expected=len(listed))
    return Engine(root)


def update(root: Path, documents: Iterable[Document] = (), gone: Iterable[tuple[str, int]] = ()) -> None:
    """Write changes as the follower does."""
    with state.writing(root):
        writer.update(root, documents, gone, cursor={})


@pytest.fixture
def indexed(tmp_path: Path) -> Builder:
    """Build an index in a folder of the test."""
    return lambda documents: build(tmp_path / "search", documents)
