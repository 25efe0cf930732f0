"""Tables for spreadsheets: CSV line by line, XLSX as one file; no cell can run anything.

A cell that begins like a formula is neutralised: in CSV by an apostrophe before it, in XLSX by its type.
Source: OWASP, « CSV Injection ».
"""

from __future__ import annotations

import csv
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

# Their full-width and small twins are read as formulas by spreadsheets set to an Asian language.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "﹦", "＋", "﹢", "－", "﹣", "＠", "﹫")
SEPARATOR = ";"
JOINT = " | "
LONGEST_CELL = 32_767
# XML 1.0 has no place for these.
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


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
    """A value as a cell says it: « oui », « non », lists joined, numbers with a decimal point."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, list | tuple):
        return JOINT.join(str(one) for one in value)
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
    return re.fullmatch(r"-?\d{1,15}(\.\d{1,15})?", text, re.ASCII) is not None


def workbook(columns: Mapping[str, str], records: Iterable[Mapping[str, Any]], *, title: str) -> IO[bytes]:
    """The table as XLSX, read from its start; every text cell is text. columns: {name: what it holds}.

    A second sheet, « Lisez-moi », tells what the columns hold.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "C2"
    sheet.column_dimensions["B"].width = 40
    for rank in range(3, len(columns) + 1):
        sheet.column_dimensions[get_column_letter(rank)].width = 22
    sheet.append([_cell(sheet, name, bold=True) for name in columns])
    for record in records:
        sheet.append([_cell(sheet, record.get(name)) for name in columns])
    notes = book.create_sheet("Lisez-moi")
    notes.column_dimensions["A"].width, notes.column_dimensions["B"].width = 24, 80
    for name, meaning in columns.items():
        notes.append([_cell(notes, name, bold=True), _cell(notes, meaning)])
    target = tempfile.SpooledTemporaryFile(max_size=5_000_000)  # noqa: SIM115 - the caller streams it, then closes it
    book.save(target)
    target.seek(0)
    return target


def _cell(sheet: Any, value: Any, *, bold: bool = False) -> Any:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return WriteOnlyCell(sheet, value)
    cell = WriteOnlyCell(sheet, _UNWRITABLE.sub("", cell_text(value))[:LONGEST_CELL])
    # openpyxl takes a text that begins with = for a formula, unless told otherwise.
    cell.data_type = "s"
    if bold:
        cell.font = Font(bold=True)
        cell.alignment = Alignment(vertical="top")
    return cell
