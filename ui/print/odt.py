"""A text that people go on writing in their own word processor: OpenDocument Text, without a library.

Words: a *block* is a heading, a paragraph, a list or a table; styles have the names that LibreOffice and Word know, so
that the outline, a table of contents and screen readers find the headings. Source: OASIS OpenDocument 1.2, parts 1, 3.
Neighbours: rooms give blocks in plain words; everything is escaped here.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape

MEDIA_TYPE = "application/vnd.oasis.opendocument.text"
DEEPEST = 4
# Written beside the file: the same content gives the same bytes.
_STAMP = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Heading:
    """level: 1 to DEEPEST."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """Lines of the text stay lines. label: said before it, in bold; default none."""

    text: str
    label: str = ""


@dataclass(frozen=True)
class Bullets:
    items: Sequence[str]


@dataclass(frozen=True)
class Table:
    """head: the words of the columns; rows: as many cells each. name: what screen readers announce."""

    name: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]


Block = Heading | Paragraph | Bullets | Table


def odt(blocks: Iterable[Block], *, title: str, author: str, on: date) -> bytes:
    """The file; the title stands first, as its own style. Raises ValueError for a heading too deep, or ragged rows."""
    body = "".join([f'<text:p text:style-name="Title">{_words(title)}</text:p>', *map(_block, blocks)])
    files = {
        "content.xml": f'{_XML}<office:document-content {_SPACES} office:version="1.2">{_AUTOMATIC}'
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>",
        "styles.xml": f'{_XML}<office:document-styles {_SPACES} office:version="1.2"><office:styles>'
        f"{''.join(_styles())}</office:styles>{_PAGE}</office:document-styles>",
        "meta.xml": f'{_XML}<office:document-meta {_SPACES} office:version="1.2"><office:meta>'
        f"<dc:title>{_words(title)}</dc:title><dc:creator>{_words(author)}</dc:creator>"
        f"<dc:date>{on.isoformat()}T00:00:00</dc:date><dc:language>fr-FR</dc:language>"
        "</office:meta></office:document-meta>",
    }
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        # First and not compressed, so that the sort of file is read from its first bytes (part 3, 3.3).
        archive.writestr(zipfile.ZipInfo("mimetype", _STAMP), MEDIA_TYPE, zipfile.ZIP_STORED)
        for name, content in {**files, "META-INF/manifest.xml": _manifest(files)}.items():
            info = zipfile.ZipInfo(name, _STAMP)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return held.getvalue()


def _block(block: Block) -> str:
    if isinstance(block, Heading):
        if not 1 <= block.level <= DEEPEST:
            raise ValueError(f"no heading of level {block.level}")
        style = f'text:style-name="Heading_20_{block.level}" text:outline-level="{block.level}"'
        return f"<text:h {style}>{_words(block.text)}</text:h>"
    if isinstance(block, Paragraph):
        label = f'<text:span text:style-name="Strong">{_words(block.label)}</text:span> ' if block.label else ""
        return f'<text:p text:style-name="Text_20_body">{label}{_words(block.text)}</text:p>'
    if isinstance(block, Bullets):
        items = "".join(
            f'<text:list-item><text:p text:style-name="Text_20_body">{_words(item)}</text:p></text:list-item>'
            for item in block.items
        )
        return f'<text:list text:style-name="List_20_1">{items}</text:list>' if items else ""
    return _table(block)


def _table(table: Table) -> str:
    if any(len(row) != len(table.head) for row in table.rows):
        raise ValueError("a row has not as many cells as the head")
    columns = f'<table:table-column table:number-columns-repeated="{len(table.head)}"/>'
    head = f"<table:table-header-rows>{_row(table.head, 'Table_20_Heading')}</table:table-header-rows>"
    rows = "".join(_row(row, "Table_20_Contents") for row in table.rows)
    return f'<table:table table:name="{_words(table.name)}">{columns}{head}{rows}</table:table>'


def _row(cells: Sequence[str], style: str) -> str:
    drawn = "".join(
        '<table:table-cell table:style-name="Cell" office:value-type="string">'
        f'<text:p text:style-name="{style}">{_words(cell)}</text:p></table:table-cell>'
        for cell in cells
    )
    return f"<table:table-row>{drawn}</table:table-row>"


def _words(text: str) -> str:
    """Escaped; new lines stay, characters that XML refuses leave."""
    plain = "".join(one for one in text.replace("\r\n", "\n").replace("\r", "\n") if one >= " " or one in "\n\t")
    kept = "".join(one for one in plain if not 0xD800 <= ord(one) <= 0xDFFF and ord(one) not in (0xFFFE, 0xFFFF))
    return escape(kept, {'"': "&quot;"}).replace("\t", "<text:tab/>").replace("\n", "<text:line-break/>")


def _manifest(files: Iterable[str]) -> str:
    kind = 'manifest:media-type="text/xml"'
    entries = "".join(f'<manifest:file-entry manifest:full-path="{name}" {kind}/>' for name in files)
    space = 'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2"'
    whole = f'<manifest:file-entry manifest:full-path="/" manifest:version="1.2" manifest:media-type="{MEDIA_TYPE}"/>'
    return f"{_XML}<manifest:manifest {space}>{whole}{entries}</manifest:manifest>"


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


_XML = '<?xml version="1.0" encoding="UTF-8"?>'
_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_SPACES = " ".join([
    f'xmlns:office="{_OASIS}:office:1.0"', f'xmlns:text="{_OASIS}:text:1.0"', f'xmlns:table="{_OASIS}:table:1.0"',
    f'xmlns:style="{_OASIS}:style:1.0"', f'xmlns:fo="{_OASIS}:xsl-fo-compatible:1.0"',
    f'xmlns:meta="{_OASIS}:meta:1.0"', 'xmlns:dc="http://purl.org/dc/elements/1.1/"',
])  # fmt: skip
_AUTOMATIC = (
    '<office:automatic-styles><style:style style:name="Cell" style:family="table-cell">'
    '<style:table-cell-properties fo:padding="0.1cm" fo:border="0.5pt solid #80765f"/></style:style>'
    "</office:automatic-styles>"
)
_PAGE = (
    '<office:automatic-styles><style:page-layout style:name="A4"><style:page-layout-properties '
    'fo:page-width="21cm" fo:page-height="29.7cm" fo:margin-top="2cm" fo:margin-bottom="2cm" fo:margin-left="2.2cm" '
    'fo:margin-right="2.2cm"/></style:page-layout></office:automatic-styles><office:master-styles>'
    '<style:master-page style:name="Standard" style:page-layout-name="A4"/></office:master-styles>'
)
