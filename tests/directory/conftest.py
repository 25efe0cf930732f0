"""An index of the test's own, and a clean cache: what a visitor of the directory meets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from pytest_django import Settings

from maillage.search import actions as search


@pytest.fixture
def reindex(settings: Settings, tmp_path: Path) -> Iterator[Callable[[], None]]:
    """Call it when the sheets are written: the search then knows them all."""
    settings.SEARCH_DIR = tmp_path / "search"
    cache.clear()

    def rebuild() -> None:
        search.rebuild()

    yield rebuild
    cache.clear()
