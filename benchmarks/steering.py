"""What steering costs: the plan's pages beside a page of words, a snapshot beside bare counts, the committee's file.

Three measures on platforms of their own, thrown away afterwards: the example world, then the same with 60 indicators
read every day for three years, 200 decisions and 200 000 proofs; and a directory of a million organisations, planted
by the load profile. What is done inside stands in `steering_world`. SQLite, and PostgreSQL when DATABASE_URL is given.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.faults.place import Place, installed

ORGANISATIONS = 1_000_000
LOADED = (["prepare"], ["load_territory"], ["load_strategy"], ["load_indicators"])


def run(organisations: int = ORGANISATIONS) -> dict[str, Any]:
    """{database: {"file": …, "pages": …, "snapshot": …}}; times in seconds or milliseconds, as named."""
    url = os.environ.get("DATABASE_URL", "")
    figures: dict[str, Any] = {}
    for name, database in {"sqlite": "", **({"postgresql": url} if url else {})}.items():
        figures[name] = {**_plan(database), **_snapshot(database, organisations)}
    return figures


def _plan(database: str) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder, installed(Path(folder) / "place", database) as place:
        _do(place, *LOADED, ["seed", "--profile=demo"])
        file = {"example_world": _inside(place, "file()")}
        pages = {"example_world": _inside(place, "pages()")}
        made = _inside(place, "enlarge()")
        file["large_plan"], pages["large_plan"] = _inside(place, "file()"), _inside(place, "pages()")
        return {"large_plan": made, "file": file, "pages": pages}


def _snapshot(database: str, organisations: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder, installed(Path(folder) / "place", database) as place:
        _do(place, *LOADED, ["seed", "--profile=load", "--number", str(organisations)])
        return {"snapshot": _inside(place, "snapshot()")}


def _do(place: Place, *commands: list[str]) -> None:
    for words in commands:
        print("→", *words, file=sys.stderr)
        done = place.run(*words)
        assert done.returncode == 0, done.stderr
    place.unload()  # pages of the back office name the static files that `prepare` made


def _inside(place: Place, call: str) -> dict[str, Any]:
    print("→", call, file=sys.stderr)
    code = f"import json\nfrom benchmarks import steering_world\nprint(json.dumps(steering_world.{call}))"
    answer: dict[str, Any] = json.loads(place.shell(code).splitlines()[-1])
    return answer


if __name__ == "__main__":
    print(json.dumps(run(int(sys.argv[1]) if len(sys.argv) > 1 else ORGANISATIONS), indent=2))
