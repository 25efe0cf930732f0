"""What Django refuses to start with."""

from __future__ import annotations

import sqlite3
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Critical, Tags, register
from django.db import connection

# 3.7.0 to 3.51.2 may corrupt a database in write-ahead mode (see config/sqlite.py).
SAFE_SQLITE = (3, 51, 3)


def sqlite_version() -> tuple[int, ...]:
    """The version of the SQLite that Django opens: config/sqlite.py puts a fixed one in its place."""
    return sqlite3.sqlite_version_info


@register(Tags.database)
def sqlite_is_safe(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Refuse, outside development, a SQLite that may corrupt the database."""
    if settings.DEBUG or connection.vendor != "sqlite" or sqlite_version() >= SAFE_SQLITE:
        return []
    found, needed = (".".join(map(str, version)) for version in (sqlite_version(), SAFE_SQLITE))
    message = f"SQLite {found} peut abîmer la base : il faut la version {needed} ou plus récente."
    return [Critical(message, hint="Installez les paquets de requirements/base.txt (pysqlite3).", id="maillage.E001")]
