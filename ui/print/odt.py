"""A text that people go on writing in their own word processor: OpenDocument Text, without a library.

Styles have the names that LibreOffice and Word know, so that the outline, a table of contents and screen readers find
the headings. Source: OASIS OpenDocument 1.2, parts 1, 3. Neighbours: `blocks` says what it is made of, `odf` packs it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from ui.print import odf
from ui.print.blocks import Bars, Block, Bullets, Curve, Heading, Line, Paragraph, Table

MEDIA_TYPE = "application/vnd.oasis.opendocument.text"
DEEPEST = 4
WIDTH_CM = 16.6


def odt(blocks: Iterable[Block], *, title: str, author: str, on: date) -> bytes:
    """The file; the title stands first, as its own style. Raises ValueError for a heading too deep, or ragged rows."""
    pictures = odf.Pictures()
    heading = f'<text:p text:style-name="Title">{odf.words(title)}</text:p>'
    body = "".join([heading, *(_block(block, pictures) for block in blocks)])
    files = {
        "content.xml": f'{odf.XML}<office:document-content {odf.SPACES} office:version="1.2">{_AUTOMATIC}'
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>",
        "styles.xml": f'{odf.XML}<office:document-styles {odf.SPACES} office:version="1.2"><office:styles>'
        f"{''.join(_styles())}</office:styles>{_PAGE}</office:document-styles>",
        "meta.xml": odf.meta(title, author, on),
    }
    return odf.pack(MEDIA_TYPE, files, pictures.files)


def _block(block: Block, pictures: odf.Pictures) -> str:
    if isinstance(block, Heading):
        if not 1 <= block.level <= DEEPEST:
            raise ValueError(f"no heading of level {block.level}")
        style = f'text:style-name="Heading_20_{block.level}" text:outline-level="{block.level}"'
        return f"<text:h {style}>{odf.words(block.text)}</text:h>"
    if isinstance(block, Paragraph):
        label = f'<text:span text:style-name="Strong">{odf.words(block.label)}</text:span> ' if block.label else ""
        return f'<text:p text:style-name="Text_20_body">{label}{odf.linked(block.text, block.url)}</text:p>'
    if isinstance(block, Bullets):
        items = "".join(
            f'<text:list-item><text:p text:style-name="Text_20_body">{odf.said(item)}</text:p></text:list-item>'
            for item in block.items
        )
        return f'<text:list text:style-name="List_20_1">{items}</text:list>' if items else ""
    if isinstance(block, Bars | Curve):
        return _picture(block, pictures)
    return _table(block)


def _picture(block: Bars | Curve, pictures: odf.Pictures) -> str:
    name, ratio = pictures.of(block)
    size = f'svg:width="{WIDTH_CM}cm" svg:height="{WIDTH_CM * ratio:.2f}cm"'
    image = f'<draw:image xlink:href="{name}" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/>'
    told = f"<svg:title>{odf.name(block.name)}</svg:title><svg:desc>{odf.name(odf.words_of(block))}</svg:desc>"
    frame = f'<draw:frame text:anchor-type="as-char" {size}>{image}{told}</draw:frame>'
    above = (
        f'<text:p text:style-name="Text_20_body">{odf.words(block.name)}</text:p>' if isinstance(block, Curve) else ""
    )
    return f'{above}<text:p text:style-name="Text_20_body">{frame}</text:p>'


def _table(table: Table) -> str:
    if any(len(row) != len(table.head) for row in table.rows):
        raise ValueError("a row has not as many cells as the head")
    columns = "".join(
        f'<table:table-column table:style-name="Column{share}"/>' for share in table.widths or [1] * len(table.head)
    )
    head = _row([Line(one) for one in table.head], "Table_20_Heading")
    head = f"<table:table-header-rows>{head}</table:table-header-rows>"
    rows = "".join(_row(row, "Table_20_Contents") for row in table.rows)
    return (
        f'<table:table table:name="{odf.name(table.name)}" table:style-name="Wide">{columns}{head}{rows}</table:table>'
    )


def _row(cells: Sequence[Line], style: str) -> str:
    drawn = "".join(
        '<table:table-cell table:style-name="Cell" office:value-type="string">'
        f'<text:p text:style-name="{style}">{odf.said(cell)}</text:p></table:table-cell>'
        for cell in cells
    )
    return f"<table:table-row>{drawn}</table:table-row>"


def _styles() -> Iterator[str]:
    yield (
        '<style:default-style style:family="paragraph"><style:text-properties fo:font-size="11pt" '
        'fo:font-family="&apos;Atkinson Hyperlegible Next&apos;, &apos;Liberation Sans&apos;, Arial, sans-serif" '
        'fo:language="fr" fo:country="FR"/></style:default-style>'
    )
    yield '<style:style style:name="Standard" style:family="paragraph" style:class="text"/>'
    yield _style("Text_20_body", "Standard", 'fo:margin-bottom="0.25cm" fo:line-height="130%"', "")
    yield _style("Title", "Standard", 'fo:margin-bottom="0.4cm"', 'fo:font-size="22pt" fo:font-weight="bold"')
    for level, size in enumerate((17, 14, 12, 11), start=1):
        above = 'fo:margin-top="0.6cm" fo:margin-bottom="0.2cm" fo:keep-with-next="always"'
        text = f'fo:font-size="{size}pt" fo:font-weight="bold"'
        outline = f' style:default-outline-level="{level}" style:next-style-name="Text_20_body"'
        yield _style(f"Heading_20_{level}", "Standard", above, text, outline)
    yield _style("Table_20_Contents", "Standard", "", "")
    yield _style("Table_20_Heading", "Table_20_Contents", "", 'fo:font-weight="bold"')
    yield (
        '<style:style style:name="Strong" style:family="text"><style:text-properties fo:font-weight="bold"/>'
        "</style:style>"
    )
    yield (
        '<text:list-style style:name="List_20_1" style:display-name="List 1"><text:list-level-style-bullet '
        'text:level="1" text:bullet-char="•"><style:list-level-properties text:space-before="0.4cm" '
        'text:min-label-width="0.5cm"/></text:list-level-style-bullet></text:list-style>'
    )


def _style(name: str, parent: str, paragraph: str, text: str, more: str = "") -> str:
    shown = name.replace("_20_", " ")
    inside = f"<style:paragraph-properties {paragraph}/>" if paragraph else ""
    inside += f"<style:text-properties {text}/>" if text else ""
    return (
        f'<style:style style:name="{name}" style:display-name="{shown}" style:family="paragraph" '
        f'style:parent-style-name="{parent}" style:class="text"{more}>{inside}</style:style>'
    )


_COLUMNS = "".join(
    f'<style:style style:name="Column{share}" style:family="table-column"><style:table-column-properties '
    f'style:rel-column-width="{share}*"/></style:style>'
    for share in range(1, 9)
)
_AUTOMATIC = (
    f'<office:automatic-styles>{_COLUMNS}<style:style style:name="Wide" style:family="table"><style:table-properties '
    f'style:width="{WIDTH_CM}cm" table:align="margins"/></style:style>'
    '<style:style style:name="Cell" style:family="table-cell">'
    '<style:table-cell-properties fo:padding="0.1cm" fo:border="0.5pt solid #80765f"/></style:style>'
    "</office:automatic-styles>"
)
_PAGE = (
    '<office:automatic-styles><style:page-layout style:name="A4"><style:page-layout-properties '
    'fo:page-width="21cm" fo:page-height="29.7cm" fo:margin-top="2cm" fo:margin-bottom="2cm" fo:margin-left="2.2cm" '
    'fo:margin-right="2.2cm"/></style:page-layout></office:automatic-styles><office:master-styles>'
    '<style:master-page style:name="Standard" style:page-layout-name="A4"/></office:master-styles>'
)
