"""XLSX workbooks, opened with suspicion: a zip of XML may hide gigabytes, or entities that unfold without end."""

from __future__ import annotations

import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from maillage.directory.imports.reading.refusal import FileRefused
from maillage.directory.imports.reading.table import Row, Table, lay

MOST_BYTES = 250_000_000
MOST_ENTRIES = 2_000
# XML of a spreadsheet shrinks ten to thirty times; a bomb, a thousand.
HIGHEST_RATIO = 150
SMALL = 5_000_000
_DECLARATION = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
_ADVICE = "Ouvrez-le dans un tableur et enregistrez-le au format CSV (UTF-8)."
_BROKEN = (
    zipfile.BadZipFile, InvalidFileException, ParseError, DefusedXmlException, KeyError, ValueError, TypeError,
    AttributeError, EOFError, NotImplementedError, OSError, IndexError,
)  # fmt: skip


def open_workbook(path: Path) -> Table:
    """Open the first visible sheet that holds something.

    Raises FileRefused: not an XLSX, too big once unpacked, entities, unreadable.
    """
    _inspect(path)
    with _opened(path) as book:
        sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        chosen = next((sheet.title for sheet in sheets if (sheet.max_row or 2) > 1), sheets[0].title if sheets else "")
    if not chosen:
        raise FileRefused("Ce classeur n’a aucune feuille visible.", advice=_ADVICE)
    table = lay(lambda: _rows(path, chosen), label=f"XLSX, feuille « {chosen} »")
    if len(sheets) > 1:
        table.notes.append(f"Le classeur a {len(sheets)} feuilles : seule « {chosen} » est lue.")
    return table


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    """The workbook; whatever is wrong inside it becomes a refusal."""
    try:
        with path.open("rb") as handle, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of styles and validations that we do not read
            book = load_workbook(handle, read_only=True, data_only=True, keep_links=False)
            try:
                yield book
            finally:
                book.close()
    except _BROKEN as error:
        raise FileRefused("Ce classeur est abîmé : il ne se lit pas.", advice=_ADVICE) from error


def _inspect(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            _refuse_bombs(entries)
            names = {entry.filename for entry in entries}
            if "xl/workbook.xml" not in names:
                what = "un classeur OpenDocument (ODS)" if "content.xml" in names else "une archive ZIP"
                raise FileRefused(f"C’est {what}, pas un CSV ni un XLSX.", advice=_ADVICE)
            for entry in entries:
                if entry.filename.endswith((".xml", ".rels", ".vml")):
                    with archive.open(entry) as part:
                        if _DECLARATION.search(part.read(65_536).replace(b"\0", b"")):
                            raise FileRefused(
                                "Ce classeur contient des déclarations XML interdites : il est refusé.", advice=_ADVICE
                            )
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, zlib.error) as error:
        raise FileRefused("Ce classeur est abîmé : l’archive ne s’ouvre pas.", advice=_ADVICE) from error


def _refuse_bombs(entries: list[zipfile.ZipInfo]) -> None:
    unpacked, packed = sum(entry.file_size for entry in entries), sum(entry.compress_size for entry in entries)
    swollen = any(
        entry.file_size > SMALL and entry.file_size > HIGHEST_RATIO * max(entry.compress_size, 1) for entry in entries
    )
    if len(entries) > MOST_ENTRIES or unpacked > MOST_BYTES or swollen:
        raise FileRefused(
            f"Ce classeur deviendrait démesuré une fois ouvert ({unpacked // 1_000_000} Mo pour {packed // 1_000} ko).",
            advice=_ADVICE,
        )


def _rows(path: Path, title: str) -> Iterator[Row]:
    with _opened(path) as book:
        sheet = book[title]
        sheet.reset_dimensions()  # a false <dimension> would hide rows, or invent a million of them
        for line, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
            yield Row(line, [_text(cell) for cell in cells])


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
