"""Typeset a sheet of paper: Typst templates of this folder, in tagged PDF that screen readers can read.

The typefaces are those of the site, as TTF from their npm packages: Typst does not read the web's format.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import tempfile
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.core.cache import cache

from ui.print.glyphs import drawable, drawn_by, fonts_under

HERE = Path(__file__).resolve().parent
KEPT_SECONDS = 86_400
FONTS = (
    "@expo-google-fonts/atkinson-hyperlegible-next/400Regular",
    "@expo-google-fonts/atkinson-hyperlegible-next/700Bold",
    "@expo-google-fonts/bricolage-grotesque/700Bold",
)


class TypesettingError(Exception):
    """The template does not accept the data; the message is Typst's own, for the log."""


@lru_cache(maxsize=1)
def fonts() -> typst.Fonts:
    """The typefaces, read once; none of the machine's, so that every machine prints the same sheet."""
    folders = [str(settings.NODE_MODULES / folder) for folder in FONTS]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)


@lru_cache(maxsize=1)
def _points() -> frozenset[int]:
    return drawn_by(fonts_under(settings.NODE_MODULES / folder for folder in FONTS))


def typeset(
    template: str,
    data: Mapping[str, Any],
    files: Mapping[str, bytes] | None = None,
    *,
    at: dt.datetime | None = None,
) -> bytes:
    """A PDF/UA-1 from `ui/print/<template>.typ` and its data (the inputs stand in its first lines).

    files: what the template names (a QR code in SVG…), by file name without folder.
    at: moment written in the PDF; the same moment and data give the same bytes.
    Raises TypesettingError when data is missing or the result would not be accessible (no title,
    picture without words), ValueError for a file name that leaves the folder.
    """
    return _compiled(template, data, files, pdf_standards=["ua-1"], timestamp=at)


def draw(template: str, data: Mapping[str, Any], *, ppi: float = 144) -> bytes:
    """A PNG of the only page of a template. Raises TypesettingError."""
    return _compiled(template, data, None, format="png", ppi=ppi)


def _compiled(template: str, data: Mapping[str, Any], files: Mapping[str, bytes] | None, **how: Any) -> bytes:
    with tempfile.TemporaryDirectory(prefix="typeset-") as name:
        folder = Path(name)
        for source in HERE.glob("*.typ"):
            (folder / source.name).write_bytes(source.read_bytes())
        for file, content in (files or {}).items():
            if Path(file).name != file:
                raise ValueError(f"{file!r} is not a plain file name")
            (folder / file).write_bytes(content)
        words = json.dumps(drawable(data, _points()), ensure_ascii=False)
        (folder / "data.json").write_text(words, encoding="utf-8")
        try:
            made: bytes = typst.compile(folder / f"{template}.typ", root=folder, font_paths=fonts(), **how)
            return made
        except typst.TypstError as error:
            raise TypesettingError(f"{template}: {error.message} {' '.join(error.hints)}".strip()) from error


def typeset_once(template: str, data: Mapping[str, Any], files: Mapping[str, bytes], *, on: dt.date) -> bytes:
    """`typeset`, dated of that day; the same content comes from the cache for a day, whoever typeset it.

    files: follow from data, as a code does from its address.
    """
    source = (HERE / f"{template}.typ").read_bytes() + (HERE / "tokens.typ").read_bytes()
    words = json.dumps(data, sort_keys=True, ensure_ascii=False).encode()
    key = f"typeset:{template}:" + hashlib.blake2s(source + words).hexdigest()
    kept: bytes | None = cache.get(key)
    if kept is None:
        kept = typeset(template, data, files, at=dt.datetime.combine(on, dt.time(), tzinfo=dt.UTC))
        cache.set(key, kept, KEPT_SECONDS)
    return kept
