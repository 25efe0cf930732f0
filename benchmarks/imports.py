"""How fast 100 000 lines of CSV become sheets, how much memory it takes, and that a second run writes nothing.

Each measure runs in a process of its own on a database of its own: a folder that is removed afterwards
(SQLite), or a database made and dropped (PostgreSQL, when BENCH_DATABASE_URL is given). Run:
`python -m benchmarks.imports [lines]`. The file is invented; a third of its lines has no official number.
"""

from __future__ import annotations

import csv
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.numbers import siren, siret

LINES = 100_000
MOST_SECONDS, MOST_MEGABYTES = 60, 500
COMMUNES = 144
_KINDS = ("Amicale", "Comité", "Club", "Atelier", "Foyer", "Les Amis", "Société", "Union", "Compagnons", "Maison")
_THINGS = ("du livre", "de la pêche", "des jardins", "du vélo", "de la scène", "du patrimoine", "des aînés", "du bois")


def run(lines: int = LINES) -> dict[str, Any]:
    """Measure; {"sqlite": {...}, "postgresql": {...} when asked}: seconds, megabytes and counts of each step."""
    figures: dict[str, Any] = {"lines": lines, "sqlite": _measure(lines, "")}
    if url := os.environ.get("BENCH_DATABASE_URL", ""):
        figures["postgresql"] = _measure(lines, url)
    return figures


def write_file(path: Path, lines: int) -> None:
    """An invented file of so many lines, always the same."""
    chance = random.Random(2026)
    with path.open("w", encoding="cp1252", newline="") as handle:
        writer = csv.writer(handle, delimiter=";")
        writer.writerow([
            "Nom", "SIREN", "SIRET", "Catégorie juridique", "Code APE", "Adresse", "Code postal", "Commune",
            "Latitude", "Longitude", "Site internet", "Téléphone", "Courriel", "Date de création", "Objet",
        ])  # fmt: skip
        for number in range(lines):
            commune = chance.randrange(COMMUNES)
            is_known = number % 3 != 0
            name = f"{chance.choice(_KINDS)} {chance.choice(_THINGS)} {chance.choice('éèàçô')}{number:06d}"
            writer.writerow([
                name, siren(number) if is_known else "", siret(number) if is_known else "",
                chance.choice(("9220", "9220", "9220", "5458", "")), chance.choice(("94.99Z", "9312Z", "90.01Z")),
                f"{chance.randrange(1, 90)} rue de l’Église", f"8{commune:04d}", f"Commune {commune}",
                f"{50.01 + chance.random() * 0.08:.5f}".replace(".", ","),
                f"{3.0 + 0.1 * commune + 0.01 + chance.random() * 0.08:.5f}".replace(".", ","),
                f"www.exemple-{number}.fr" if number % 4 == 0 else "", "03 22 00 00 00" if number % 5 == 0 else "",
                f"contact@exemple-{number}.fr" if number % 6 == 0 else "", f"{1 + number % 28:02d}/03/1998",
                "Faire vivre le village, sans but lucratif.",
            ])  # fmt: skip


def _measure(lines: int, server: str) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "DATA_DIR": folder, "DATABASE_URL": ""}
        if server:
            environment["DATABASE_URL"] = make_database(server)
        else:
            environment.pop("DATABASE_URL")
        try:
            path = Path(folder) / "file.csv"
            write_file(path, lines)
            steps: dict[str, Any] = dict.fromkeys(("prepare", "import", "again", "duplicates"))
            for step in steps:
                other = _other_writer(Path(folder)) if step == "import" and not server else None
                answer = subprocess.run(
                    [sys.executable, "-m", "benchmarks.imports", "--step", step, str(path)],
                    env=environment, check=True, capture_output=True, text=True,
                )  # fmt: skip
                steps[step] = json.loads(answer.stdout.splitlines()[-1])
                if other:
                    steps[step] |= json.loads(other.communicate()[0])
        finally:
            if server:
                drop_database(server)
    return steps


_OTHER_WRITER = """
import json, select, sqlite3, sys, time
database = sqlite3.connect(sys.argv[1], timeout=20, isolation_level=None)
waits = []
while not select.select([sys.stdin], [], [], 0.05)[0]:
    started = time.perf_counter()
    database.execute("BEGIN IMMEDIATE")
    waits.append(time.perf_counter() - started)
    database.execute("UPDATE kernel_source SET title = title WHERE id = 0")
    database.execute("COMMIT")
waits.sort()
print(json.dumps({"others_writes": len(waits), "others_wait_p95_ms": round(1000 * waits[len(waits) * 95 // 100]),
                  "others_longest_wait_ms": round(1000 * waits[-1])}))
"""


def _other_writer(folder: Path) -> subprocess.Popen[str]:
    """Another process that writes every twentieth of a second until its input closes, and says how long it waited."""
    return subprocess.Popen([sys.executable, "-c", _OTHER_WRITER, str(folder / "main.db")], stdin=subprocess.PIPE,
                            stdout=subprocess.PIPE, text=True)  # fmt: skip


def make_database(server: str) -> str:
    """Make an empty database for this process beside the one named; its address."""
    _ask(server, f"CREATE DATABASE maillage_bench_{os.getpid()}")
    return f"{server.rsplit('/', 1)[0]}/maillage_bench_{os.getpid()}"


def drop_database(server: str) -> None:
    """Drop what `make_database` made."""
    _ask(server, f"DROP DATABASE maillage_bench_{os.getpid()} WITH (FORCE)")


def _ask(server: str, statement: str) -> None:
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(statement)


def _step(step: str, path: Path) -> dict[str, Any]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    started = time.perf_counter()
    figures = {"prepare": _prepare, "import": _import, "again": _import, "duplicates": _duplicates}[step](path)
    seconds = time.perf_counter() - started
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    usage = resource.getrusage(resource.RUSAGE_SELF)
    computing = usage.ru_utime + usage.ru_stime
    return {"seconds": round(seconds, 1), "cpu_seconds": round(computing, 1), "megabytes": round(megabytes), **figures}


def _prepare(path: Path) -> dict[str, Any]:
    from django.core.management import call_command

    from tests import factories

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    factories.territory(
        [
            factories.commune(f"80{number:03d}", f"Commune {number}", column=number, postal_codes=[f"8{number:04d}"])
            for number in range(COMMUNES)
        ]
    )
    return {}


def _import(path: Path) -> dict[str, Any]:
    from django.utils import timezone

    from maillage.directory import imports
    from maillage.directory.models import DuplicatePair
    from maillage.kernel.models import JournalEntry
    from maillage.search.models import Change

    with path.open("rb") as handle:
        run = imports.receive_file(file=handle, name="file.csv", label="Essai de vitesse", by=None, at=timezone.now())
    before = JournalEntry.objects.count() + Change.objects.count()
    run = imports.carry_out(run=run, by=None, at=timezone.now())
    written = JournalEntry.objects.count() + Change.objects.count() - before
    return {"state": run.state, "journal_and_changes_written": written, "pairs": DuplicatePair.objects.count(),
            **run.counts}  # fmt: skip


def _duplicates(path: Path) -> dict[str, Any]:
    from django.utils import timezone

    from maillage.directory.actions import find_duplicates

    return {"opened": len(find_duplicates(at=timezone.now()))}


if __name__ == "__main__":
    if "--step" in sys.argv:
        print(json.dumps(_step(sys.argv[-2], Path(sys.argv[-1]))))
    else:
        print(json.dumps(run(int(sys.argv[1]) if len(sys.argv) > 1 else LINES), indent=2))
