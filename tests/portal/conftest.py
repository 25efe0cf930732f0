"""A loaded small territory, an index of the test's own and a clean cache."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.cache import cache
from pytest_django import Settings

from maillage.strategy.actions import load_strategy
from maillage.territories.actions import load_territory
from tests.factories import AT
from tests.strategy.files import strategy_file
from tests.territories.files import territory_file


@pytest.fixture(autouse=True)
def _own_index_and_cache(settings: Settings, tmp_path: Path) -> None:
    settings.SEARCH_DIR = tmp_path / "search"
    settings.SITE_URL = "https://ess.exemple.test"
    cache.clear()


@pytest.fixture
def place(db: None) -> None:
    """Péronne (80001), Y (80002) and Pœuilly (02003), 7 km from one to the next, with a strategy."""
    load_territory(document=territory_file(), by=None, at=AT)
    load_strategy(document=strategy_file(), by=None, at=AT)
