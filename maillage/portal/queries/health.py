"""Is the platform alive, ready, and well down to its foundations?

Words: *ready* = may receive visitors; *deep* = what an operator wants to know. A probe that leaves
nothing behind: its write is turned back. Neighbours: views/health.py.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from maillage.kernel.backup import last_verdict
from maillage.kernel.checks import SAFE_SQLITE, sqlite_version
from maillage.kernel.models import Source
from maillage.outbox.queries import mail_delay
from maillage.search import queries as search
from maillage.search.engine import state
from maillage.search.models import Change

LEAST_FREE_BYTES = 500_000_000
MOST_BACKUP_AGE = timedelta(hours=25)
MOST_MAIL_WAIT = timedelta(minutes=15)


@dataclass(frozen=True)
class Finding:
    """One check. `facts` = what was measured, for machines."""

    name: str
    is_well: bool
    facts: dict[str, Any]


def ready() -> list[Finding]:
    """Database, migrations, index: three questions, a few milliseconds."""
    return [_tried("database", _read_database), _tried("migrations", _migrations), _tried("index", _index)]


def deep() -> list[Finding]:
    """The same, with a write, the cache, the lag of the index, the disk and the engine."""
    return [
        _tried("database", _write_database),
        _tried("migrations", _migrations),
        _tried("cache", _cache),
        _tried("index", _index_lag),
        _tried("disk", _disk),
        _tried("engine", _engine),
        _tried("backup", _backup),
        _tried("mail", _mail),
    ]


def _tried(name: str, check: Callable[[], tuple[bool, dict[str, Any]]]) -> Finding:
    started = time.monotonic()
    try:
        is_well, facts = check()
    except Exception as error:  # noqa: BLE001 - whatever fails, the probe says so: it is its only work
        is_well, facts = False, {"error": type(error).__name__}
    return Finding(name, is_well, {**facts, "ms": round((time.monotonic() - started) * 1000, 1)})


def _read_database() -> tuple[bool, dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,), {}


def _write_database() -> tuple[bool, dict[str, Any]]:
    with transaction.atomic():
        Source.objects.create(kind=Source.Kind.COMPUTED, title="/sante/profond", date=timezone.localdate())
        transaction.set_rollback(True)
    return True, {"vendor": connection.vendor}


def _migrations() -> tuple[bool, dict[str, Any]]:
    executor = MigrationExecutor(connection)
    waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    return waiting == 0, {"waiting": waiting}


def _cache() -> tuple[bool, dict[str, Any]]:
    token = f"{time.time_ns()}"
    cache.set("health:probe", token, 30)
    return cache.get("health:probe") == token, {}


def _index() -> tuple[bool, dict[str, Any]]:
    return search.is_ready(), {"version": search.version()}


def _index_lag() -> tuple[bool, dict[str, Any]]:
    is_open, facts = _index()
    current = state.read(settings.SEARCH_DIR)
    cursor = {} if current is None else current.cursor
    waiting = Change.objects.filter(pk__gt=cursor.get("id", 0)).exclude(pk__in=cursor.get("ahead", []))
    return is_open, {**facts, "changes_waiting": waiting.count()}


def _disk() -> tuple[bool, dict[str, Any]]:
    free = shutil.disk_usage(settings.DATA_DIR).free
    return free >= LEAST_FREE_BYTES, {"free_mb": free // 1_000_000}


def _backup() -> tuple[bool, dict[str, Any]]:
    """Once a backup was proved here, the next proof comes within a day; before, there is nothing to say."""
    last = last_verdict()
    if last is None:
        return True, {"verified": None}
    age = timezone.now() - datetime.fromisoformat(last["at"])
    return age <= MOST_BACKUP_AGE and not last["faults"], {"verified": last["at"], "faults": last["faults"]}


def _mail() -> tuple[bool, dict[str, Any]]:
    """Letters leave within a quarter of an hour, and nobody has to say whether one left; where there is a way out."""
    told = mail_delay(timezone.now())
    is_well = not told.can_leave or (told.oldest <= MOST_MAIL_WAIT and not told.uncertain)
    seconds = round(told.oldest.total_seconds())
    return is_well, {"oldest_ready_s": seconds, "uncertain": told.uncertain, "can_leave": told.can_leave}


def _engine() -> tuple[bool, dict[str, Any]]:
    if connection.vendor == "sqlite":
        version = sqlite_version()
        return version >= SAFE_SQLITE, {"sqlite": ".".join(map(str, version))}
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return True, {"postgresql": cursor.fetchone()[0]}
