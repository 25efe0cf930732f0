"""Keep what our typefaces can draw: PDF/UA refuses a whole sheet for one sign that has no glyph.

People type emoji and any script. What is only a picture is left out, a letter is written with the letters that make it
(« Ⅳ » → « IV »), and what has none becomes one « ? ». Screens and ODT, which have the machine's typefaces, keep all.
"""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

UNKNOWN = "?"
# Spaces and line ends, which need no glyph, and signs that shape the words around them without being seen.
NEED_NO_GLYPH = {"Zs", "Zl", "Zp"}
INVISIBLE = "\n\r\t\u00ad\u200b\u2060"
# Pictures, their skin tones, joiners, selectors of their form, private signs: nothing is said when they go.
LEFT_OUT = {"So", "Sk", "Cf", "Mn", "Me", "Cc", "Cs", "Co", "Cn"}


def drawn_by(fonts: Iterable[bytes]) -> frozenset[int]:
    """Code points that one of these TrueType files draws. Source: OpenType 1.9, table « cmap », formats 4 and 12."""
    return frozenset(point for font in fonts for point in _points(font))


def drawable(value: Any, points: frozenset[int]) -> Any:
    """The same data, each text written with these code points only; what holds no text is given back as it is."""
    if isinstance(value, str):
        return value if _is_drawn(value, points) else _written(value, points)
    if isinstance(value, Mapping):
        return {key: drawable(one, points) for key, one in value.items()}
    return [drawable(one, points) for one in value] if isinstance(value, list | tuple) else value


def fonts_under(folders: Iterable[Path]) -> Iterator[bytes]:
    """The files of these folders, in the order of their names."""
    for folder in folders:
        for file in sorted(folder.glob("*.ttf")):
            yield file.read_bytes()


def _is_drawn(text: str, points: frozenset[int]) -> bool:
    return all(ord(sign) in points or sign in INVISIBLE or unicodedata.category(sign) == "Zs" for sign in text)


def _written(text: str, points: frozenset[int]) -> str:
    """A run of unknown letters is one « ? »: a name in another script is not a row of them."""
    out = ""
    for sign in unicodedata.normalize("NFC", text):
        if ord(sign) in points or sign in INVISIBLE or unicodedata.category(sign) in NEED_NO_GLYPH:
            out += sign
            continue
        if unicodedata.category(sign) in LEFT_OUT:
            continue
        plain = "".join(one for one in unicodedata.normalize("NFKD", sign) if ord(one) in points)
        out += plain or ("" if out.endswith(UNKNOWN) else UNKNOWN)
    return out if out.strip() else UNKNOWN


def _points(font: bytes) -> Iterator[int]:
    for number in range(struct.unpack_from(">H", font, 4)[0]):
        tag, _, start, _ = struct.unpack_from(">4sIII", font, 12 + 16 * number)
        if tag == b"cmap":
            yield from _of_cmap(font, start)


def _of_cmap(font: bytes, cmap: int) -> Iterator[int]:
    for number in range(struct.unpack_from(">H", font, cmap + 2)[0]):
        table = cmap + struct.unpack_from(">I", font, cmap + 4 + 8 * number + 4)[0]
        written = struct.unpack_from(">H", font, table)[0]
        if written == 4:
            yield from _of_segments(font, table)
        elif written == 12:
            for group in range(struct.unpack_from(">I", font, table + 12)[0]):
                first, last, _ = struct.unpack_from(">III", font, table + 16 + 12 * group)
                yield from range(first, last + 1)


def _of_segments(font: bytes, table: int) -> Iterator[int]:
    count = struct.unpack_from(">H", font, table + 6)[0] // 2
    lasts = struct.unpack_from(f">{count}H", font, table + 14)
    firsts = struct.unpack_from(f">{count}H", font, table + 16 + 2 * count)
    for first, last in zip(firsts, lasts, strict=True):
        yield from (point for point in range(first, last + 1) if point != 0xFFFF)
