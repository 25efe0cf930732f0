"""What grants cost: the file of open data of 50 000 grants, a decision sheet of 500 files.

On a platform of its own, thrown away afterwards; what is done inside stands in `grants_world`. SQLite, and PostgreSQL
when DATABASE_URL is given.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.faults.place import Place, installed


def run() -> dict[str, Any]:
    """{database: {"export": …, "sheet": …}}; seconds, megabytes, queries, as named."""
    url = os.environ.get("DATABASE_URL", "")
    figures: dict[str, Any] = {}
    for name, database in {"sqlite": "", **({"postgresql": url} if url else {})}.items():
        with tempfile.TemporaryDirectory() as folder, installed(Path(folder) / "place", database) as place:
            for words in (["prepare"], ["load_territory"]):
                done = place.run(*words)
                assert done.returncode == 0, done.stderr
            place.unload()
            made = _inside(place, "enlarge()")
            figures[name] = {**made, "export": _inside(place, "export()"), "sheet": _inside(place, "sheet()")}
    return figures


def _inside(place: Place, call: str) -> dict[str, Any]:
    print("→", call, file=sys.stderr)
    code = f"import json\nfrom benchmarks import grants_world\nprint(json.dumps(grants_world.{call}))"
    answer: dict[str, Any] = json.loads(place.shell(code).splitlines()[-1])
    return answer
