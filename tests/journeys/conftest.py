"""The seeded platform, as `make start` serves it, for the browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from maillage.kernel import registry
from maillage.kernel.edition import forget


class _Planted:
    """The database just after the seeds, as the first test of this process made it."""

    copy: Any = None


@pytest.fixture
def seeded(live_server: LiveServer, wagtail_roots: None) -> LiveServer:
    """Territory, strategy, example world and index, in the test's own database.

    Planted once for a process, then laid again whole: on SQLite, where journeys run.
    """
    if _Planted.copy is None:
        _plant()
        _Planted.copy = type(connection.connection)(":memory:", check_same_thread=False)
        connection.connection.backup(_Planted.copy)
    else:
        _Planted.copy.backup(connection.connection)
    cache.clear()
    forget()
    call_command("rebuild_index", verbosity=0)
    return live_server


@pytest.fixture
def lived_in(seeded: LiveServer, settings: Settings, tmp_path: Path) -> LiveServer:
    """The same, whose letters are caught in the mailbox of the demonstration, and whose people come in at will."""
    settings.DEMO, settings.ACCOUNT_RATE_LIMITS = True, False
    settings.MEDIA_ROOT, settings.SITE_URL = tmp_path, seeded.url
    return seeded


def _plant() -> None:
    call_command("load_territory", verbosity=0)
    for foundation in registry.foundations():
        foundation()
    call_command("load_strategy", verbosity=0)
    call_command("load_indicators", verbosity=0)
    call_command("seed", profile="e2e", verbosity=0)
