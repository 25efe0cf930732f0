"""Tables for spreadsheets, as CSV line by line; no cell can run anything.

A cell that begins like a formula is neutralised by an apostrophe before it. Source: OWASP, « CSV Injection ».
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

# Their full-width and small twins are read as formulas by spreadsheets set to an Asian language.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "﹦", "＋", "﹢", "－", "﹣", "＠", "﹫")
SEPARATOR = ";"
JOINT = " | "


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def csv_lines(columns: Sequence[str], records: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    """The table as UTF-8 with its byte-order mark and semicolons, as a French spreadsheet opens it."""
    writer = csv.writer(_Echo(), delimiter=SEPARATOR, lineterminator="\r\n")
    yield b"\xef\xbb\xbf" + _encoded(writer.writerow(columns))
    for record in records:
        yield _encoded(writer.writerow([defuse(cell_text(record.get(name))) for name in columns]))


def _encoded(line: Any) -> bytes:
    return str(line).encode("utf-8", "replace")


def cell_text(value: Any) -> str:
    """A value as a cell says it: « oui », « non », lists joined, measures with a decimal point.

    An amount (Decimal) has a comma: a French spreadsheet sums `4000,00`, and takes `4000.00` for a text.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, list | tuple):
        return JOINT.join(str(one) for one in value)
    if isinstance(value, Decimal):
        return f"{value:f}".replace(".", ",")
    return str(value)


def defuse(text: str) -> str:
    """The same text, with an apostrophe before it when a spreadsheet would take it for a formula.

    Plain numbers, such as a negative longitude, stay numbers.
    """
    bare = text.lstrip(" \u00a0")
    if not bare.startswith(DANGEROUS) or _is_number(text):
        return text
    return f"'{text}"


def _is_number(text: str) -> bool:
    return re.fullmatch(r"-?\d{1,15}([.,]\d{1,15})?", text, re.ASCII) is not None
