"""A table that people go on with in LibreOffice: OpenDocument Spreadsheet, without a library.

Figures are figures, everything else is text, so that no cell can run anything. Source: OASIS OpenDocument 1.2,
parts 1, 3. Neighbour: `odf` packs it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from ui import french
from ui.print import odf

MEDIA_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
Cell = str | int | Decimal | date | None


def ods(rows: Iterable[Sequence[Cell]], *, title: str, author: str, on: date) -> bytes:
    """The file, with one sheet of that name; its first row is the head."""
    lines = [list(row) for row in rows]
    drawn = "".join(_row(row, "Head" if rank == 0 else "") for rank, row in enumerate(lines))
    widths = [_width(column) for column in zip(*lines, strict=True)]
    columns = "".join(f'<table:table-column table:style-name="Wide{one}"/>' for one in widths)
    table = f'<table:table table:name="{odf.name(title)[:60]}">{columns}{drawn}</table:table>'
    files = {
        "content.xml": f'{odf.XML}<office:document-content {odf.SPACES} office:version="1.2">{_styles(widths)}'
        f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body></office:document-content>",
        "styles.xml": _PAPER,
        "meta.xml": odf.meta(title, author, on),
    }
    return odf.pack(MEDIA_TYPE, files, {})


def _row(cells: Sequence[Cell], style: str) -> str:
    return f"<table:table-row>{''.join(_cell(one, style) for one in cells)}</table:table-row>"


def _cell(value: Cell, style: str) -> str:
    look = f' table:style-name="{style}"' if style else ""
    if value is None or value == "":
        return f"<table:table-cell{look}/>"
    if isinstance(value, Decimal):
        kind = f'office:value-type="float" office:value="{value}"'
        shown = french.number(value, 2)
        return f'<table:table-cell table:style-name="Amount" {kind}><text:p>{shown}</text:p></table:table-cell>'
    if isinstance(value, int):
        kind = f'office:value-type="float" office:value="{value}"'
        return f"<table:table-cell{look} {kind}><text:p>{value}</text:p></table:table-cell>"
    if isinstance(value, date):
        kind = f'office:value-type="date" office:date-value="{value.isoformat()}"'
        return f'<table:table-cell table:style-name="Day" {kind}><text:p>{value:%d/%m/%Y}</text:p></table:table-cell>'
    return f'<table:table-cell{look} office:value-type="string"><text:p>{odf.words(value)}</text:p></table:table-cell>'


def _width(column: Sequence[Cell]) -> int:
    """Centimetres, so that most of what it holds is seen: between two and nine."""
    return max(2, min(9, max(len(str(one or "")) for one in column) // 5 + 1))


def _styles(widths: Iterable[int]) -> str:
    """Amounts and days as French writes them, the head in bold, a style for each width."""
    wide = "".join(
        f'<style:style style:name="Wide{one}" style:family="table-column">'
        f'<style:table-column-properties style:column-width="{one}cm"/></style:style>'
        for one in sorted(set(widths))
    )
    return f"<office:automatic-styles>{_FORMATS}{wide}</office:automatic-styles>"


# Printed, it is as wide as one page.
_PAPER = (
    f'{odf.XML}<office:document-styles {odf.SPACES} office:version="1.2"><office:automatic-styles>'
    '<style:page-layout style:name="Wide"><style:page-layout-properties fo:page-width="29.7cm" fo:page-height="21cm" '
    'fo:margin="1.5cm" style:print-orientation="landscape" style:scale-to-X="1" style:scale-to-Y="0"/>'
    "</style:page-layout></office:automatic-styles><office:master-styles>"
    '<style:master-page style:name="Default" style:page-layout-name="Wide"/>'
    "</office:master-styles></office:document-styles>"
)
_FORMATS = (
    '<number:number-style style:name="NAmount" number:language="fr" number:country="FR"><number:number '
    'number:decimal-places="2" number:min-integer-digits="1" number:grouping="true"/></number:number-style>'
    '<number:date-style style:name="NDay"><number:day number:style="long"/><number:text>/</number:text>'
    '<number:month number:style="long"/><number:text>/</number:text><number:year number:style="long"/>'
    "</number:date-style>"
    '<style:style style:name="Head" style:family="table-cell"><style:text-properties fo:font-weight="bold"/>'
    "</style:style>"
    '<style:style style:name="Amount" style:family="table-cell" style:data-style-name="NAmount"/>'
    '<style:style style:name="Day" style:family="table-cell" style:data-style-name="NDay"/>'
)
