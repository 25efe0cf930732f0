"""A made-up room that declares letters, purposes and a ladder about sources of the kernel."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from maillage.kernel import registry
from tests.outbox.world import MANIFEST


@pytest.fixture(autouse=True)
def _a_room_that_writes() -> Iterator[None]:
    registry.introduce(MANIFEST)
    yield
    registry._manifests.pop(MANIFEST.room)
