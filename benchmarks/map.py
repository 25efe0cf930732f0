"""The map at national size: what a view of France, of a department or of a town costs, in time and in bytes.

`python -m benchmarks.map [--number 1400000]` prints the figures as JSON. The made-up index of `benchmarks.search`
is used (kept in var/bench). A view is a window of 1280 by 800 pixels: all its tiles together, asked by a visitor
whose browser has none. Cold: nobody asked this question before at this edition; warm: its points are kept.
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
import math
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

WINDOW = (1280, 800)
FRANCE = (46.6, 2.4, 6)  # latitude, longitude, zoom
DEPARTMENT_ZOOM, TOWN_ZOOM = 9, 13
PLACES, TURNS = 30, 3
QUESTIONS = {
    "everything": "",
    "facets": "famille=cooperative",
    "wide facets": "famille=association",
    "two facets": "famille=association&qualification=ACI",
    "text": "q=ressourcerie",
    "frequent text": "q=association culture",
    "text and facets": "q=jardin&famille=association",
}
MOST_MS, MOST_TEXT_MS, MOST_BYTES = 10.0, 40.0, 10_000
Tile = tuple[int, int, int]
Look = tuple[float, float, int]
Times = tuple[float, float]


def run(*, number: int = 1_400_000) -> dict[str, Any]:
    """Measure; times in ms (over the views, each the best of three), bytes after gzip. `met` tells each target apart.

    direct: clusters and JSON in this process; http: the same through Django's client, its middleware included.
    """
    from benchmarks.search import FOLDER, build

    with tempfile.TemporaryDirectory() as place:
        root = FOLDER / f"search-{number}"
        built = build(root, number)
        _stand(Path(place), root)
        figures: dict[str, Any] = {"number": number, "index": built, "columns_s": _columns()}
        looks = _looks()
        for name, question in QUESTIONS.items():
            figures[name] = {view: _measure(question, places) for view, places in looks.items()}
        figures["met"] = _met(figures)
    return figures


def _stand(folder: Path, index: Path) -> None:
    """A site of its own with an empty directory, in front of the made-up index."""
    os.environ |= {"DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "config.settings"}
    os.environ.pop("DATABASE_URL", None)
    (folder / "search").symlink_to(index)
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0, database="cache" if "cache" in settings.DATABASES else "default")
    call_command("load_territory", verbosity=0, stdout=io.StringIO())


def _columns() -> float:
    from maillage.directory import map as maps

    began = time.perf_counter()
    maps.refresh_columns()
    return round(time.perf_counter() - began, 2)


def _looks() -> dict[str, list[Look]]:
    """France from seven neighbouring centres; departments and towns around places drawn among the organisations."""
    from maillage.search import queries as search

    found = search.everything("organisation")
    drawn = np.random.default_rng(5).integers(0, len(found.ids), PLACES)
    places = [(float(found.latitude[at]), float(found.longitude[at])) for at in drawn]
    return {
        "france": [(FRANCE[0] + step / 10, FRANCE[1] + step / 7, FRANCE[2]) for step in range(-3, 4)],
        "department": [(*place, DEPARTMENT_ZOOM) for place in places],
        "town": [(*place, TOWN_ZOOM) for place in places],
    }


def tiles_of(look: Look) -> Iterator[Tile]:
    """The tiles that a window on this place touches, as the map's script asks for them."""
    latitude, longitude, zoom = look
    size = 256 * 2**zoom
    x = (longitude + 180) / 360 * size
    y = (0.5 - math.asinh(math.tan(math.radians(latitude))) / (2 * math.pi)) * size
    last = 2 ** (zoom - 2) - 1
    spans = [
        range(max(0, int((middle - side / 2) // 1024)), min(last, int((middle + side / 2) // 1024)) + 1)
        for middle, side in zip((x, y), WINDOW, strict=True)
    ]
    for down in spans[1]:
        for across in spans[0]:
            yield zoom - 2, across, down


def _measure(question: str, looks: list[Look]) -> dict[str, Any]:
    from django.test import Client

    from maillage.directory.views.map import _question

    client = Client(headers={"Accept-Encoding": "gzip"})
    answer = client.get("/carte/vue/", query_params=dict(part.split("=") for part in question.split("&") if part))
    asked = _question(answer.wsgi_request)
    ways: dict[str, Callable[[list[Tile]], object]] = {
        "direct": partial(_drawn, asked),
        "http": partial(_served, client, question),
    }
    times: dict[str, dict[str, list[Times]]] = {way: {"cold": [], "warm": []} for way in ways}
    weights: list[int] = []
    for look in looks:
        tiles = list(tiles_of(look))
        for way, ask_for in ways.items():
            act = partial(ask_for, tiles)
            times[way]["cold"].append(_best(act, before=_forget))
            times[way]["warm"].append(_best(act))
        weights.append(sum(len(gzip.compress(body, 6)) for body in _drawn(asked, tiles)))
    return {
        **{way: {state: _spread(found) for state, found in states.items()} for way, states in times.items()},
        "bytes_p95": round(_quantile(weights)),
        "tiles": round(statistics.mean(len(list(tiles_of(look))) for look in looks), 1),
    }


def _drawn(question: Any, tiles: list[Tile]) -> list[bytes]:
    from django.utils import timezone

    from maillage.directory import map as maps

    points = maps.points_of(question.to_query(timezone.now()))
    return [json.dumps(maps.tile_of(points, maps.TileAddress(*tile)), separators=(",", ":")).encode() for tile in tiles]


def _served(client: Any, question: str, tiles: list[Tile]) -> None:
    for level, x, y in tiles:
        answer = client.get(f"/carte/tuiles/x/{level}/{x}/{y}.json?{question.replace(' ', '+')}")
        assert answer.status_code == 200


def _forget() -> None:
    """Throw away what this process remembers of questions, as if nobody had asked."""
    from maillage.directory.map.points import forget
    from maillage.search import queries as search
    from maillage.search.engine.view import Shelf

    view = search.engine().view()
    assert view is not None
    view.counts = Shelf(256)
    forget()


def _best(act: Callable[[], Any], before: Callable[[], None] = lambda: None) -> Times:
    """The best of TURNS turns, in ms: by the clock, and of processor, since others may use the machine too."""
    found: list[Times] = []
    for _ in range(TURNS):
        before()
        began, worked = time.perf_counter(), time.thread_time()
        act()
        found.append(((time.perf_counter() - began) * 1e3, (time.thread_time() - worked) * 1e3))
    return min(clock for clock, _ in found), min(work for _, work in found)


def _quantile(values: list[float] | list[int]) -> float:
    return statistics.quantiles(values, n=20, method="inclusive")[-1]


def _spread(times: list[Times]) -> dict[str, float]:
    clock, work = [one for one, _ in times], [other for _, other in times]
    return {
        "p50": round(statistics.median(clock), 2),
        "p95": round(_quantile(clock), 2),
        "processor_p95": round(_quantile(work), 2),
    }


def _met(figures: dict[str, Any]) -> dict[str, bool]:
    met: dict[str, bool] = {}
    for name in QUESTIONS:
        limit = MOST_TEXT_MS if "text" in name else MOST_MS
        for view, found in figures[name].items():
            met[f"{name}, {view}"] = found["direct"]["cold"]["p95"] < limit and found["bytes_p95"] <= MOST_BYTES
    return met


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Mesure la carte.")
    parser.add_argument("--number", type=int, default=1_400_000)
    print(json.dumps(run(number=parser.parse_args().number), ensure_ascii=False, indent=2))
