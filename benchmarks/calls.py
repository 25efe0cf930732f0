"""What the list of applications costs with 20 000 of them, beside a page of words in the same frame.

On a platform of its own, thrown away afterwards; what is done inside stands in `calls_world`. SQLite, and PostgreSQL
when DATABASE_URL is given.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.faults.place import installed

APPLICATIONS = 20_000


def run(applications: int = APPLICATIONS) -> dict[str, Any]:
    """{database: {list: {p95_ms, page_of_words_p95_ms, times_as_long, queries}}}."""
    url = os.environ.get("DATABASE_URL", "")
    return {
        name: _measured(database, applications)
        for name, database in {"sqlite": "", **({"postgresql": url} if url else {})}.items()
    }


def _measured(database: str, applications: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder, installed(Path(folder) / "place", database) as place:
        for words in (["prepare"], ["load_territory"], ["load_strategy"]):
            print("→", *words, file=sys.stderr)
            done = place.run(*words)
            assert done.returncode == 0, done.stderr
        place.unload()  # pages of the back office name the static files that `prepare` made
        code = f"import json\nfrom benchmarks import calls_world\nprint(json.dumps(calls_world.lists({applications})))"
        answer: dict[str, Any] = json.loads(place.shell(code).splitlines()[-1])
        return answer


if __name__ == "__main__":
    print(json.dumps(run(int(sys.argv[1]) if len(sys.argv) > 1 else APPLICATIONS), indent=2))
