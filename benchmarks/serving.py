"""Requests per second of home, list and sheet beside a bare Django view, under the same granian.

The floor is a view that answers two bytes through the same middleware-free URL table; the load comes from
threads of this process over loopback, bounded in count. Ratios matter, not requests per second.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import statistics
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from tools.example_site import example_data

if TYPE_CHECKING:
    from collections.abc import Iterator

PORT = 8765
REQUESTS, CLIENTS = 1_500, 8


@contextmanager
def served(target: str, port: int, environment: dict[str, str]) -> Iterator[None]:
    """One granian with the options of `maillage serve`, ended at the end."""
    code = (
        "from granian import Granian; from granian.constants import Interfaces;"
        f"Granian({target!r}, port={port}, interface=Interfaces.WSGI, workers=2, blocking_threads=4,"
        " websockets=False, log_level='error').serve()"
    )
    process = subprocess.Popen([sys.executable, "-c", code], env=environment)
    try:
        for _ in range(100):
            try:
                status(port, "/sante/vif")
                break
            except OSError:
                time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait(timeout=20)


def status(port: int, path: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    return answer.status


def rate(port: int, paths: list[str]) -> float:
    """Requests per second over keep-alive connections; the median of three rounds."""

    def client(rank: int, turn: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        for number in range(REQUESTS // CLIENTS):
            path = paths[(rank + number * CLIENTS) % len(paths)].replace("ROUND", str(turn))
            connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
            connection.getresponse().read()

    rounds = []
    for turn in range(3):
        began = time.perf_counter()
        with ThreadPoolExecutor(CLIENTS) as pool:
            list(pool.map(client, range(CLIENTS), [turn] * CLIENTS))
        rounds.append(REQUESTS / (time.perf_counter() - began))
    return statistics.median(rounds)


def questions() -> list[str]:
    """As many questions as requests, drawn from 480 with the frequencies of words (the n-th weighs 1/n)."""
    words = ("atelier", "vélo", "jardin", "ressourcerie", "aide", "culture", "théâtre", "emploi", "enfants", "épicerie")
    filters = ("", "&famille=association", "&famille=cooperative", "&secteur=commerce", "&tri=nom", "&page=2")
    places = (
        "", "&ouvert=1", "&commune=80620", "&commune=80620&rayon_km=10",
        "&commune=80561", "&lieu=Ham", "&lieu=80400", "&lieu=Roisel&rayon_km=20",
    )  # fmt: skip
    asked = [f"/annuaire/?q={quote(word)}{one}{place}" for one in filters for place in places for word in words]
    return random.Random(2026).choices(asked, [1 / rank for rank in range(1, len(asked) + 1)], k=REQUESTS)


def run() -> dict[str, Any]:
    """{page: requests per second and share of the bare view}, on example data of its own."""
    with example_data() as environment:
        return _measure(environment)


def _measure(environment: dict[str, str]) -> dict[str, Any]:
    slugs = json.loads(
        subprocess.run(
            [sys.executable, "-m", "benchmarks.serving"], capture_output=True, text=True, check=True, env=environment
        ).stdout.splitlines()[-1]
    )
    with served("benchmarks.bare:application", PORT, environment):
        floor = rate(PORT, ["/"])
    figures: dict[str, Any] = {"bare_view_per_second": round(floor)}
    with served("config.wsgi:application", PORT + 1, environment):
        pages = {
            "home_cached": ["/"],
            "list_cached": ["/annuaire/"],
            # What visitors do: many ask the same things, some ask what nobody asked before.
            "list_asked_by_visitors": questions(),
            # A number that nothing reads makes each address new: the page is built every time.
            "list_built": [f"{path}&mesure=ROUND-{number}" for number, path in enumerate(questions())],
            "sheet_cached": [f"/annuaire/{slugs[0]}/"],
            "sheet_built": [f"/annuaire/{slug}/?mesure=ROUND-{number}" for number, slug in enumerate(slugs * 60)][
                :REQUESTS
            ],
        }
        for name, paths in pages.items():
            if status(PORT + 1, paths[0].replace("ROUND", "first")) == 200:
                per_second = rate(PORT + 1, paths)
                figures[name] = {"per_second": round(per_second), "share_of_bare": round(per_second / floor, 2)}
    return figures


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    from maillage.directory.models import Organisation

    print(json.dumps(list(Organisation.objects.published().values_list("slug", flat=True)[:50])))
