"""One prepared platform for all, and a copy of it for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.place import Place, copy_of, drop, prepared


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    made = prepared(tmp_path_factory.mktemp("template") / "place")
    yield made
    drop(made)


@pytest.fixture
def place(template: Place, tmp_path: Path) -> Iterator[Place]:
    made = copy_of(template, tmp_path / "place")
    yield made
    drop(made)
