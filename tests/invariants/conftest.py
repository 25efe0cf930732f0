"""A database for each test, where several connections meet: a copy of the test's own, thrown away at the end.

On SQLite the test's own is in memory and has one connection; the copy is a file, opened as a site opens its own.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection, connections

from tests.factories import small_territory


@pytest.fixture(scope="session")
def sqlite_template(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The migrated database of the tests, as a file."""
    path = tmp_path_factory.mktemp("template") / "main.db"
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(path)])
    return path


@pytest.fixture
def _django_db_helper(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any, tmp_path: Path
) -> Iterator[None]:
    """What the mark `django_db` does in this folder, in the place of pytest-django's fixture of this name."""
    kept, own = connections["default"], connections.settings["default"]
    with django_db_blocker.unblock():
        if connection.vendor == "sqlite":
            name = str(tmp_path / "main.db")
            Path(name).write_bytes(request.getfixturevalue("sqlite_template").read_bytes())
        else:
            name = f"maillage_race_{secrets.token_hex(4)}"
            kept.close()  # a template is nobody's meanwhile
            _on_server(own, f'CREATE DATABASE "{name}" TEMPLATE "{own["NAME"]}"')
        connections.settings["default"] = {**own, "NAME": name}
        connections["default"] = connections.create_connection("default")
        _forget_the_other()
        try:
            yield
        finally:
            connections["default"].close()
            connections.settings["default"], connections["default"] = own, kept
            _forget_the_other()
            if kept.vendor == "postgresql":
                _on_server(own, f'DROP DATABASE "{name}" WITH (FORCE)')


def _forget_the_other() -> None:
    """What a process keeps of one database is wrong of the next: a test that emptied tables numbered its types anew."""
    cache.clear()
    ContentType.objects.clear_cache()


def _on_server(own: dict[str, Any], words: str) -> None:
    with psycopg.connect(
        dbname="postgres", host=own["HOST"], port=own["PORT"], user=own["USER"], password=own["PASSWORD"] or None,
        autocommit=True,
    ) as server:  # fmt: skip
        server.execute(words)


@pytest.fixture(autouse=True)
def _ground(db: None) -> None:
    small_territory()
