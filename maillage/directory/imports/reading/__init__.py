"""Open anybody's table: guess what it is, refuse what would be read wrongly, give its rows one by one.

Words: a *table* has a header line and rows of cells, all text; a *structural fault* makes the whole file
unsafe to read (FileRefused): nothing is written then. Neighbours: `mapping` gives the columns a meaning.
"""

from __future__ import annotations

from pathlib import Path

from maillage.directory.imports.reading.csv_file import open_csv
from maillage.directory.imports.reading.encoding import Encoding, detect_encoding
from maillage.directory.imports.reading.refusal import FileRefused, SourceUnreachable
from maillage.directory.imports.reading.table import Row, Table
from maillage.directory.imports.reading.workbook import open_workbook

__all__ = ["Encoding", "FileRefused", "Row", "SourceUnreachable", "Table", "detect_encoding", "open_table"]

_ADVICE = "Enregistrez le tableau au format CSV ou XLSX, puis recommencez."
_ZIP, _OLD_OFFICE, _PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF"


def open_table(path: Path, *, encoding: str = "", separator: str = "") -> Table:
    """Open a CSV or XLSX file, whatever its name says.

    encoding, separator: what the person declares; empty = guessed. Raises FileRefused (French, with line and
    column when there are some). The rows are read as they are asked for: a fault may be raised by any of them.
    """
    with path.open("rb") as handle:
        start = handle.read(4096)
    if not start.strip():
        raise FileRefused("Le fichier est vide.", advice="Vérifiez que vous envoyez le bon fichier.")
    if start.startswith(_ZIP):
        return open_workbook(path)
    _refuse_other_formats(start)
    return open_csv(path, encoding=encoding, separator=separator)


def _refuse_other_formats(start: bytes) -> None:
    if start.startswith(_OLD_OFFICE):
        raise FileRefused("C’est un ancien classeur (XLS), que nous ne lisons pas.", advice=_ADVICE)
    if start.startswith(_PDF):
        raise FileRefused("C’est un document PDF, pas un tableau.", advice=_ADVICE)
    visible = start.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").replace(b"\0", b"")[:200].lower()
    if visible.startswith((b"<!doctype", b"<html", b"<head", b"<?xml", b"<body")):
        raise FileRefused(
            "C’est une page internet, pas un tableau : le site a sans doute répondu par un message d’erreur.",
            line=1, column=1, advice="Ouvrez l’adresse dans un navigateur et téléchargez à nouveau le fichier.",
        )  # fmt: skip
    if visible.startswith((b"{", b"[")):
        raise FileRefused("C’est un fichier JSON, pas un tableau.", line=1, column=1, advice=_ADVICE)
