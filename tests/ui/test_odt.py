"""The ODT writer: a file that any word processor opens, with headings that screen readers find."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from xml.etree import ElementTree

import pytest

from ui.print.blocks import Bar, Bars, Bullets, Curve, Heading, Line, Paragraph, Table
from ui.print.odt import MEDIA_TYPE, odt

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
OF_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
ON = date(2026, 11, 28)
BLOCKS = (
    Heading(1, "Points & « suites »"), Paragraph("Une\nDeux\x00 <b>", label="Où :"), Bullets([Line("a"), Line("b", "https://exemple.test/?a=1&b=2")]),
    Table("Qui", ("Action", "Qui"), [(Line("Écrire"), Line("Alice"))], (3, 1)), Heading(2, "Détail"),
    Bars("Axes", [Bar("Axe 1", "1 sur 2", 0.5)]),
    Curve("Fiches", [(0, 1.0), (30, 3.0)], 4.0, "1 fiche", "3 fiches", "Fiches : de 1 à 3."),
)  # fmt: skip


def opened(content: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(content))


def test_the_sort_of_file_stands_first_and_not_compressed() -> None:
    content = odt(BLOCKS, title="Essai", author="PETR", on=ON)
    first = opened(content).infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert content[38 : 38 + len(MEDIA_TYPE)] == MEDIA_TYPE.encode()


def test_every_part_is_named_in_the_manifest_and_is_xml() -> None:
    archive = opened(odt(BLOCKS, title="Essai", author="PETR", on=ON))
    manifest = archive.read("META-INF/manifest.xml").decode()
    for name in archive.namelist():
        if name.endswith(".xml"):
            ElementTree.fromstring(archive.read(name))
        if name not in {"mimetype", "META-INF/manifest.xml"}:
            assert f'full-path="{name}"' in manifest


def test_headings_have_their_level_and_every_style_that_is_used_exists() -> None:
    archive = opened(odt(BLOCKS, title="Essai", author="PETR", on=ON))
    content = ElementTree.fromstring(archive.read("content.xml"))
    levels = [(one.get(f"{TEXT}outline-level"), one.text) for one in content.iter(f"{TEXT}h")]
    assert levels == [("1", "Points & « suites »"), ("2", "Détail")]
    styles = archive.read("styles.xml").decode()
    used = {one.get(f"{TEXT}style-name") for one in content.iter() if one.get(f"{TEXT}style-name")}
    assert [name for name in used if f'style:name="{name}"' not in styles] == []
    assert [one.get(f"{OF_TABLE}name") for one in content.iter(f"{OF_TABLE}table")] == ["Qui"]
    assert "<text:line-break/>Deux &lt;b&gt;" in archive.read("content.xml").decode()


def test_the_same_content_gives_the_same_bytes() -> None:
    assert odt(BLOCKS, title="E", author="P", on=ON) == odt(BLOCKS, title="E", author="P", on=ON)


@pytest.mark.parametrize("wrong", [Heading(5, "x"), Heading(0, "x"), Table("x", ("a", "b"), [(Line("1"),)])])
def test_what_no_reader_would_understand_is_refused(wrong: Heading | Table) -> None:
    with pytest.raises(ValueError, match=r"heading|cells"):
        odt([wrong], title="E", author="P", on=ON)


def test_links_lead_somewhere_and_drawings_are_said_in_words() -> None:
    archive = opened(odt(BLOCKS, title="E", author="P", on=ON))
    content = archive.read("content.xml").decode()
    assert 'xlink:href="https://exemple.test/?a=1&amp;b=2"' in content
    assert "<svg:desc>Axe 1\u00a0: 1 sur 2</svg:desc>" in content
    assert "<svg:desc>Fiches : de 1 à 3.</svg:desc>" in content
    assert [name for name in archive.namelist() if name.endswith(".png")] == ["Pictures/1.png", "Pictures/2.png"]
    assert archive.read("Pictures/1.png").startswith(b"\x89PNG")
