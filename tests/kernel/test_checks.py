from __future__ import annotations

import pytest
from django.db import connection
from pytest_django import Settings

from maillage.kernel import checks


@pytest.fixture(autouse=True)
def _on_sqlite(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "vendor", "sqlite")


def test_the_sqlite_in_use_is_safe() -> None:
    assert checks.sqlite_is_safe() == []


def test_a_sqlite_that_may_corrupt_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "sqlite_version", lambda: (3, 51, 2))
    found = checks.sqlite_is_safe()
    assert [problem.id for problem in found] == ["maillage.E001"]
    assert "SQLite 3.51.2 peut abîmer la base" in found[0].msg


def test_development_may_use_what_it_finds(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    settings.DEBUG = True
    monkeypatch.setattr(checks, "sqlite_version", lambda: (3, 40, 1))
    assert checks.sqlite_is_safe() == []
