"""A whole platform in a folder of its own, driven by its commands as an operator does; on either database.

Commands that end are forked from a process that has loaded the platform (loaded.py); those that go on are started.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.migrated import drop_database, new_database, server_database, sqlite_file

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Place:
    """DATA_DIR and BACKUP_DIR of one platform, its database address ("" for SQLite), more settings of its own."""

    folder: Path
    database_url: str = ""
    more: dict[str, str] = field(default_factory=dict)

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def backups(self) -> Path:
        return self.folder / "backups"

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "CACHE_URL"}}
        given = {"DATA_DIR": str(self.data), "BACKUP_DIR": str(self.backups), "PYTHONPATH": str(ROOT)}
        return kept | given | self.more | ({"DATABASE_URL": self.database_url} if self.database_url else {})

    @cached_property
    def _loaded(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", "tests.faults.loaded"],
            cwd=ROOT, env=self.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0,
        )  # fmt: skip

    def _fork(self, *words: str, code: str = "") -> subprocess.CompletedProcess[str]:
        loaded = self._loaded
        assert loaded.stdin is not None
        assert loaded.stdout is not None
        with tempfile.NamedTemporaryFile("r") as out, tempfile.NamedTemporaryFile("r") as err:
            asked = {"words": words, "code": code, "out": out.name, "err": err.name}
            loaded.stdin.write(json.dumps(asked).encode() + b"\n")
            told = loaded.stdout.readline()
            assert told, "the platform could not be loaded"
            return subprocess.CompletedProcess(words, int(told), out.read(), err.read())

    def unload(self) -> None:
        """Let the next command load the platform anew, as after a restart."""
        if loaded := vars(self).pop("_loaded", None):
            loaded.kill()
            loaded.communicate()

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a command to its end, whatever it says."""
        return self._fork(*words)

    def ask(self, *words: str) -> dict[str, Any]:
        """Run a command that must succeed; its answer in JSON."""
        done = self.run(*words, "--json")
        assert done.returncode == 0, done.stderr + done.stdout
        answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return answer

    def shell(self, code: str) -> str:
        """What this Python prints, run inside the platform."""
        done = self._fork(code=code)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def start(self, *words: str, keeps_output: bool = True) -> subprocess.Popen[str]:
        """A command that goes on, at the head of a group of its own; `kill` ends it."""
        out = subprocess.PIPE if keeps_output else subprocess.DEVNULL
        return subprocess.Popen(
            [sys.executable, *words], cwd=ROOT, env=self.environment, stdout=out, stderr=None if keeps_output else out,
            text=True, start_new_session=True,
        )  # fmt: skip

    @contextmanager
    def running(self, *words: str) -> Iterator[subprocess.Popen[str]]:
        """A command that goes on, with all it started; killed at the end if it still runs."""
        process = self.start(*words)
        try:
            yield process
        finally:
            kill(process)


def kill(process: subprocess.Popen[str]) -> None:
    """SIGKILL to the whole group, at once."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    if process.stdout:
        process.stdout.close()


def install(folder: Path, database_url: str = "") -> Place:
    """A platform that migrated and holds nothing; on SQLite, or in a new database of the server of this address."""
    place = Place(folder, new_database(database_url, server_database(database_url)) if database_url else "")
    place.data.mkdir(parents=True)
    if not database_url:
        shutil.copyfile(sqlite_file(), place.data / "main.db")
    done = place.run("createcachetable", *([] if database_url else ["--database", "cache"]))
    assert done.returncode == 0, done.stderr
    return place


def prepared(folder: Path) -> Place:
    """A place that holds an agent, a member and a picture; SQLite unless DATABASE_URL asks otherwise."""
    place = install(folder, os.environ.get("DATABASE_URL", ""))
    place.shell(PLANT)
    return place


@contextmanager
def installed(folder: Path, database_url: str = "") -> Iterator[Place]:
    """The same, dropped at the end."""
    place = install(folder, database_url)
    try:
        yield place
    finally:
        drop(place)


PLANT = """
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from maillage.accounts.actions import open_account
from maillage.kernel.actions import guard_journal, load_values, seal_journal
guard_journal(); load_values()
for name in ("alice", "bruno"):
    open_account(email=f"{name}@exemple.test", first_name=name.title(), last_name="Essai", by=None, at=timezone.now())
default_storage.save("original_images/pont.png", ContentFile(b"pont" * 50_000))
seal_journal(at=timezone.now())
"""


def copy_of(template: Place, folder: Path, **more: str) -> Place:
    """Another place with the same content, and settings of its own."""
    shutil.copytree(template.data, folder / "data")
    url = template.database_url
    return Place(folder, new_database(url, urlsplit(url).path[1:]) if url else "", more)


def drop(place: Place) -> None:
    """Remove the place, and its database on PostgreSQL."""
    place.unload()
    shutil.rmtree(place.folder, ignore_errors=True)
    if place.database_url:
        drop_database(place.database_url)
