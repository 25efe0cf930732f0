"""Tables that an import must refuse, or read with care: each function gives the bytes of one file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

from openpyxl import Workbook

HEADER = "Nom;SIRET;Commune;Code postal"
ROW = "Les Ateliers;;Péronne;80200"


def text(*lines: str, encoding: str = "utf-8") -> bytes:
    """Lines of a CSV file in this encoding."""
    return ("\r\n".join(lines) + "\r\n").encode(encoding)


def sound(encoding: str = "utf-8", separator: str = ";") -> bytes:
    """A small file that nothing is wrong with, in any letters and with any separator."""
    return text(HEADER.replace(";", separator), ROW.replace(";", separator), encoding=encoding)


def mixed_encodings() -> bytes:
    """Two lines in UTF-8, then one in the letters of Windows."""
    return text(HEADER, ROW, "Régie d’été;;Péronne;80200") + "Théâtre d\xe9t\xe9;;Y;80190\r\n".encode("latin-1")


def unclosed_quote(lines_after: int = 3) -> bytes:
    return text(HEADER, ROW, 'Le "Relais;;Y;80190', '"Atelier;;Péronne;80200', *[ROW] * lines_after)


def text_after_quote() -> bytes:
    return text(HEADER, ROW, '"Le Relais" de Ham;;Y;80190')


def huge_cell(length: int = 140_000) -> bytes:
    return text(HEADER, ROW, f"{'a' * length};;Y;80190")


def endless_line(length: int = 9_000_000) -> bytes:
    return text(HEADER) + b"a" * length


def with_nul() -> bytes:
    return text(HEADER, "Les \0Ateliers;;Y;80190")


def many_columns(columns: int = 100_000) -> bytes:
    return text(";".join(["Nom", *(f"c{number}" for number in range(columns))]), "Atelier")


def shifted_columns() -> bytes:
    return text(HEADER, ROW, "Atelier; bar et jardin;;Péronne;80200")


def repeated_title() -> bytes:
    return text("Nom;SIRET;Commune;nom", "Atelier;;Péronne;Autre")


def without_name() -> bytes:
    return text("SIRET;Commune", "80000000000000;Péronne")


def web_page() -> bytes:
    return b"<!DOCTYPE html>\n<html><body><h1>404</h1></body></html>"


def deep_json(depth: int = 100_000) -> bytes:
    return b"[" * depth + b"]" * depth


def workbook(rows: Sequence[Sequence[object]]) -> bytes:
    """An honest XLSX file."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    return _saved(book)


def _saved(book: Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _rewritten(content: bytes, name: str, part: bytes) -> bytes:
    """The same archive with one part replaced."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry.filename, part if entry.filename == name else old.read(entry))
    return buffer.getvalue()


def zip_bomb(megabytes: int = 300) -> bytes:
    """A workbook whose sheet is mostly spaces: kilobytes that unfold to hundreds of megabytes."""
    content = workbook([["Nom"], ["Atelier"]])
    return _rewritten(content, "xl/worksheets/sheet1.xml", b" " * (megabytes * 1_000_000))


def entity_bomb() -> bytes:
    """A billion laughs inside the sheet."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]><worksheet>&l9;</worksheet>'
    return _rewritten(workbook([["Nom"], ["Atelier"]]), "xl/worksheets/sheet1.xml", bomb.encode())


def outside_entity() -> bytes:
    """A workbook that asks for a file of the machine."""
    bomb = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]><worksheet>&f;</worksheet>'
    return _rewritten(workbook([["Nom"], ["Atelier"]]), "xl/worksheets/sheet1.xml", bomb.encode())


def broken_workbook() -> bytes:
    return workbook([["Nom"], ["Atelier"]])[:1500]


def other_archive() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("photos/chat.txt", "miaou")
    return buffer.getvalue()
