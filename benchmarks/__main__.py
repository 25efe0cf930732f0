"""`make bench`: every measure, as ratios against a floor of the same run; writes docs/reference/performance.md.

`python -m benchmarks NAME…` runs some of them; `--number N` sets the organisations of the load profile.
"""

from __future__ import annotations

import argparse
import importlib
import json
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path

NAMES = ("search", "map", "imports", "sirene", "serving")
FIGURES = Path(__file__).parent / "figures.json"


def main() -> None:
    parser = argparse.ArgumentParser(description="Mesure la vitesse, en rapports contre un plancher.")
    parser.add_argument("names", nargs="*", default=NAMES, choices=[*NAMES, []], help="mesures à faire")
    chosen = parser.parse_args().names
    kept = json.loads(FIGURES.read_text()) if FIGURES.exists() else {}
    for name in chosen:
        print(f"→ {name}", file=sys.stderr)
        figures = importlib.import_module(f"benchmarks.{name}").run()
        kept[name] = {"on": datetime.now(UTC).date().isoformat(), "machine": platform.machine(), **figures}
        print(json.dumps({name: figures}, ensure_ascii=False, indent=2))
        FIGURES.write_text(json.dumps(kept, ensure_ascii=False, indent=2, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
