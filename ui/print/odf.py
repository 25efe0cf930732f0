"""What texts and slides in OpenDocument share: the archive, escaped words, the drawings of bars and curves.

The same content gives the same bytes: every entry has the same moment. Source: OASIS OpenDocument 1.2, parts 1 and 3.
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from xml.sax.saxutils import escape

from ui.print.blocks import Bars, Block, Curve, Line
from ui.print.compile import draw

XML = '<?xml version="1.0" encoding="UTF-8"?>'
SPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"), ("style", "style"), ("text", "text"), ("table", "table"), ("draw", "drawing"),
        ("fo", "xsl-fo-compatible"), ("svg", "svg-compatible"), ("presentation", "presentation"), ("meta", "meta"),
        ("number", "datastyle"),
    )
) + ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'  # fmt: skip
_STAMP = (1980, 1, 1, 0, 0, 0)


class Pictures:
    """The drawings of a file, each once, under the name that its content refers to."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    def of(self, block: Bars | Curve) -> tuple[str, float]:
        """(name in the archive, height for a width of one)."""
        kind = "bars" if isinstance(block, Bars) else "curve"
        content = draw("picture", {"kind": kind, **asdict(block)})
        place = f"Pictures/{len(self.files) + 1}.png"
        self.files[place] = content
        width, height = struct.unpack(">II", content[16:24])
        return place, height / width


def words_of(block: Block) -> str:
    """A drawing in words, for those who do not see it."""
    if isinstance(block, Curve):
        return block.story
    return ". ".join(f"{bar.label}\u00a0: {bar.words}" for bar in block.bars) if isinstance(block, Bars) else ""


def words(text: str) -> str:
    """Escaped, for a paragraph; new lines stay, characters that XML refuses leave."""
    return _escaped(text).replace("\t", "<text:tab/>").replace("\n", "<text:line-break/>")


def name(text: str) -> str:
    """Escaped, for an attribute or a title, which hold no line: new lines become spaces."""
    return _escaped(text).replace("\t", " ").replace("\n", " ")


def _escaped(text: str) -> str:
    plain = "".join(one for one in text.replace("\r\n", "\n").replace("\r", "\n") if one >= " " or one in "\n\t")
    kept = "".join(one for one in plain if not 0xD800 <= ord(one) <= 0xDFFF and ord(one) not in (0xFFFE, 0xFFFF))
    return escape(kept, {'"': "&quot;"})


def said(line: Line) -> str:
    """Words, with their link when they lead somewhere."""
    return linked(line.text, line.url)


def linked(text: str, url: str) -> str:
    return f'<text:a xlink:type="simple" xlink:href="{name(url)}">{words(text)}</text:a>' if url else words(text)


def meta(title: str, author: str, on: date) -> str:
    return (
        f'{XML}<office:document-meta {SPACES} office:version="1.2"><office:meta><dc:title>{name(title)}</dc:title>'
        f"<meta:initial-creator>{name(author)}</meta:initial-creator><dc:creator>{name(author)}</dc:creator><dc:date>{on.isoformat()}T00:00:00</dc:date>"
        "<dc:language>fr-FR</dc:language></office:meta></office:document-meta>"
    )


def pack(media_type: str, files: Mapping[str, str], pictures: Mapping[str, bytes]) -> bytes:
    """The archive: its kind first and not compressed, so that it is read from the first bytes (part 3, 3.3)."""
    held = io.BytesIO()
    contents: dict[str, str | bytes] = {**files, **pictures}
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype", _STAMP), media_type, zipfile.ZIP_STORED)
        for name, content in {**contents, "META-INF/manifest.xml": _manifest(media_type, contents)}.items():
            info = zipfile.ZipInfo(name, _STAMP)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return held.getvalue()


def _manifest(media_type: str, names: Iterable[str]) -> str:
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" '
        f'manifest:media-type="{"image/png" if name.endswith(".png") else "text/xml"}"/>'
        for name in names
    )
    space = 'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2"'
    whole = f'<manifest:file-entry manifest:full-path="/" manifest:version="1.2" manifest:media-type="{media_type}"/>'
    return f"{XML}<manifest:manifest {space}>{whole}{entries}</manifest:manifest>"
