"""The file that carries indicators to `maillage load_indicators`; docs/how-to/measure-the-strategy.md tells of it.

Every mistake is told with its place, not only the first. Neighbours: `measuring.load_indicators`, which
checks what only the database knows (axes, measures, gauges). No Django here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, NotRequired, TypedDict, cast

from maillage.strategy import phrases, phrases_indicators
from maillage.strategy.documents import problems_of_text, read_document

FORMAT = 1
CODE = re.compile(r"[1-9]\d?\.[1-9]\d{0,2}", re.ASCII)
TEXTS = {"title": 200, "definition": 1_000, "formula": 1_000, "unit": 80, "source": 200}
CHOICES = {
    "kind": ("output", "result", "impact"),
    "frequency": ("daily", "quarterly", "yearly"),
    "better_is": ("higher", "lower"),
}
NEEDED = ("code", "axis", *TEXTS, "kind", "frequency")
ALLOWED = ("measure", "gauge", "decimals", "is_people", "better_is", "baseline", "baseline_date", "targets")


class IndicatorRecord(TypedDict):
    """One indicator; axis: its number; measure: the code of one; targets: {"2026": value}."""

    code: str
    axis: int
    title: str
    definition: str
    formula: str
    unit: str
    kind: str
    source: str
    frequency: str
    measure: NotRequired[str]
    gauge: NotRequired[str]
    decimals: NotRequired[int]
    is_people: NotRequired[bool]
    better_is: NotRequired[str]
    baseline: NotRequired[float | int | str]
    baseline_date: NotRequired[str]
    targets: NotRequired[dict[str, float | int | str]]


class IndicatorFile(TypedDict):
    """The whole document; strategy: its slug."""

    format: int
    strategy: str
    indicators: list[IndicatorRecord]


def read_indicator_file(path: Path) -> IndicatorFile:
    """Read and check a file of format 1. Raises FileRefused with every mistake found."""
    refused = phrases_indicators.NOT_INDICATORS
    found = read_document(path, find_problems=find_problems, refused=refused, too_big=phrases_indicators.TOO_BIG)
    return cast("IndicatorFile", found)


def find_problems(document: Any) -> Iterator[str]:
    """Every mistake of the document, as a French sentence with its place."""
    if not isinstance(document, dict):
        yield phrases.WRONG_KIND.format(place="fichier", expected="un objet { … }")
        return
    if document.get("format") != FORMAT:
        yield phrases.WRONG_FORMAT.format(found=document.get("format"))
        return
    if not isinstance(document.get("strategy"), str):
        yield phrases.WRONG_KIND.format(place="strategy", expected="un texte entre guillemets")
    for key in document.keys() - {"format", "strategy", "indicators"}:
        yield phrases.UNKNOWN_KEY.format(place=key, known="format, strategy, indicators")
    records = document.get("indicators")
    if not isinstance(records, list) or not records:
        yield phrases.WRONG_KIND.format(place="indicators", expected="une liste [ … ] qui n’est pas vide")
        return
    codes: set[str] = set()
    for rank, record in enumerate(records):
        place = f"indicators[{rank}]"
        if not isinstance(record, dict):
            yield phrases.WRONG_KIND.format(place=place, expected="un objet { … }")
            continue
        yield from _problems_of(record, place)
        code = record.get("code")
        if isinstance(code, str) and code in codes:
            yield phrases.TWICE.format(place=f"{place}.code", code=code)
        elif isinstance(code, str):
            codes.add(code)


def _problems_of(record: dict[str, Any], place: str) -> Iterator[str]:
    for key in NEEDED:
        if key not in record:
            yield phrases.MISSING.format(place=f"{place}.{key}")
    for key in record.keys() - {*NEEDED, *ALLOWED}:
        yield phrases.UNKNOWN_KEY.format(place=f"{place}.{key}", known=", ".join((*NEEDED, *ALLOWED)))
    for key, value in record.items():
        yield from _problems_of_value(key, value, f"{place}.{key}")
    if ("baseline" in record) != ("baseline_date" in record):
        missing = "baseline_date" if "baseline" in record else "baseline"
        yield phrases.MISSING.format(place=f"{place}.{missing}")


def _problems_of_value(key: str, value: Any, place: str) -> Iterator[str]:
    if key in TEXTS or key in ("measure", "gauge"):
        yield from problems_of_text(value, place, TEXTS.get(key, 60))
    elif key == "code" and not (isinstance(value, str) and len(value) <= 8 and CODE.fullmatch(value)):
        yield phrases.WRONG_CODE.format(place=place, code=value, example="2.3")
    elif key in ("axis", "decimals") and (type(value) is not int or not 0 <= value <= (2 if key == "decimals" else 99)):
        yield phrases.WRONG_KIND.format(place=place, expected="un petit nombre entier")
    elif key in CHOICES and value not in CHOICES[key]:
        yield phrases_indicators.WRONG_CHOICE.format(place=place, found=value, known=", ".join(CHOICES[key]))
    elif key == "is_people" and not isinstance(value, bool):
        yield phrases_indicators.WRONG_TRUTH.format(place=place)
    elif key == "baseline" and not is_number(value):
        yield phrases_indicators.WRONG_NUMBER.format(place=place)
    elif key == "baseline_date" and not _is_date(value):
        yield phrases_indicators.WRONG_DATE.format(place=place)
    elif key == "targets":
        yield from _problems_of_targets(value, place)


def _problems_of_targets(value: Any, place: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield phrases.WRONG_KIND.format(place=place, expected="un objet { « 2026 » : valeur }")
        return
    for year, target in value.items():
        if not re.fullmatch(r"20\d\d|2100", year, re.ASCII):
            yield phrases_indicators.WRONG_YEAR.format(place=f"{place}.{year}")
        if not is_number(target):
            yield phrases_indicators.WRONG_NUMBER.format(place=f"{place}.{year}")


def is_number(value: Any) -> bool:
    """A number of at most two decimals that a column holds; text is taken too, so that 0.1 stays 0.1."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return False
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return False
    return number.is_finite() and 0 <= number < 10**12 and number == round(number, 2)


def _is_date(value: Any) -> bool:
    try:
        return isinstance(value, str) and bool(date.fromisoformat(value))
    except ValueError:
        return False
