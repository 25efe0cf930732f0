"""The seeded platform, as `make start` serves it, for the browser."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from pytest_django.live_server_helper import LiveServer

from maillage.kernel import registry


@pytest.fixture
def seeded(live_server: LiveServer, wagtail_roots: None) -> LiveServer:
    """Territory, strategy, example world and index, in the test's own database."""
    call_command("load_territory", verbosity=0)
    for foundation in registry.foundations():
        foundation()
    call_command("load_strategy", verbosity=0)
    call_command("seed", profile="e2e", verbosity=0)
    call_command("rebuild_index", verbosity=0)
    return live_server
