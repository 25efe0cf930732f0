"""Tables for spreadsheets: XLSX as one file; no cell can run anything. Neighbour: CSV is in `kernel.spreadsheets`."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Mapping
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from maillage.kernel.spreadsheets import cell_text

LONGEST_CELL = 32_767
# XML 1.0 has no place for these.
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


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
