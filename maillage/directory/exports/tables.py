"""The directory's table as one XLSX file. Neighbour: CSV is in `kernel.spreadsheets`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import IO, Any

from maillage.kernel.workbooks import Sheet, written


def workbook(columns: Mapping[str, str], records: Iterable[Mapping[str, Any]], *, title: str) -> IO[bytes]:
    """The table as XLSX, read from its start. columns: {name: what it holds}; the second one is the wide one."""
    names = list(columns)
    return written([Sheet(title, columns, records, dict.fromkeys(names[1:2], 40))])
