"""XLSX workbooks: read with suspicion, written so that no cell can run anything.

A workbook is a zip of XML: it may hide gigabytes, or entities that unfold without end. Neighbour: `spreadsheets` (CSV).
"""

from __future__ import annotations

import re
import tempfile
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import IO, Any
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from maillage.kernel.spreadsheets import cell_text

MOST_BYTES = 250_000_000
MOST_ENTRIES = 2_000
# XML of a spreadsheet shrinks ten to thirty times; a bomb, a thousand.
HIGHEST_RATIO = 150
SMALL = 5_000_000
_DECLARATION = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
_BROKEN = (
    zipfile.BadZipFile, InvalidFileException, ParseError, DefusedXmlException, KeyError, ValueError, TypeError,
    AttributeError, EOFError, NotImplementedError, OSError, IndexError,
)  # fmt: skip
LONGEST_CELL = 32_767
# As a spreadsheet writes them in the language of its reader.
AMOUNT, DAY = "#,##0.00", "dd/mm/yyyy"
# XML 1.0 has no place for these.
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class WorkbookRefused(Exception):
    """The file is refused whole; the message is a French sentence."""


@dataclass(frozen=True)
class Sheet:
    """One sheet to write. columns: {name: what it holds}; widths: of some columns, in characters."""

    title: str
    columns: Mapping[str, str]
    records: Iterable[Mapping[str, Any]]
    widths: Mapping[str, int]


@contextmanager
def opened(path: Path) -> Iterator[Any]:
    """The workbook of this file, read only. Raises WorkbookRefused: not an XLSX, too big unpacked, entities, broken."""
    _inspect(path)
    try:
        with path.open("rb") as handle, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of styles and validations that we do not read
            book = load_workbook(handle, read_only=True, data_only=True, keep_links=False)
            try:
                yield book
            finally:
                book.close()
    except _BROKEN as error:
        raise WorkbookRefused("Ce classeur est abîmé : il ne se lit pas.") from error


def _inspect(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            _refuse_bombs(entries)
            names = {entry.filename for entry in entries}
            if "xl/workbook.xml" not in names:
                what = "un classeur OpenDocument (ODS)" if "content.xml" in names else "une archive ZIP"
                raise WorkbookRefused(f"C’est {what}, pas un CSV ni un XLSX.")
            for entry in entries:
                if entry.filename.endswith((".xml", ".rels", ".vml")):
                    with archive.open(entry) as part:
                        if _DECLARATION.search(part.read(65_536).replace(b"\0", b"")):
                            raise WorkbookRefused(
                                "Ce classeur contient des déclarations XML interdites : il est refusé."
                            )
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, zlib.error) as error:
        raise WorkbookRefused("Ce classeur est abîmé : l’archive ne s’ouvre pas.") from error


def _refuse_bombs(entries: list[zipfile.ZipInfo]) -> None:
    unpacked, packed = sum(entry.file_size for entry in entries), sum(entry.compress_size for entry in entries)
    swollen = any(
        entry.file_size > SMALL and entry.file_size > HIGHEST_RATIO * max(entry.compress_size, 1) for entry in entries
    )
    if len(entries) > MOST_ENTRIES or unpacked > MOST_BYTES or swollen:
        raise WorkbookRefused(
            f"Ce classeur deviendrait démesuré une fois ouvert ({unpacked // 1_000_000} Mo pour {packed // 1_000} ko)."
        )


def rows(book: Any, title: str) -> Iterator[tuple[int, list[str]]]:
    """(line counted from 1, cells as text) of a sheet of an opened workbook."""
    sheet = book[title]
    sheet.reset_dimensions()  # a false <dimension> would hide rows, or invent a million of them
    for line, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
        yield line, [_text(cell) for cell in cells]


def _text(value: Any) -> str:
    """A cell as text: whole numbers without `.0`, dates as ISO, true and false in words."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value).replace("\0", "").strip()


def written(sheets: Iterable[Sheet], *, notes: Iterable[tuple[str, str]] = ()) -> IO[bytes]:
    """These sheets as one XLSX, read from its start; every text cell is text, a Decimal an amount, a date a date.

    A last sheet, « Lisez-moi », says `notes`, then what the columns hold. The file has the title of its first sheet.
    """
    book = Workbook(write_only=True)
    book.properties.creator, book.properties.language = "Maillage", "fr-FR"
    meanings: list[tuple[str, str]] = list(notes)
    for one in sheets:
        book.properties.title = book.properties.title or one.title
        page = book.create_sheet(one.title)
        page.freeze_panes = "C2"
        for rank, name in enumerate(one.columns, start=1):
            page.column_dimensions[get_column_letter(rank)].width = one.widths.get(name, 22)
        page.append([_cell(page, name, bold=True) for name in one.columns])
        for record in one.records:
            page.append([_cell(page, record.get(name)) for name in one.columns])
        meanings += one.columns.items()
    last = book.create_sheet("Lisez-moi")
    last.column_dimensions["A"].width, last.column_dimensions["B"].width = 24, 80
    for name, meaning in meanings:
        last.append([_cell(last, name, bold=True), _cell(last, meaning)])
    target = tempfile.SpooledTemporaryFile(max_size=5_000_000)  # noqa: SIM115 - the caller streams it, then closes it
    book.save(target)
    target.seek(0)
    return target


def _cell(sheet: Any, value: Any, *, bold: bool = False) -> Any:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return WriteOnlyCell(sheet, value)
    if isinstance(value, Decimal | date) and not isinstance(value, datetime):
        cell = WriteOnlyCell(sheet, value)  # type: ignore[arg-type]  # its stubs forget these
        cell.number_format = AMOUNT if isinstance(value, Decimal) else DAY
        return cell
    cell = WriteOnlyCell(sheet, _UNWRITABLE.sub("", cell_text(value))[:LONGEST_CELL])
    # openpyxl takes a text that begins with = for a formula, unless told otherwise.
    cell.data_type = "s"
    if bold:
        cell.font = Font(bold=True)
        cell.alignment = Alignment(vertical="top")
    return cell
