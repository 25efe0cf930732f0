"""Commits that survive the death of a process, though not of the machine; and how to know that it died.

Words: a *soft* commit is not waited for by the disk. The *epoch* of the store changes when such commits may have been
lost: another start of the database server, or of the machine for a database in a file. A letter claimed in another
epoch than today's is never put back (`delivery.reap`), so what a lost commit forgot is not sent twice. ADR 13.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection, transaction

BOOT = Path("/proc/sys/kernel/random/boot_id")


def epoch() -> str:
    """Sixteen figures that name the present epoch, "" where it cannot be known. One query on PostgreSQL."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_postmaster_start_time()::text")
            told = str(cursor.fetchone()[0])
    elif connection.vendor == "sqlite" and BOOT.exists():
        told = BOOT.read_text()
    else:
        return ""
    return hashlib.blake2s(told.encode(), digest_size=8).hexdigest()


@contextmanager
def soft_commit(*, is_soft: bool) -> Iterator[None]:
    """A transaction whose end does not wait for the disk; an ordinary one when not is_soft, or inside another."""
    if not is_soft or connection.in_atomic_block:
        with transaction.atomic():
            yield
    elif connection.vendor == "postgresql":
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL synchronous_commit TO off")
            yield
    else:
        _synchronise("NORMAL")
        try:
            with transaction.atomic():
                yield
        finally:
            _synchronise("FULL")


def _synchronise(mode: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA synchronous={mode}")
