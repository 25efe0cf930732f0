"""Both engines: a copy of one moment, its row counts, its restoration; the copy of a live file with `cp` is never used.

SQLite by `VACUUM INTO` (a reader like another: writers go on); PostgreSQL by pg_dump under an exported snapshot, so
that counts, head and dump are of the same moment.
"""

from __future__ import annotations

import os
import secrets
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction

from maillage.kernel.backup.files import BackupRefused
from maillage.kernel.queries.audit import head

NAMES = {"sqlite": "main.db", "postgresql": "main.dump"}


def snapshot(target: Path) -> tuple[dict[str, int], str]:
    """Copy the database of now to a file; its rows by table, and the head of the journal, as they stand in the copy."""
    if connection.vendor == "sqlite":
        # A connection of its own: VACUUM INTO refuses to run inside a transaction.
        source = sqlite3.connect(connection.settings_dict["NAME"], uri=_is_uri(), timeout=20)
        try:
            source.execute("VACUUM INTO ?", [str(target)])
        finally:
            source.close()
        with opened_copy(target) as alias:
            return row_counts(alias), head(alias)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
            cursor.execute("SELECT pg_export_snapshot()")
            exported = cursor.fetchone()[0]
        counts, known = row_counts(DEFAULT_DB_ALIAS), head()
        _run(["pg_dump", "--format=custom", "--no-owner", f"--snapshot={exported}", f"--file={target}"])
    return counts, known


def _is_uri() -> bool:
    return str(connection.settings_dict["NAME"]).startswith("file:")


def row_counts(alias: str) -> dict[str, int]:
    """{table: rows} of every table; the search tables that SQLite keeps for itself are left out."""
    found = connections[alias]
    with found.cursor() as cursor:
        tables = sorted(found.introspection.table_names(cursor))
        counts = {}
        for table in tables:
            cursor.execute(f"SELECT count(*) FROM {found.ops.quote_name(table)}")  # noqa: S608 — our own table names
            counts[table] = cursor.fetchone()[0]
    return counts


@contextmanager
def opened_copy(path: Path) -> Iterator[str]:
    """A SQLite file as one more database of Django, for as long as the block lasts."""
    with _alias({"NAME": path}) as alias:
        yield alias


@contextmanager
def restored_copy(path: Path, vendor: str) -> Iterator[str]:
    """The copy as a database to look at: the file itself, or a PostgreSQL database made and dropped for it."""
    if vendor != connection.vendor:
        raise BackupRefused(f"Cette sauvegarde est de {vendor}, la base d’ici est de {connection.vendor}.")
    if vendor == "sqlite":
        with opened_copy(path) as alias:
            yield alias
        return
    name = f"maillage_verify_{secrets.token_hex(4)}"
    with _maintenance() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    try:
        _run(["pg_restore", "--no-owner", "--exit-on-error", f"--dbname={name}", str(path)])
        with _alias({"NAME": name}) as alias:
            yield alias
    finally:
        with _maintenance() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@contextmanager
def _alias(changes: dict[str, Any]) -> Iterator[str]:
    alias = f"backup_{secrets.token_hex(4)}"
    connections.settings[alias] = {**deepcopy(connections.settings[DEFAULT_DB_ALIAS]), **changes}
    try:
        yield alias
    finally:
        connections[alias].close()
        del connections[alias]
        del connections.settings[alias]


@contextmanager
def _maintenance() -> Iterator[Any]:
    with _alias({"NAME": "postgres", "ATOMIC_REQUESTS": False}) as alias, connections[alias].cursor() as cursor:
        yield cursor


def faults(alias: str) -> list[str]:
    """What the engine itself finds wrong with a restored copy."""
    if connections[alias].vendor != "sqlite":
        return []  # pg_restore made every row and every key anew: it would have stopped
    with connections[alias].cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        said = [row[0] for row in cursor.fetchall() if row[0] != "ok"]
        cursor.execute("PRAGMA foreign_key_check")
        return said + [f"{row[0]} : une ligne mène à une ligne absente" for row in cursor.fetchall()]


def is_empty() -> bool:
    """Is there nothing to overwrite here?"""
    if connection.vendor == "sqlite" and not Path(connection.settings_dict["NAME"]).exists():
        return True
    return not connection.introspection.table_names()


def put_back(copy: Path, vendor: str) -> None:
    """Put a verified copy in the place of the database, whole or not at all."""
    if vendor != connection.vendor:
        raise BackupRefused(f"Cette sauvegarde est de {vendor}, la base d’ici est de {connection.vendor}.")
    connections.close_all()
    if vendor == "postgresql":
        _run([
            "pg_restore", "--no-owner", "--clean", "--if-exists", "--single-transaction", "--exit-on-error",
            f"--dbname={connection.settings_dict['NAME']}", str(copy),
        ])  # fmt: skip
        return
    place = Path(connection.settings_dict["NAME"])
    for suffix in ("-wal", "-shm"):
        place.with_name(place.name + suffix).unlink(missing_ok=True)
    copy.replace(place)


def _run(words: list[str]) -> None:
    """Run a PostgreSQL tool on our server; its password goes by the environment, never in the list of processes."""
    here = connection.settings_dict
    known = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    given = {variable: str(here[name]) for variable, name in known.items() if here.get(name)}
    done = subprocess.run(words, env={**os.environ, **given}, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BackupRefused(f"{words[0]} : {done.stderr.strip()[-500:]}")
