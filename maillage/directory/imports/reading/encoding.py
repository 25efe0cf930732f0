"""In which letters is this file written? Told from its bytes, whatever it declares.

Order: byte order mark, zeros of UTF-16, strict UTF-8, then the eight-bit tables of Windows, of old Macs and of
DOS, held against the accents French uses. A file that mixes two of them is refused with the place of the mix.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import charset_normalizer

from maillage.directory.imports.reading.refusal import FileRefused

CHUNK = 1 << 20
SAMPLE = 200_000
# A line is read whole in memory: past this length it is no line of a table.
LONGEST_LINE = 8_000_000
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_EIGHT_BITS = ("cp1252", "mac_roman", "cp850")
_FRENCH = frozenset("éèêëàâäçîïôöùûüœæÉÈÊËÀÂÇÎÏÔÙÛŒ’«»–—€°")
_LETTERS = frozenset("éèêàçôîûâùÉ")
_TWO_BYTES = re.compile(rb"[\xc2-\xf4][\x80-\xbf]+")
_UNICODE = "Enregistrez à nouveau le fichier en choisissant l’encodage « UTF-8 »."
LABELS = {
    "utf-8": "UTF-8", "utf-8-sig": "UTF-8", "utf-16": "UTF-16", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16",
    "utf-32": "UTF-32", "cp1252": "Windows (CP1252)", "mac_roman": "Macintosh (MacRoman)", "cp850": "DOS (CP850)",
}  # fmt: skip


@dataclass(frozen=True)
class Encoding:
    """name: as Python says it; label: as a person reads it."""

    name: str

    @property
    def label(self) -> str:
        return LABELS.get(self.name, self.name.upper())


def detect_encoding(path: Path, *, declared: str = "") -> Encoding:
    """Tell the encoding, and make sure that the whole file holds in it.

    declared: what the sender says, tried alone when given. Raises FileRefused with line and column of the first
    bytes that do not fit.
    """
    with path.open("rb") as handle:
        sample = handle.read(SAMPLE)
    if declared:
        return _declared(path, declared)
    for mark, name in _MARKS:
        if sample.startswith(mark):
            return _whole(path, name)
    if (wide := _wide(sample)) is not None:
        return _whole(path, wide)
    fault = first_fault(path, "utf-8")
    if fault is None:
        return Encoding("utf-8")
    return Encoding(_eight_bits(path, fault))


def first_fault(path: Path, encoding: str) -> tuple[int, int] | None:
    """Line and column (in characters) of the first bytes that are not of this encoding; None when all are."""
    decoder = codecs.getincrementaldecoder(encoding)(errors="strict")
    line, column = 1, 1
    with path.open("rb") as handle:
        while True:
            block = handle.read(CHUNK)
            try:
                text = decoder.decode(block, final=not block)
            except UnicodeError as error:
                return _place(error, line, column, encoding)
            line, column = _advance(text, line, column)
            if not block:
                return None


def _declared(path: Path, declared: str) -> Encoding:
    try:
        name = codecs.lookup(declared).name
    except LookupError as error:
        raise FileRefused(
            f"L’encodage « {declared[:40]} » n’existe pas.", advice="Laissez-le deviner, ou écrivez par exemple utf-8."
        ) from error
    return _whole(path, name, says=f"Le fichier est annoncé en {declared[:40]}, mais ces caractères ne le sont pas.")


def _whole(path: Path, name: str, says: str = "") -> Encoding:
    fault = first_fault(path, name)
    if fault is not None:
        message = says or f"Le fichier commence en {LABELS.get(name, name)}, mais ces caractères n’en sont pas."
        raise FileRefused(message, line=fault[0], column=fault[1], advice=_UNICODE)
    return Encoding(name)


def _wide(sample: bytes) -> str | None:
    """UTF-16 without its mark: one byte in two is zero, always on the same side."""
    even, odd = sample[0:4000:2].count(0), sample[1:4000:2].count(0)
    half = min(len(sample), 4000) // 2
    if odd > half * 0.4 > even:
        return "utf-16-le"
    return "utf-16-be" if even > half * 0.4 > odd else None


def _eight_bits(path: Path, fault: tuple[int, int]) -> str:
    accents, well_formed = bytearray(), 0
    with path.open("rb") as handle:
        for line in handle:
            if not line.isascii():
                well_formed += len(_TWO_BYTES.findall(line))
                accents += line
                if len(accents) > SAMPLE:
                    break
    stray = len(_TWO_BYTES.sub(b"", bytes(accents)).translate(None, bytes(range(128))))
    # In an eight-bit text, two accents that happen to look like one UTF-8 letter are a rarity.
    if well_formed * 3 > stray:
        raise FileRefused(
            "Le fichier mêle deux encodages : certains accents sont en UTF-8, d’autres non.",
            line=fault[0], column=fault[1], advice=_UNICODE,
        )  # fmt: skip
    return _best_table(bytes(accents))


def _best_table(accents: bytes) -> str:
    scores = {name: _frenchness(accents.decode(name, errors="replace")) for name in _EIGHT_BITS}
    best = max(_EIGHT_BITS, key=lambda name: scores[name])
    if scores[best] > 0.6:
        return best
    guess = charset_normalizer.from_bytes(accents).best()
    return guess.encoding if guess is not None else "cp1252"


def _frenchness(text: str) -> float:
    """Share (at most 1, below 0 for gibberish) of the letters beyond ASCII that French writes."""
    beyond = [letter for letter in text if letter > "\x7f"]
    usual = sum(2 if letter in _LETTERS else 1 for letter in beyond if letter in _FRENCH)
    odd = sum(1 for letter in beyond if letter not in _FRENCH)
    return (usual - 2 * odd) / (2 * len(beyond)) if beyond else 0.0


def _place(error: UnicodeError, line: int, column: int, encoding: str) -> tuple[int, int]:
    if not isinstance(error, UnicodeDecodeError):
        return line, column
    good = error.object[: error.start].decode(encoding, errors="ignore")
    return _advance(good, line, column)


def _advance(text: str, line: int, column: int) -> tuple[int, int]:
    breaks = text.count("\n")
    return (line + breaks, len(text) - text.rfind("\n")) if breaks else (line, column + len(text))


def text_lines(path: Path, encoding: Encoding) -> Iterator[str]:
    """The lines of the file with their ends, one by one. Raises FileRefused at a NUL character."""
    with path.open(encoding=encoding.name, newline="") as handle:
        for number, line in enumerate(iter(lambda: handle.readline(LONGEST_LINE), ""), start=1):
            if len(line) == LONGEST_LINE:
                raise FileRefused(
                    "Cette ligne est démesurée : ce n’est sans doute pas un tableau.",
                    line=number, advice="Vérifiez le fichier dans un tableur.",
                )  # fmt: skip
            if "\0" in line:
                raise FileRefused(
                    "Cette ligne contient un caractère nul : le fichier est abîmé.",
                    line=number, column=line.index("\0") + 1, advice="Exportez-le à nouveau depuis son logiciel.",
                )  # fmt: skip
            yield line
