"""Slides that people go on changing in their own program: OpenDocument Presentation, without a library.

Each slide has a title and a few blocks below each other; what is longer belongs in the document. Neighbours: `blocks`
says what they are made of, `odf` packs them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ui.print import odf
from ui.print.blocks import Bars, Block, Bullets, Curve, Heading, Slide, Table

MEDIA_TYPE = "application/vnd.oasis.opendocument.presentation"
WIDTH_CM, LEFT_CM, TOP_CM, BOTTOM_CM = 28.0, 1.6, 4.2, 15.0
ROW_CM = 1.05


def odp(slides: Sequence[Slide], *, title: str, author: str, source: str, on: date) -> bytes:
    """The file, 16:9. source: said at the foot of each slide. The same slides give the same bytes.

    Raises ValueError for ragged rows.
    """
    pictures = odf.Pictures()
    pages = "".join(_page(rank, slide, source, pictures) for rank, slide in enumerate(slides, start=1))
    files = {
        "content.xml": f'{odf.XML}<office:document-content {odf.SPACES} office:version="1.2">{_AUTOMATIC}'
        f"<office:body><office:presentation>{pages}</office:presentation></office:body></office:document-content>",
        "styles.xml": f'{odf.XML}<office:document-styles {odf.SPACES} office:version="1.2">{_STYLES}'
        "</office:document-styles>",
        "meta.xml": odf.meta(title, author, on),
    }
    return odf.pack(MEDIA_TYPE, files, pictures.files)


def _page(rank: int, slide: Slide, source: str, pictures: odf.Pictures) -> str:
    drawn, top = [_frame("title", 1.2, 2.4, _text("Title", odf.words(slide.title)), "title")], TOP_CM
    drawn.append(
        f'<draw:line draw:style-name="Thread" svg:x1="{LEFT_CM}cm" svg:x2="{LEFT_CM + WIDTH_CM}cm" svg:y1="3.6cm" '
        'svg:y2="3.6cm"/>'
    )
    for block in slide.blocks:
        content, height = _block(block, top, pictures)
        drawn.append(content)
        top += height + 0.4
    drawn.append(_frame("foot", BOTTOM_CM, 0.8, _text("Foot", f"{odf.words(source)} · {rank}")))
    notes = f'<presentation:notes><draw:frame presentation:class="notes" svg:x="2cm" svg:y="14cm" svg:width="17cm" svg:height="12cm"><draw:text-box>{_text("Body", odf.words(slide.notes))}</draw:text-box></draw:frame></presentation:notes>'  # fmt: skip  # noqa: E501
    return (
        f'<draw:page draw:name="{rank}" draw:master-page-name="Maillage">{"".join(drawn)}'
        f"{notes if slide.notes else ''}</draw:page>"
    )


def _block(block: Block, top: float, pictures: odf.Pictures) -> tuple[str, float]:
    """(what is drawn, its height in cm)."""
    if isinstance(block, Bars | Curve):
        name, ratio = pictures.of(block)
        height = min(WIDTH_CM * 0.75 * ratio, BOTTOM_CM - top - 0.5)
        image = f'<draw:image xlink:href="{name}" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/>'
        told = f"<svg:title>{odf.name(block.name)}</svg:title><svg:desc>{odf.name(odf.words_of(block))}</svg:desc>"
        return _frame("picture", top, height, image + told, width=height / ratio, is_text=False), height
    if isinstance(block, Bullets):
        items = "".join(f"<text:list-item>{_text('Body', odf.said(item))}</text:list-item>" for item in block.items)
        height = ROW_CM * sum(1 + len(item.text) // 85 for item in block.items) + 0.2
        return _frame(
            "outline", top, height, f'<text:list text:style-name="Bullets">{items}</text:list>', "outline"
        ), height
    if isinstance(block, Table):
        return _table(block, top)
    if isinstance(block, Heading):
        return _frame("heading", top, ROW_CM, _text("Heading", odf.words(block.text))), ROW_CM
    label = f'<text:span text:style-name="Strong">{odf.words(block.label)}</text:span> ' if block.label else ""
    height = ROW_CM * (1 + len(block.text) // 85)
    return _frame("words", top, height, _text("Body", label + odf.linked(block.text, block.url))), height


def _table(table: Table, top: float) -> tuple[str, float]:
    if any(len(row) != len(table.head) for row in table.rows):
        raise ValueError("a row has not as many cells as the head")
    widths = table.widths or [1] * len(table.head)
    columns = "".join(f'<table:table-column table:style-name="Column{share}"/>' for share in widths)
    head = "".join(_cell(odf.words(one), "Strong") for one in table.head)
    rows = "".join(
        f"<table:table-row>{''.join(_cell(odf.said(cell)) for cell in row)}</table:table-row>" for row in table.rows
    )
    drawn = f'<table:table table:name="{odf.name(table.name)}">{columns}<table:table-row>{head}</table:table-row>{rows}</table:table>'  # fmt: skip  # noqa: E501
    height = ROW_CM * (1 + len(table.rows))
    return _frame("table", top, height, drawn, is_text=False), height


def _cell(content: str, style: str = "") -> str:
    inside = f'<text:span text:style-name="{style}">{content}</text:span>' if style else content
    return f'<table:table-cell table:style-name="Cell">{_text("Small", inside)}</table:table-cell>'


def _text(style: str, content: str) -> str:
    return f'<text:p text:style-name="{style}">{content}</text:p>'


def _frame(
    name: str, top: float, height: float, content: str, kind: str = "", *, width: float = WIDTH_CM, is_text: bool = True
) -> str:
    place = f'svg:x="{LEFT_CM}cm" svg:y="{top:.2f}cm" svg:width="{width:.2f}cm" svg:height="{height:.2f}cm"'
    told = f' presentation:class="{kind}"' if kind else ""
    inside = f"<draw:text-box>{content}</draw:text-box>" if is_text else content
    return f'<draw:frame draw:style-name="Frame"{told} {place}>{inside}</draw:frame>'


def _style(name: str, size: int, rest: str = "", above: str = "") -> str:
    return (
        f'<style:style style:name="{name}" style:family="paragraph"><style:paragraph-properties {above}/>'
        f'<style:text-properties fo:font-size="{size}pt" fo:color="#23211c" fo:language="fr" fo:country="FR" '
        "fo:font-family=\"'Atkinson Hyperlegible Next', 'Liberation Sans', Arial, sans-serif\" "
        f"{rest}/></style:style>"
    )


_FRAME = (
    '<style:style style:name="Frame" style:family="graphic"><style:graphic-properties draw:stroke="none" '
    'draw:fill="none" draw:auto-grow-height="false" fo:padding="0cm"/></style:style>'
)
_COLUMNS = "".join(
    f'<style:style style:name="Column{share}" style:family="table-column"><style:table-column-properties '
    f'style:rel-column-width="{share}*"/></style:style>'
    for share in range(1, 9)
)
_CELL = (
    '<style:style style:name="Cell" style:family="table-cell"><style:graphic-properties draw:fill="none"/>'
    '<style:paragraph-properties fo:border-bottom="0.5pt solid #cfc3a8"/></style:style>'
)
_BOLD = (
    '<style:style style:name="Strong" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
)
_TEXTS = "".join([
    _style("Title", 26, 'fo:font-weight="bold"'),
    _style("Heading", 22, 'fo:font-weight="bold"'),
    _style("Body", 18, "", 'fo:margin-bottom="0.25cm"'),
    _style("Small", 14),
    _style("Foot", 11),
    _BOLD,
])  # fmt: skip
_BULLETS = (
    '<text:list-style style:name="Bullets"><text:list-level-style-bullet text:level="1" text:bullet-char="•">'
    '<style:list-level-properties text:min-label-width="0.7cm"/></text:list-level-style-bullet></text:list-style>'
)
_THREAD = (
    '<style:style style:name="Thread" style:family="graphic"><style:graphic-properties draw:stroke="solid" '
    'svg:stroke-width="0.08cm" svg:stroke-color="#0b4a6e"/></style:style>'
)
# A presentation reads its texts from the automatic styles of its content alone.
_AUTOMATIC = f"<office:automatic-styles>{_FRAME}{_THREAD}{_COLUMNS}{_CELL}{_BULLETS}{_TEXTS}</office:automatic-styles>"
_STYLES = (
    '<office:styles/><office:automatic-styles><style:page-layout style:name="Screen"><style:page-layout-properties '
    'fo:page-width="31.2cm" fo:page-height="17.55cm" fo:margin="0cm" style:print-orientation="landscape"/>'
    '</style:page-layout></office:automatic-styles><office:master-styles><style:master-page style:name="Maillage" '
    'style:page-layout-name="Screen"/></office:master-styles>'
)
