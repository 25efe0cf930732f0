"""Does a loaded site say the same on SQLite and on PostgreSQL? The answers to 1 000 addresses of the list, compared.

Each database is seeded alike in a process of its own, indexed, and asked; an answer is its total, the addresses of its
sheets in order, and every count of its facets. `python -m benchmarks.agreement [rows]`.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.imports import drop_database, make_database
from benchmarks.search import POSTGRES

ROWS = 20_000
QUESTIONS = 1_000
_WORDS = (
    "association", "coopérative", "jardin", "ressourcerie", "recyclerie", "mobilité", "aide à domicile", "patrimoine",
    "épicerie sociale", "Péronne", "Pœuilly", "Poeuilly", "Ham", "Saint", "velo", "tiers lieu", "danse", "réemploi",
    "maraîchers", "ainés", "theatre", "abeille", "introuvable", "recyclrie", "fanfarre", "numerique", "comite fetes",
)  # fmt: skip


def run(rows: int = ROWS) -> dict[str, Any]:
    """Compare; {"rows", "questions", "not_empty", "different"}."""
    said = [_ask_site(rows, server) for server in ("", POSTGRES)]
    one, other = said
    different = [address for address in one if one[address] != other[address]]
    for address in different[:10]:
        print(address, one[address], other[address], sep="\n", file=sys.stderr)
    return {
        "rows": rows,
        "questions": len(one),
        "not_empty": sum(answer["total"] > 0 for answer in one.values()),
        "different": len(different),
    }


def addresses(sectors: list[str], families: list[str], epcis: list[str], communes: list[str]) -> Iterator[str]:
    """Draw so many different addresses of the list, always the same."""
    chance = random.Random(2026)
    drawn: set[str] = set()
    while len(drawn) < QUESTIONS:
        asked = {"q": " ".join(chance.sample(_WORDS, chance.choice((0, 1, 1, 2))))}
        for name, values, odds in (
            ("secteur", sectors, 0.25), ("famille", families, 0.25), ("cc", epcis, 0.2), ("commune", communes, 0.3),
            ("tri", ["nom", "distance"], 0.3), ("page", ["2", "3"], 0.15), ("rayon_km", ["5", "15"], 0.2),
        ):  # fmt: skip
            if chance.random() < odds:
                asked[name] = chance.choice(values)
        address = "&".join(f"{name}={value}" for name, value in asked.items() if value)
        if address not in drawn:
            drawn.add(address)
            yield address


def _ask_site(rows: int, server: str) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "DATA_DIR": folder}
        environment.pop("DATABASE_URL", None)
        if server:
            environment["DATABASE_URL"] = make_database(server)
        try:
            for words in (
                ["migrate", "-v", "0"], ["prepare"], ["load_territory"],
                ["seed", "--profile=load", "--number", str(rows)], ["rebuild_index"],
            ):  # fmt: skip
                subprocess.run([sys.executable, "-m", "config.cli", *words], env=environment, check=True,
                               stdout=subprocess.DEVNULL)  # fmt: skip
            answers = Path(folder) / "answers.json"
            subprocess.run([sys.executable, "-m", "benchmarks.agreement", "--ask", str(answers)], env=environment,
                           check=True)  # fmt: skip
            said: dict[str, Any] = json.loads(answers.read_text())
            return said
        finally:
            if server:
                drop_database(server)


def _ask(to: Path) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()

    from datetime import UTC, datetime

    from django.http import QueryDict

    from maillage.directory.enums import Family
    from maillage.directory.forms import ask
    from maillage.directory.models import Term
    from maillage.search import queries as search
    from maillage.territories.models import Commune, Epci

    sectors = sorted(Term.objects.filter(kind="sector").values_list("code", flat=True))
    said = {}
    for address in addresses(sectors, [one.value for one in Family], sorted(Epci.objects.values_list("pk", flat=True)),
                             sorted(Commune.objects.values_list("pk", flat=True))):  # fmt: skip
        question, _ = ask(QueryDict(address))
        answer = search.search(question.to_query(datetime(2026, 11, 25, 10, tzinfo=UTC)))
        said[address] = {
            "total": answer.total,
            "corrected": answer.corrected_text,
            "rows": [(row.url, row.distance_km) for row in answer.rows],
            "facets": answer.facets,
        }
    to.write_text(json.dumps(said, default=str))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--ask"]:
        _ask(Path(sys.argv[2]))
    else:
        print(json.dumps(run(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS), indent=2))
