from __future__ import annotations

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def _letters_are_caught(settings: Settings) -> None:
    settings.DEMO = True
