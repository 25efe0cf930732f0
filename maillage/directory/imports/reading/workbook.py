"""The first sheet of an XLSX workbook, as a table to import."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from maillage.directory.imports.reading.refusal import FileRefused
from maillage.directory.imports.reading.table import Row, Table, lay
from maillage.kernel import workbooks

_ADVICE = "Ouvrez-le dans un tableur et enregistrez-le au format CSV (UTF-8)."


def open_workbook(path: Path) -> Table:
    """Open the first visible sheet that holds something.

    Raises FileRefused: not an XLSX, too big once unpacked, entities, unreadable.
    """
    try:
        with workbooks.opened(path) as book:
            sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
            full = (sheet.title for sheet in sheets if (sheet.max_row or 2) > 1)
            chosen = next(full, sheets[0].title if sheets else "")
        if not chosen:
            raise FileRefused("Ce classeur n’a aucune feuille visible.", advice=_ADVICE)
        table = lay(lambda: _rows(path, chosen), label=f"XLSX, feuille « {chosen} »")
    except workbooks.WorkbookRefused as refusal:
        raise FileRefused(str(refusal), advice=_ADVICE) from refusal
    if len(sheets) > 1:
        table.notes.append(f"Le classeur a {len(sheets)} feuilles : seule « {chosen} » est lue.")
    return table


def _rows(path: Path, title: str) -> Iterator[Row]:
    try:
        with workbooks.opened(path) as book:
            for line, cells in workbooks.rows(book, title):
                yield Row(line, cells)
    except workbooks.WorkbookRefused as refusal:
        raise FileRefused(str(refusal), advice=_ADVICE) from refusal
