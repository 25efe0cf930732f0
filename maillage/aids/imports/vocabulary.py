"""What sources call things, and our code for it: `data/words.csv`, `data/themes.csv`."""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path

from maillage.aids.enums import AidType, Audience, Destination, Recurrence, Step
from maillage.kernel.text import fold

_DATA = Path(__file__).parent.parent / "data"
_OWN: dict[str, list[str]] = {
    "audiences": Audience.values, "types": AidType.values, "steps": Step.values, "destinations": Destination.values,
    "recurrence": Recurrence.values,
}  # fmt: skip


@lru_cache(maxsize=1)
def _words() -> dict[tuple[str, str], str]:
    own = {(name, fold(code)): code for name, codes in _OWN.items() for code in codes}
    with (_DATA / "words.csv").open(encoding="utf-8", newline="") as file:
        return own | {(row["list"], fold(row["received"])): row["code"] for row in csv.DictReader(file)}


@lru_cache(maxsize=1)
def _themes() -> dict[str, str]:
    with (_DATA / "themes.csv").open(encoding="utf-8", newline="") as file:
        return {fold(row["received"]): row["theme"] for row in csv.DictReader(file)}


def code_of(name: str, word: str) -> str:
    """Our code for a word of a closed list, "" when nobody knows it."""
    return _words().get((name, fold(word)), "")


def theme_of(category: str) -> str:
    """The subject of a category, « thème|catégorie » or one word; the finer part decides. "" when none is ours."""
    parts = [fold(part) for part in category.split("|")]
    return next((_themes()[part] for part in reversed(parts) if part in _themes()), "")
