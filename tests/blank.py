"""An empty migrated site, made once for all the processes of a test run; each who wants one gets a copy."""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

ROOT = Path(__file__).resolve().parents[1]
# Names the run to all its processes; without it (a benchmark) each site is made from nothing.
RUN = "MAILLAGE_TEST_RUN"


def name_run() -> None:
    """Before the processes of a test run part."""
    os.environ.setdefault(RUN, secrets.token_hex(4))


def blank_site(folder: Path, database_url: str = "") -> str:
    """Fill a DATA_DIR; the address of its database, made beside the one named here, "" for SQLite in the folder."""
    if RUN not in os.environ:
        return _made(folder, _new_database(database_url) if database_url else "")
    with _template().with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        kind = _template() / ("postgresql" if database_url else "sqlite")
        if not (kind / "address").exists():
            address = _made(kind / "data", _new_database(database_url) if database_url else "")
            (kind / "address").write_text(address)
    shutil.copytree(kind / "data", folder, dirs_exist_ok=True)
    address = (kind / "address").read_text()
    return copy_of_database(address) if address else ""


def forget_run() -> None:
    """At the end of the run, once for all."""
    for address in _template().glob("*/address"):
        if told := address.read_text():
            drop_database(told)
    shutil.rmtree(_template(), ignore_errors=True)
    _template().with_suffix(".lock").unlink(missing_ok=True)


def copy_of_database(address: str) -> str:
    """The address of another database with the same content; nobody may be connected to the first."""
    return _new_database(address, urlsplit(address).path[1:])


def drop_database(address: str) -> None:
    """Whoever is still connected to it."""
    with psycopg.connect(_beside(address), autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{urlsplit(address).path[1:]}" WITH (FORCE)')


def _template() -> Path:
    return Path(tempfile.gettempdir()) / f"maillage-blank-{os.environ[RUN]}"


def _made(folder: Path, address: str) -> str:
    folder.mkdir(parents=True, exist_ok=True)
    environment = {**os.environ, "DATA_DIR": str(folder), "DATABASE_URL": address, "PYTHONPATH": str(ROOT)}
    if not address:
        del environment["DATABASE_URL"]
    for words in (["migrate", "-v", "0"], ["createcachetable", *([] if address else ["--database", "cache"])]):
        done = subprocess.run(
            [sys.executable, "manage.py", *words], cwd=ROOT, env=environment, capture_output=True, text=True,
            check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-2000:]
    return address


def _new_database(url: str, template: str = "template1") -> str:
    name = f"maillage_faults_{secrets.token_hex(4)}"
    with psycopg.connect(_beside(url), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    return urlsplit(url)._replace(path=f"/{name}").geturl()


def _beside(url: str) -> str:
    return urlsplit(url)._replace(path="/postgres").geturl()
