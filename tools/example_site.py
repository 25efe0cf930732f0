"""A throwaway site with example data, for pictures and measures; touches no other data."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[1]
STEPS = (
    ["prepare"], ["load_territory"], ["load_strategy"], ["load_indicators"], ["seed", "--profile=demo"],
    ["work", "--once"],
)  # fmt: skip
# One signed-in person, without going through the sign-in screens, which have pictures of their own.
SESSION = """
from django.test import Client
from maillage.accounts.models import User
client = Client()
client.force_login(User.objects.get(email="bruno@exemple.maillage.test"))
print("session=" + client.cookies["session"].value)
"""


@contextmanager
def example_data() -> Iterator[dict[str, str]]:
    """Seeded data in a folder of their own: the environment that names it; gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "DATA_DIR": folder}
        environment.pop("DATABASE_URL", None)
        for words in STEPS:
            print("→", *words, file=sys.stderr)
            maillage(environment, *words)
        yield environment


@contextmanager
def example_site() -> Iterator[tuple[str, str]]:
    """A seeded site that runs on a free port: (address, session of an agent); gone afterwards."""
    with example_data() as environment, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        environment |= {"PORT": str(port)}
        session = maillage(environment, "shell", "-v", "0", "-c", SESSION).split("session=")[1].strip()
        server = subprocess.Popen(
            [sys.executable, "-m", "config.cli", "serve", "--port", str(port)], cwd=ROOT, env=environment
        )
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(address + "/sante/vif")
            yield address, session
        finally:
            server.terminate()
            server.wait(timeout=30)


def maillage(environment: dict[str, str], *words: str) -> str:
    """What one command of the site says."""
    return subprocess.run(
        [sys.executable, "-m", "config.cli", *words], cwd=ROOT, env=environment, check=True, capture_output=True,
        text=True,
    ).stdout  # fmt: skip


def _wait_for(address: str) -> None:
    limit = time.monotonic() + 120
    while time.monotonic() < limit:
        try:
            urlopen(address, timeout=5).close()  # noqa: S310 — our own server
        except (URLError, OSError):
            time.sleep(0.5)
        else:
            return
    raise SystemExit(f"{address} does not answer.")
