"""A table that people go on with in LibreOffice: OpenDocument Spreadsheet, without a library.

Figures are figures, everything else is text, so that no cell can run anything. Source: OASIS OpenDocument 1.2,
parts 1, 3. Neighbour: `odf` packs it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from ui.print import odf

MEDIA_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
Cell = str | int | Decimal | date | None


def ods(rows: Iterable[Sequence[Cell]], *, title: str, author: str, on: date) -> bytes:
    """The file, with one sheet of that name; its first row is the head."""
    drawn = "".join(_row(row, "Head" if rank == 0 else "") for rank, row in enumerate(rows))
    table = f'<table:table table:name="{odf.name(title)[:60]}">{drawn}</table:table>'
    files = {
        "content.xml": f'{odf.XML}<office:document-content {odf.SPACES} office:version="1.2">{_STYLES}'
        f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body></office:document-content>",
        "meta.xml": odf.meta(title, author, on),
    }
    return odf.pack(MEDIA_TYPE, files, {})


def _row(cells: Sequence[Cell], style: str) -> str:
    return f"<table:table-row>{''.join(_cell(one, style) for one in cells)}</table:table-row>"


def _cell(value: Cell, style: str) -> str:
    look = f' table:style-name="{style}"' if style else ""
    if value is None or value == "":
        return f"<table:table-cell{look}/>"
    if isinstance(value, Decimal | int):
        shown = str(value).replace(".", ",")
        kind = f'office:value-type="float" office:value="{value}"'
        return f"<table:table-cell{look} {kind}><text:p>{shown}</text:p></table:table-cell>"
    if isinstance(value, date):
        kind = f'office:value-type="date" office:date-value="{value.isoformat()}"'
        return f"<table:table-cell{look} {kind}><text:p>{value:%d/%m/%Y}</text:p></table:table-cell>"
    return f'<table:table-cell{look} office:value-type="string"><text:p>{odf.words(value)}</text:p></table:table-cell>'


_STYLES = (
    '<office:automatic-styles><style:style style:name="Head" style:family="table-cell"><style:text-properties '
    'fo:font-weight="bold"/></style:style></office:automatic-styles>'
)
