"""The file that carries a strategy to `maillage load_strategy`; docs/how-to/load-a-strategy.md tells it to people.

Words: a *place* is where a mistake stands, as `axes[1].measures[2].title`. Every mistake is told, not
only the first. Neighbours: `actions.load_strategy`. No Django here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NotRequired, TypedDict, cast

from maillage.strategy import phrases
from maillage.strategy.documents import problems_of_text, read_document

FORMAT = 1
FIGURE_KINDS = ("communes", "population", "density")
CODE = re.compile(r"[1-9]\d?\.[1-9]\d?")
BODY_CODE = re.compile(r"G\.[1-9]\d?")


class MeasureRecord(TypedDict):
    """One line of action, or one body; `code` is « 2.3 » (third of axis 2) or « G.1 »."""

    code: str
    title: str
    summary: NotRequired[str]


class AxisRecord(TypedDict):
    """One axis with what it wants to reach and its measures, in order."""

    number: int
    title: str
    summary: NotRequired[str]
    objectives: list[str]
    measures: list[MeasureRecord]


class FigureRecord(TypedDict):
    """A figure quoted by the document, and how the database counts the same thing.

    `of` = perimeters (commune code, SIREN of an EPCI or of a territory); `year` = census year.
    """

    label: str
    value: int
    counts: str
    of: list[str]
    year: NotRequired[int]
    note: NotRequired[str]


class StrategyFile(TypedDict):
    """The whole document."""

    format: int
    territory: str
    slug: str
    title: str
    summary: NotRequired[str]
    source: NotRequired[str]
    start_year: int
    end_year: int
    axes: list[AxisRecord]
    bodies: list[MeasureRecord]
    figures: NotRequired[list[FigureRecord]]


def read_strategy_file(path: Path) -> StrategyFile:
    """Read and check a strategy file of format 1. Raises FileRefused with every mistake found."""
    found = read_document(path, find_problems=find_problems, refused=phrases.REFUSED, too_big=phrases.TOO_BIG)
    return cast("StrategyFile", found)


def find_problems(document: Any) -> Iterator[str]:
    """Every mistake of the document, as a French sentence with its place."""
    if not isinstance(document, dict):
        yield phrases.WRONG_KIND.format(place="fichier", expected="un objet { … }")
        return
    if document.get("format") != FORMAT:
        yield phrases.WRONG_FORMAT.format(found=document.get("format"))
        return
    shape = {
        "format": _whole(), "territory": _text(9), "slug": _text(50), "title": _text(200),
        "start_year": _whole(), "end_year": _whole(), "axes": _listed(), "bodies": _listed(),
    }  # fmt: skip
    wrong = list(_against(document, "", shape, {"summary": _text(2000), "source": _text(500), "figures": _listed()}))
    yield from wrong
    if wrong:
        return
    if not re.fullmatch(r"\d{9}", document["territory"], re.ASCII):
        yield phrases.WRONG_SIREN
    if not re.fullmatch(r"[a-z0-9-]+", document["slug"]):
        yield phrases.WRONG_SLUG
    if document["end_year"] < document["start_year"]:
        yield phrases.YEARS
    yield from _problems_of_axes(document["axes"])
    yield from _problems_of_measures(document["bodies"], "bodies", BODY_CODE, "G.1", set())
    yield from _problems_of_figures(document.get("figures", []))


Check = Callable[[Any, str], Iterator[str]]


def _text(limit: int) -> Check:
    return lambda value, place: problems_of_text(value, place, limit)


def _whole() -> Check:
    def check(value: Any, place: str) -> Iterator[str]:
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**31:
            yield phrases.WRONG_KIND.format(place=place, expected="un nombre entier")

    return check


def _listed() -> Check:
    def check(value: Any, place: str) -> Iterator[str]:
        if not isinstance(value, list):
            yield phrases.WRONG_KIND.format(place=place, expected="une liste [ … ]")

    return check


def _against(record: Any, place: str, needed: dict[str, Check], allowed: dict[str, Check]) -> Iterator[str]:
    if not isinstance(record, dict):
        yield phrases.WRONG_KIND.format(place=place, expected="un objet { … }")
        return
    dot = f"{place}." if place else ""
    for key, check in needed.items():
        if key in record:
            yield from check(record[key], dot + key)
        else:
            yield phrases.MISSING.format(place=dot + key)
    known = needed | allowed
    for key, value in record.items():
        if key not in known:
            yield phrases.UNKNOWN_KEY.format(place=dot + str(key), known=", ".join(known))
        elif key in allowed:
            yield from allowed[key](value, dot + key)


def _problems_of_axes(axes: list[Any]) -> Iterator[str]:
    if not axes:
        yield phrases.EMPTY.format(place="axes")
    numbers: set[int] = set()
    codes: set[str] = set()
    needed = {"number": _whole(), "title": _text(200), "objectives": _listed(), "measures": _listed()}
    for rank, axis in enumerate(axes):
        place = f"axes[{rank}]"
        wrong = list(_against(axis, place, needed, {"summary": _text(2000)}))
        yield from wrong
        if wrong:
            continue
        if axis["number"] in numbers or not 1 <= axis["number"] <= 99:
            yield phrases.TWICE.format(place=f"{place}.number", code=axis["number"])
        numbers.add(axis["number"])
        for position, objective in enumerate(axis["objectives"]):
            yield from _text(300)(objective, f"{place}.objectives[{position}]")
        example = f"{axis['number']}.1"
        expected = re.compile(rf"{axis['number']}\.[1-9]\d?")
        yield from _problems_of_measures(axis["measures"], f"{place}.measures", expected, example, codes)


def _problems_of_measures(
    measures: list[Any], place: str, expected: re.Pattern[str], example: str, codes: set[str]
) -> Iterator[str]:
    needed = {"code": _text(8), "title": _text(200)}
    for rank, measure in enumerate(measures):
        here = f"{place}[{rank}]"
        wrong = list(_against(measure, here, needed, {"summary": _text(2000)}))
        yield from wrong
        if wrong:
            continue
        code = measure["code"]
        if not expected.fullmatch(code):
            yield phrases.WRONG_CODE.format(place=f"{here}.code", code=code, example=example)
        elif code in codes:
            yield phrases.TWICE.format(place=f"{here}.code", code=code)
        codes.add(code)


def _problems_of_figures(figures: list[Any]) -> Iterator[str]:
    needed = {"label": _text(200), "value": _whole(), "counts": _text(20), "of": _listed()}
    for rank, figure in enumerate(figures):
        place = f"figures[{rank}]"
        wrong = list(_against(figure, place, needed, {"year": _whole(), "note": _text(300)}))
        yield from wrong
        if wrong:
            continue
        if figure["counts"] not in FIGURE_KINDS:
            known = ", ".join(FIGURE_KINDS)
            yield phrases.WRONG_COUNTS.format(place=f"{place}.counts", found=figure["counts"], known=known)
        elif figure["counts"] != "communes" and "year" not in figure:
            yield phrases.NEEDS_YEAR.format(place=place)
        for position, code in enumerate(figure["of"]):
            yield from _text(9)(code, f"{place}.of[{position}]")
