"""Every test of grants stands on a small territory."""

from __future__ import annotations

import pytest
from django.core.cache import cache

from tests.factories import small_territory


@pytest.fixture(autouse=True)
def _here(request: pytest.FixtureRequest) -> None:
    if request.node.get_closest_marker("django_db"):
        request.getfixturevalue("db")
        cache.clear()
        small_territory()
