"""What a document is made of, whatever it is printed as: the same blocks become a PDF, a text to go on with, slides.

Words: a *block* is a heading, a paragraph, a list, a table, bars or a curve; a *line* is text that may lead somewhere.
Blocks are plain data: they are kept as JSON (`as_json`, `from_json`), so that a document stays what it was.
Neighbours: `document.typ`, `odt`, `odp` lay them out; rooms say what they hold.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Line:
    """url: whole, or "" for plain words."""

    text: str
    url: str = ""


@dataclass(frozen=True)
class Heading:
    """level: 1 to 4."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """Lines of the text stay lines. label: said before it, in bold; url: where it leads, "" nowhere."""

    text: str
    label: str = ""
    url: str = ""


@dataclass(frozen=True)
class Bullets:
    items: Sequence[Line]


@dataclass(frozen=True)
class Table:
    """head: the words of the columns; rows: as many cells each. name: what screen readers announce.
    widths: parts of the width, as many as columns; all alike when empty."""

    name: str
    head: Sequence[str]
    rows: Sequence[Sequence[Line]]
    widths: Sequence[int] = ()


@dataclass(frozen=True)
class Bar:
    """words: « 7 sur 23 »; share: 0 to 1."""

    label: str
    words: str
    share: float


@dataclass(frozen=True)
class Bars:
    """Lengths beside each other, said in words too. name: what they compare."""

    name: str
    bars: Sequence[Bar]


@dataclass(frozen=True)
class Curve:
    """A value through time. points: (days since the first, value), the oldest first, two at least; target: None without
    one; first, last: French words of the ends; story: the curve in a sentence, for those who do not see it."""

    name: str
    points: Sequence[tuple[int, float]]
    target: float | None
    first: str
    last: str
    story: str


Block = Heading | Paragraph | Bullets | Table | Bars | Curve
_KINDS: dict[str, type[Block]] = {
    "heading": Heading, "paragraph": Paragraph, "bullets": Bullets, "table": Table, "bars": Bars, "curve": Curve
}  # fmt: skip


@dataclass(frozen=True)
class Slide:
    """One screen of a presentation: a title and a few blocks that hold on it."""

    title: str
    blocks: Sequence[Block]
    notes: str = ""


@dataclass(frozen=True)
class Document:
    """What the first page says, then the blocks; slides tell the same in short. source: the foot of each page."""

    title: str
    eyebrow: str
    lead: str
    author: str
    source: str
    blocks: Sequence[Block]
    slides: Sequence[Slide] = field(default_factory=tuple)


def as_json(document: Document) -> dict[str, Any]:
    """Plain data, to be kept."""
    kept = asdict(document)
    kept["blocks"] = [_told(block) for block in document.blocks]
    kept["slides"] = [{**asdict(one), "blocks": [_told(block) for block in one.blocks]} for one in document.slides]
    return kept


def from_json(kept: dict[str, Any]) -> Document:
    """The document as it was. Raises KeyError, TypeError when the data is not one of ours."""
    slides = tuple(Slide(one["title"], _blocks(one["blocks"]), one["notes"]) for one in kept["slides"])
    return Document(**{**kept, "blocks": _blocks(kept["blocks"]), "slides": slides})


def _told(block: Block) -> dict[str, Any]:
    kind = next(name for name, one in _KINDS.items() if isinstance(block, one))
    return {"kind": kind, **asdict(block)}


def _blocks(kept: Sequence[dict[str, Any]]) -> tuple[Block, ...]:
    return tuple(_block(dict(one)) for one in kept)


def _block(facts: dict[str, Any]) -> Block:
    kind = facts.pop("kind")
    if kind == "bullets":
        return Bullets(tuple(Line(**one) for one in facts["items"]))
    if kind == "table":
        rows = tuple(tuple(Line(**cell) for cell in row) for row in facts["rows"])
        return Table(facts["name"], tuple(facts["head"]), rows, tuple(facts["widths"]))
    if kind == "bars":
        return Bars(facts["name"], tuple(Bar(**one) for one in facts["bars"]))
    if kind == "curve":
        return Curve(**{**facts, "points": tuple((day, value) for day, value in facts["points"])})
    return _KINDS[kind](**facts)
