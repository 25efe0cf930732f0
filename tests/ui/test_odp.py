"""The ODP writer: slides that any presentation program opens, with a title each and drawings said in words."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ui.print.blocks import Bar, Bars, Bullets, Curve, Heading, Line, Paragraph, Slide, Table
from ui.print.odp import BOTTOM_CM, MEDIA_TYPE, odp
from ui.print.odt import odt

ON = date(2026, 11, 28)
DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
PRESENTATION = "{urn:oasis:names:tc:opendocument:xmlns:presentation:1.0}"
NASTY = 'Points & « suites »\n<b>\t"l’été"\x00\ufffe'
SLIDES = (
    Slide(NASTY, [Paragraph("Une\nDeux", label=NASTY, url="https://exemple.test/?a=1&b=2"),
                  Bullets([Line("a"), Line(NASTY, "https://exemple.test/")])], notes="Dire <bonjour>"),
    Slide("Qui", [Table(NASTY, ("Action", "Qui"), [(Line("Écrire"), Line(NASTY))], (3, 1)), Heading(2, NASTY)]),
    Slide("Axes", [Bars(NASTY, [Bar(NASTY, "1 sur 2", 0.5)])]),
    Slide("Fiches", [Curve("Fiches", [(0, 1.0), (30, 3.0)], 4.0, "1 fiche", "3 fiches", "Fiches : de 1 à 3.")]),
)  # fmt: skip


def made(slides: tuple[Slide, ...] = SLIDES, title: str = NASTY) -> bytes:
    return odp(slides, title=title, author=NASTY, source=NASTY, on=ON)


def opened(content: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(content))


def content_of(content: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(opened(content).read("content.xml"))


def test_the_sort_of_file_stands_first_and_not_compressed() -> None:
    first = opened(made()).infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert made()[38 : 38 + len(MEDIA_TYPE)] == MEDIA_TYPE.encode()


def test_every_part_is_named_in_the_manifest_and_is_xml_or_a_picture() -> None:
    archive = opened(made())
    manifest = archive.read("META-INF/manifest.xml").decode()
    for name in archive.namelist():
        if name.endswith(".xml"):
            ElementTree.fromstring(archive.read(name))
        elif name.endswith(".png"):
            assert archive.read(name).startswith(b"\x89PNG")
        if name not in {"mimetype", "META-INF/manifest.xml"}:
            assert f'full-path="{name}"' in manifest
    assert [name for name in archive.namelist() if name.endswith(".png")] == ["Pictures/1.png", "Pictures/2.png"]


def test_the_same_slides_give_the_same_bytes() -> None:
    assert made() == made()


def test_each_slide_has_its_title_its_number_and_its_notes() -> None:
    pages = list(content_of(made()).iter(f"{DRAW}page"))
    titles = [
        "".join(frame.itertext()) for page in pages for frame in page.findall(f"{DRAW}frame")
        if frame.get(f"{PRESENTATION}class") == "title"
    ]  # fmt: skip
    assert titles == ['Points & « suites »<b>"l’été"', "Qui", "Axes", "Fiches"]
    assert [page.get(f"{DRAW}name") for page in pages] == ["1", "2", "3", "4"]
    assert ["".join(one.itertext()) for one in pages[0].iter(f"{PRESENTATION}notes")] == ["Dire <bonjour>"]
    assert not list(pages[1].iter(f"{PRESENTATION}notes"))


def test_drawings_are_said_in_words_and_hold_above_the_foot() -> None:
    frames = [one for one in content_of(made()).iter(f"{DRAW}frame") if one.find(f"{DRAW}image") is not None]
    assert [one.findtext(f"{SVG}desc") for one in frames] == [
        "Points & « suites » <b> \"l’été\"\u00a0: 1 sur 2", "Fiches : de 1 à 3.",
    ]  # fmt: skip
    for one in frames:
        top, height = (float(str(one.get(f"{SVG}{side}")).removesuffix("cm")) for side in ("y", "height"))
        assert height > 0
        assert top + height <= BOTTOM_CM


text = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=60)
@given(text, text)
def test_no_words_whatever_break_a_text_or_slides(one: str, other: str) -> None:
    cells = [(Line(other, other), Line(one))]
    blocks = (Paragraph(one, other, one), Bullets([Line(one, other)]), Table(one, (one, other), cells), Heading(1, one))
    for content in (
        odp([Slide(one, blocks, other)], title=one, author=other, source=one, on=ON),
        odt(blocks, title=one, author=other, on=ON),
    ):
        archive = opened(content)
        for name in archive.namelist():
            if name.endswith(".xml"):
                ElementTree.fromstring(archive.read(name))


@pytest.mark.parametrize("wrong", [Table("x", ("a", "b"), [(Line("1"),)])])
def test_ragged_rows_are_refused(wrong: Table) -> None:
    with pytest.raises(ValueError, match="cells"):
        odp([Slide("S", [wrong])], title="T", author="A", source="S", on=ON)
