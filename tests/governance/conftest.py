from __future__ import annotations

import pytest
from pytest_django import Settings

from tests.factories import small_territory


@pytest.fixture(autouse=True)
def _ground(request: pytest.FixtureRequest, settings: Settings) -> None:
    """A territory, and letters that are caught rather than sent; nothing for tests that ask no database."""
    settings.DEMO = True
    if request.node.get_closest_marker("django_db") is not None:
        request.getfixturevalue("transactional_db" if "live_server" in request.fixturenames else "db")
        small_territory()
