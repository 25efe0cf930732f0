"""A file of aids: is it JSON or CSV, and what is in it. Every fault is told by line and column."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

from maillage.aids.facts import Fault, Harvest
from maillage.aids.imports.shapes import CSV_COLUMNS, read_answer, read_row
from maillage.aids.imports.sorting import harvest

_NOT_UTF8 = "Le fichier n’est pas en UTF-8\u00a0: enregistrez-le de nouveau en UTF-8."
_NOT_JSON = "Ce n’est pas du JSON\u00a0: {why}."
_NO_COLUMNS = "Il manque ces colonnes\u00a0: {names}."
_PARTIAL = "Ce n’est qu’une page de la source\u00a0: la suite est ailleurs. Réunissez toutes les pages, ou lisez l’API."
_NO_AIDS = "Le fichier ne contient aucune aide."


def read_file(content: bytes) -> Harvest:
    """Every aid of this file, or every fault. The first sign tells JSON from CSV."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _refused(content[: error.start].count(b"\n") + 1, "fichier", _NOT_UTF8)
    if text.lstrip()[:1] in {"{", "["}:
        return _json(text)
    return _csv(text)


def _refused(line: int, column: str, sentence: str) -> Harvest:
    return Harvest(faults=(Fault(line, column, sentence),))


def _json(text: str) -> Harvest:
    try:
        answer: Any = json.loads(text)
    except (ValueError, RecursionError) as error:
        return _refused(
            getattr(error, "lineno", 1), "fichier", _NOT_JSON.format(why=getattr(error, "msg", "trop profond"))
        )
    if isinstance(answer, dict) and answer.get("next"):
        return _refused(1, "next", _PARTIAL)
    rows = answer.get("results") if isinstance(answer, dict) else answer
    if not isinstance(rows, list) or not rows:
        return _refused(1, "results", _NO_AIDS)
    return read_answer(rows)


def _csv(text: str) -> Harvest:
    first = text.split("\n", 1)[0]
    separator = ";" if first.count(";") > first.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    titles = [title.strip() for title in next(reader, [])]
    missing = [name for name in CSV_COLUMNS if name not in titles]
    if missing:
        return _refused(1, "titres", _NO_COLUMNS.format(names=", ".join(missing)))
    try:
        rows = list(_lines(reader, titles))
    except csv.Error as error:
        return _refused(reader.line_num, "ligne", f"Ce n’est pas du CSV\u00a0: {error}.")
    if not rows:
        return _refused(1, "fichier", _NO_AIDS)
    return harvest((line, *read_row(line, row)) for line, row in rows)


def _lines(reader: Any, titles: list[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """(first line, {title: cell}) of each record; empty ones are passed over."""
    line = reader.line_num + 1
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield line, dict(zip(titles, [*cells, *[""] * len(titles)], strict=False))
        line = reader.line_num + 1
