"""One migrated database for a whole run: who first needs it makes it by the command of an operator, others copy it.

Migrating takes half a minute of a processor, and each process of the tests and each platform of tests/faults wants it.
`python -m tests.migrated` makes it beforehand in the folder that MAILLAGE_TESTS_RUN names, with that of the server of
DATABASE_URL; with `forget`, both go.
"""

from __future__ import annotations

import atexit
import fcntl
import os
import secrets
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

ROOT = Path(__file__).resolve().parents[1]
RUN = "MAILLAGE_TESTS_RUN"


def share() -> Path:
    """The folder that the processes of this run share; who made it takes it away when it leaves."""
    if RUN not in os.environ:
        os.environ[RUN] = tempfile.mkdtemp(prefix="maillage-tests-")
        atexit.register(_forget, Path(os.environ[RUN]))
    return Path(os.environ[RUN])


def _forget(folder: Path) -> None:
    for address in folder.glob("*.address"):
        drop_database(address.read_text())
    shutil.rmtree(folder)


def sqlite_file() -> Path:
    """The migrated database, in a file that nobody has open."""

    def make(target: Path) -> None:
        with tempfile.TemporaryDirectory() as folder:
            _migrate(DATA_DIR=folder)
            with closing(sqlite3.connect(Path(folder) / "main.db")) as made:
                made.execute("VACUUM INTO ?", [str(target)])

    return _once("main.db", make)


def server_database(url: str) -> str:
    """The name of the migrated database on the server of this address."""

    def make(target: Path) -> None:
        address = new_database(url, "template1")
        with tempfile.TemporaryDirectory() as folder:
            _migrate(DATA_DIR=folder, DATABASE_URL=address)
        target.write_text(address)

    return urlsplit(_once("server.address", make).read_text()).path[1:]


def _once(name: str, make: Callable[[Path], None]) -> Path:
    """The file of this name in the folder of the run, made by the first who asks while the others wait."""
    folder = share()
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / name).exists():
            make(folder / name)
    return folder / name


def _migrate(**settings: str) -> None:
    given = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "CACHE_URL"}}
    subprocess.run([sys.executable, "-m", "config.cli", "migrate", "-v0"], cwd=ROOT, env=given | settings, check=True)


def new_database(url: str, template: str) -> str:
    """The address of a new copy of this database, on the same server."""
    name = f"maillage_tests_{secrets.token_hex(4)}"
    _on_server(url, f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    return urlsplit(url)._replace(path=f"/{name}").geturl()


def drop_database(url: str) -> None:
    _on_server(url, f'DROP DATABASE IF EXISTS "{urlsplit(url).path[1:]}" WITH (FORCE)')


def _on_server(url: str, words: str) -> None:
    with psycopg.connect(urlsplit(url)._replace(path="/postgres").geturl(), autocommit=True) as server:
        server.execute(words)


if __name__ == "__main__":
    if sys.argv[1:] == ["forget"]:
        _forget(share())
    else:
        sqlite_file()
        server_database(os.environ["DATABASE_URL"])
