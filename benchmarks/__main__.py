"""`make bench`: every measure, as ratios against a floor of the same run; renews docs/reference/performance.md.

`python -m benchmarks NAME…` runs some of them and leaves the others' last figures in place.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

NAMES = (
    "search",
    "agreement",
    "map",
    "imports",
    "sirene",
    "serving",
    "weights",
    "outbox",
    "durability",
    "rights",
    "steering",
    "aids",
    "calls",
    "grants",
)
PAGE = Path(__file__).resolve().parent.parent / "docs/reference/performance.md"


def main() -> None:
    parser = argparse.ArgumentParser(description="Mesure la vitesse, en rapports contre un plancher.")
    parser.add_argument("names", nargs="*", choices=[*NAMES, []], help="mesures à faire ; toutes sans ce mot")
    for name in parser.parse_args().names or NAMES:
        print(f"→ {name}", file=sys.stderr)
        figures = importlib.import_module(f"benchmarks.{name}").run()
        print(json.dumps({name: figures}, ensure_ascii=False, indent=2, default=str))
        write(name, figures)


def write(name: str, figures: dict[str, Any]) -> None:
    """Put the figures of one measure in its place of the page, with the day they were taken."""
    start, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    page = PAGE.read_text(encoding="utf-8")
    before, rest = page.split(start, 1)
    rows = "\n".join(f"| {path} | {value} |" for path, value in flat(figures))
    table = f"\n\nTaken on {datetime.now(UTC).date():%d %B %Y}.\n\n| measure | figure |\n|---|--:|\n{rows}\n\n"
    PAGE.write_text(before + start + table + end + rest.split(end, 1)[1], encoding="utf-8")


def flat(figures: Any, path: str = "") -> list[tuple[str, str]]:
    """A tree of figures as rows: `list · cached · per second` and its value."""
    if isinstance(figures, dict):
        return [row for key, value in figures.items() for row in flat(value, f"{path} · {key}" if path else str(key))]
    if isinstance(figures, list | tuple):
        return [(path, ", ".join(str(value) for value in figures))]
    return [(path, f"{figures:.3g}" if isinstance(figures, float) else str(figures))]


if __name__ == "__main__":
    main()
