"""The poster on paper: readable by a screen reader, by a phone and from afar, whatever there is to say."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pikepdf
import pypdfium2
import pytest
import segno

from ui.print.compile import TypesettingError, _points, typeset
from ui.print.glyphs import drawable

ROOT = Path(__file__).resolve().parents[2]
AT = datetime(2026, 11, 22, 10, tzinfo=UTC)
ADDRESS = "https://territoire.example/c/80620"


def code() -> bytes:
    out = io.BytesIO()
    segno.make(ADDRESS, error="q").save(out, kind="svg", border=2, omitsize=True)
    return out.getvalue()


def words(entries: int = 3, total: int | None = None, title: str = "Péronne") -> dict[str, Any]:
    return {
        "title": title,
        "eyebrow": "L’économie sociale et solidaire, ici",
        "lead": "Ce que l’on peut trouver et faire près de chez soi.",
        "entries": [
            {"name": f"Structure {rank}", "text": "Atelier, friperie et cours de couture.", "place": "2 rue du Moulin"}
            for rank in range(entries)
        ],
        "total": entries if total is None else total,
        "empty": "Aucune structure connue ici pour l’instant.",
        "contact": {"name": "Camille Exemple", "role": "", "phone": "03 00 00 00 00", "email": ""},
        "qr_file": "code.svg",
        "qr_text": "Tout voir, à jour",
        "url": "territoire.example/c/80620",
        "territory": "Territoire d’exemple",
        "source": "Imprimé le 22 novembre 2026.",
    }


def poster(**given: Any) -> bytes:
    return typeset("poster", words(**given), {"code.svg": code()}, at=AT)


def text_of(pdf: bytes) -> tuple[int, str]:
    with pypdfium2.PdfDocument(pdf) as document:
        return len(document), document[0].get_textpage().get_text_range()


def test_poster_is_tagged_titled_and_speaks_french() -> None:
    with pikepdf.open(io.BytesIO(poster())) as pdf:
        assert str(pdf.Root.Lang) == "fr-FR"
        assert bool(pdf.Root.MarkInfo.Marked)
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert str(pdf.docinfo["/Title"]) == "Péronne – L’économie sociale et solidaire, ici"
        assert str(pdf.open_metadata()["pdfuaid:part"]) == "1"


def test_poster_is_one_a4_page_with_our_typefaces_inside() -> None:
    with pikepdf.open(io.BytesIO(poster())) as pdf:
        box = [float(value) for value in pdf.pages[0].mediabox]
        names = {
            str(font.BaseFont).split("+")[1]
            for font in pdf.objects
            if isinstance(font, pikepdf.Dictionary) and "/BaseFont" in font
        }
    assert box == pytest.approx([0, 0, 595.28, 841.89], abs=0.1)
    assert {name.split("-")[0] for name in names} == {"AtkinsonHyperlegibleNext", "BricolageGrotesque"}


def test_code_on_the_poster_opens_the_page() -> None:
    with pypdfium2.PdfDocument(poster()) as document:
        picture = np.asarray(document[0].render(scale=2).to_pil().convert("L"))
    read, _, _ = cv2.QRCodeDetector().detectAndDecode(picture)
    assert read == ADDRESS


@pytest.mark.parametrize(
    ("entries", "title"), [(0, "Y"), (1, "Pœuilly"), (5, "Péronne"), (60, "Fonches-Fonchette-sous-les-Grands-Bois")]
)
def test_poster_holds_on_one_page_whatever_there_is_to_say(entries: int, title: str) -> None:
    pages, text = text_of(poster(entries=entries, title=title))
    assert pages == 1
    assert title.split("-", maxsplit=1)[0] in text
    assert "03 00 00 00 00" in text


def test_what_does_not_fit_is_counted() -> None:
    _, text = text_of(poster(entries=60))
    shown = len(re.findall(r"Structure \d+", text))
    left_out = re.search(r"et (\d+) autres structures", text)
    assert shown > 4
    assert left_out is not None
    assert shown + int(left_out[1]) == 60


def test_empty_poster_says_what_could_be_there() -> None:
    assert "Aucune structure connue ici" in text_of(poster(entries=0))[1]


def test_same_moment_and_data_give_the_same_bytes() -> None:
    assert poster() == poster()


def test_words_are_never_read_as_typst_code() -> None:
    assert "#let x = 1 $a$ *b* @c" in text_of(poster(title="#let x = 1 $a$ *b* @c"))[1]


def test_missing_data_is_refused_aloud() -> None:
    incomplete = {name: value for name, value in words().items() if name != "qr_text"}
    with pytest.raises(TypesettingError, match="qr_text"):
        typeset("poster", incomplete, {"code.svg": code()}, at=AT)


def test_a_file_name_cannot_leave_its_folder() -> None:
    with pytest.raises(ValueError, match="not a plain file name"):
        typeset("poster", words(), {"../code.svg": code()}, at=AT)


def test_paper_and_screen_share_their_colours() -> None:
    css = (ROOT / "ui/css/tokens.css").read_text(encoding="utf-8").partition('[data-theme="dark"]')[0]
    screen = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", css))
    typst = (ROOT / "ui/print/tokens.typ").read_text(encoding="utf-8")
    paper = dict(re.findall(r'#let ([\w-]+) = rgb\("(#[0-9a-f]{6})"\)', typst))
    assert paper == {name: screen[name.removesuffix("-colour")] for name in paper}


def test_what_the_typefaces_do_not_draw_does_not_stop_a_sheet() -> None:
    pages, text = text_of(poster(title="Péronne 🚲 фонд", entries=1))
    assert pages == 1
    assert "Péronne ?" in " ".join(text.split())


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Café « L’œuf », 12 € — 1\u202f234", "Café « L’œuf », 12 € — 1\u202f234"),
        ("Gaston 👩‍🚒", "Gaston "),
        ("e\u0301lan, Ⅳ, ①", "élan, IV, 1"),
        ("Иван", "?"),
        ("🐔", "?"),
    ],
)
def test_a_text_is_written_with_the_signs_that_we_have(typed: str, printed: str) -> None:
    assert drawable({"rows": [typed, 3]}, _points()) == {"rows": [printed, 3]}
