from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pikepdf
import pytest
from PIL import Image

from maillage.kernel.uploads import UploadRefused, clean_document, clean_picture

MARK = b"49.9377 N, chez Chlo\xc3\xa9"


def photo(width: int = 60, height: int = 40, form: str = "JPEG", orientation: int = 1) -> io.BytesIO:
    """A picture of noise that carries a place, a comment and an orientation."""
    told = Image.Exif()
    told[0x0112], told[0x010E] = orientation, MARK.decode()
    told.get_ifd(0x8825)[1] = "N"
    out = io.BytesIO()
    picture = Image.effect_noise((width, height), 90).convert("RGB")
    picture.save(out, form, exif=told, comment=MARK)
    return out


def pdf(
    change: Callable[[pikepdf.Pdf], None] = lambda made: None, lock: pikepdf.Encryption | None = None
) -> io.BytesIO:
    made, out = pikepdf.new(), io.BytesIO()
    made.add_blank_page()
    change(made)
    made.save(out, encryption=lock)
    return out


def archive(parts: dict[str, bytes]) -> io.BytesIO:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out


def docx(name: str = "word/styles.xml", content: bytes = b"<styles/>") -> io.BytesIO:
    """A document of Word with one more part."""
    return archive({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<document/>", name: content})


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_picture_keeps_its_pixels_and_tells_no_place(form: str) -> None:
    clean = clean_picture(photo(form=form))

    with Image.open(io.BytesIO(clean.content)) as kept:
        assert (kept.size, clean.width, clean.height) == ((60, 40), 60, 40)
        assert not dict(kept.getexif())
        assert {"exif", "comment", "xmp", "icc_profile"} & kept.info.keys() == set()
    assert MARK not in clean.content
    assert b"GPS" not in clean.content


def test_a_picture_stands_upright_and_is_not_larger_than_a_screen() -> None:
    clean = clean_picture(photo(3_000, 1_500, orientation=6))

    assert (clean.width, clean.height) == (1_200, 2_400)


def test_a_drawing_with_a_hole_stays_a_drawing_with_a_hole() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (10, 10), (255, 0, 0, 0)).save(out, "PNG")

    clean = clean_picture(out)

    assert clean.extension == "png"
    assert Image.open(io.BytesIO(clean.content)).getpixel((3, 3)) == (255, 0, 0, 0)


def test_what_was_put_behind_the_pixels_does_not_stay() -> None:
    out = photo()
    out.seek(0, io.SEEK_END)
    out.write(b"<script>alert(1)</script>")

    assert b"script" not in clean_picture(out).content


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "vide"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "pas une photo"),
        (b"MZ\x90\x00" + b"\0" * 100, "pas une photo"),
        (photo().getvalue()[:400], "abîmée"),
        (b"\xff" * 8_000_001, "8\u00a0Mo"),
    ],
)
def test_what_is_no_picture_is_refused_with_a_reason(content: bytes, words: str) -> None:
    with pytest.raises(UploadRefused, match=words):
        clean_picture(io.BytesIO(content))


def test_a_picture_of_nine_hundred_million_pixels_is_refused_before_it_unfolds() -> None:
    out = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(out, "PNG")

    with pytest.raises(UploadRefused, match="démesurée"):
        clean_picture(out)


def test_a_pdf_keeps_its_pages_and_loses_what_acts() -> None:
    def arm(made: pikepdf.Pdf) -> None:
        made.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        made.attachments["secret.exe"] = b"MZ secret"
        launch = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="calc.exe")
        link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=launch)
        clip = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FileAttachment, Rect=[0, 0, 9, 9])
        made.pages[0].Annots = pikepdf.Array([link, clip])
        made.docinfo["/Author"] = "Chloé"

    clean = clean_document(pdf(arm))

    assert (clean.extension, clean.media_type) == ("pdf", "application/pdf")
    with pikepdf.open(io.BytesIO(clean.content)) as kept:
        assert len(kept.pages) == 1
        assert len(kept.attachments) == 0
        assert "/OpenAction" not in kept.Root
        assert "/Author" not in kept.docinfo
        assert [str(one.A.S) for one in kept.pages[0].Annots] == ["/NoOp"]
    for word in (b"app.alert", b"/Launch", b"/FileAttachment", b"MZ secret"):
        assert word not in clean.content


def test_a_pdf_that_only_forbids_printing_is_kept_without_its_lock() -> None:
    clean = clean_document(pdf(lock=pikepdf.Encryption(user="", owner="secret")))

    with pikepdf.open(io.BytesIO(clean.content)) as kept:
        assert not kept.is_encrypted


def test_a_link_to_the_web_stays_in_a_pdf() -> None:
    def lead(made: pikepdf.Pdf) -> None:
        act = pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://exemple.test/")
        made.pages[0].Annots = pikepdf.Array([pikepdf.Dictionary(Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=act)])

    assert b"https://exemple.test/" in clean_document(pdf(lead)).content


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (pdf(lock=pikepdf.Encryption(user="secret", owner="secret")), "mot de passe"),
        (io.BytesIO(pdf().getvalue()[:60]), "abîmé"),
        (docx("word/vbaProject.bin", b"x"), "macros"),
        (docx("word/embeddings/oleObject1.bin", b"x"), "objet caché"),
        (docx("word/_rels/a.rels", b'<Relationship Type="x/attachedTemplate" TargetMode="External"/>'), "macros"),
        (docx("word/styles.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><x/>'), "macros"),
        (docx("../../etc/passwd", b"x"), "macros"),
        (docx("word/media/a.xml", b"\0" * 20_000_000), "démesuré"),
        (archive({"readme.txt": b"x"}), "pas lire ce fichier"),
        (io.BytesIO(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600), "ancien format"),
        (io.BytesIO(b"MZ\x90\0" + b"\0" * 100), "pas lire ce fichier"),
        (io.BytesIO(b"<html><script>1</script>"), "pas lire ce fichier"),
    ],
)  # fmt: skip
def test_a_document_that_hides_something_is_refused_with_a_reason(file: io.BytesIO, words: str) -> None:
    with pytest.raises(UploadRefused, match=words):
        clean_document(file)


def test_an_office_file_that_only_links_to_the_web_is_kept_as_it_is() -> None:
    link = (
        b'<Relationship Id="r1" Type="http://x/relationships/hyperlink" TargetMode="External" Target="https://a.test"/>'
    )
    sent = docx("word/_rels/document.xml.rels", link)

    clean = clean_document(sent)

    assert (clean.extension, clean.content) == ("docx", sent.getvalue())


def test_a_photograph_sent_as_a_document_is_drawn_anew() -> None:
    clean = clean_document(photo())

    assert clean.media_type == "image/jpeg"
    assert MARK not in clean.content
