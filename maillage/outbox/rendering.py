"""A letter as it looks: MJML made into HTML, the same words in plain text, and its headers.

No picture is used, so nothing is lost with pictures off, and no reader is followed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import count
from pathlib import Path
from typing import Any

import mrml
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import escape

import ui
from maillage.kernel.letters import Content
from maillage.outbox import phrases
from maillage.territories.queries import home_territory
from ui.french import WIDE

TOKENS = Path(ui.__file__).resolve().parent / "css/tokens.css"
OPTIONS = mrml.RenderOptions(disable_comments=True, fonts={})
LONGEST_TITLE = 150


@dataclass(frozen=True)
class Piece:
    """One content with its buttons resolved: (label, absolute address)."""

    content: Content
    buttons: tuple[tuple[str, str], ...]

    @property
    def signature(self) -> tuple[str, ...]:
        return self.content.signature or _team()


@dataclass(frozen=True)
class Rendered:
    """What leaves: title for the subject line, HTML and plain text."""

    title: str
    html: str
    text: str


@dataclass(frozen=True)
class Footer:
    """How to choose or refuse, as absolute addresses; unsubscribe is empty for what nobody can refuse."""

    preferences: str
    unsubscribe: str = ""
    unsubscribe_label: str = ""


def render(pieces: Sequence[Piece], footer: Footer, *, awaits_answer: bool = False) -> Rendered:
    """Draw one letter, or several gathered in one (in the order given)."""
    first, is_gathered = pieces[0], len(pieces) > 1
    title = first.content.title
    lead = ""
    if is_gathered:
        title = _gathered_title(awaits_answer)
        lead = phrases.GATHERED_LEAD_ANSWERS if awaits_answer else phrases.GATHERED_LEAD
    title = one_line(title)
    preview = one_line(first.content.title if is_gathered else " ".join(first.content.sentences[:1]))
    html = _filled(_Words(title, preview, lead, sender_name(), first.signature, tuple(pieces), footer))
    return Rendered(title=title, html=html, text=_plain(pieces, footer, title, lead))


@dataclass(frozen=True)
class _Words:
    """Every word of one letter that the template shows."""

    title: str
    preview: str
    lead: str
    sender: str
    signature: tuple[str, ...]
    pieces: tuple[Piece, ...]
    footer: Footer

    @property
    def shape(self) -> tuple[Any, ...]:
        """What decides how the template is drawn: which words there are, and how many."""
        pieces = tuple(
            (len(one.content.sentences), bool(one.content.code), len(one.content.facts), len(one.buttons))
            for one in self.pieces
        )
        return bool(self.lead), len(self.signature), pieces, bool(self.footer.unsubscribe)

    def said(self) -> list[str]:
        """The words in the order of the marks of `_marked`."""
        told = [self.title, self.preview, self.lead, self.sender, *self.signature]
        told += [self.footer.preferences, self.footer.unsubscribe, self.footer.unsubscribe_label]
        for one in self.pieces:
            told += [one.content.title, one.content.code, *one.content.sentences]
            told += [word for pair in (*one.content.facts, *one.buttons) for word in pair]
        return told


def _filled(words: _Words) -> str:
    """The HTML of a letter. MJML is drawn once for each shape, since it takes longer than all the rest together."""
    drawn = list(_drawn(words.shape))
    said = words.said()
    drawn[1::2] = [escape(said[int(mark)]) for mark in drawn[1::2]]
    return "".join(drawn)


MARK = re.compile(r"zqm(\d+)mqz")


@lru_cache(maxsize=256)
def _drawn(shape: tuple[Any, ...]) -> tuple[str, ...]:
    """The HTML of every letter of this shape, parted at its words: text, number of a word, text…"""
    words = _marked(shape)
    context: dict[str, Any] = {
        "title": words.title,
        "preview": words.preview,
        "lead": words.lead,
        "pieces": words.pieces,
        "signature": words.signature,
        "footer": words.footer,
        "preferences_label": phrases.PREFERENCES_LABEL,
        "sender": words.sender,
        "light": _colours("light"),
        "dark": _colours("dark"),
    }
    html = mrml.to_html(render_to_string("outbox/letter.mjml", context), render_options=OPTIONS).content
    return tuple(MARK.split(html))


def _marked(shape: tuple[Any, ...]) -> _Words:
    """A letter of this shape that says a mark in the place of each word; "" where the shape has none."""
    has_lead, signed, parts, can_refuse = shape
    numbers = count()

    def mark(is_there: bool = True) -> str:
        number = next(numbers)
        return f"zqm{number}mqz" if is_there else ""

    title, preview, lead, sender = mark(), mark(), mark(has_lead), mark()
    signature = tuple(mark() for _ in range(signed))
    footer = Footer(mark(), mark(can_refuse), mark(can_refuse))
    pieces = []
    for sentences, has_code, facts, buttons in parts:
        heading, code = mark(), mark(has_code)
        said = tuple(mark() for _ in range(sentences))
        told = tuple((mark(), mark()) for _ in range(facts))
        content = Content(heading, said, facts=told, code=code)
        pieces.append(Piece(content, tuple((mark(), mark()) for _ in range(buttons))))
    return _Words(title, preview, lead, sender, signature, tuple(pieces), footer)


def _plain(pieces: Sequence[Piece], footer: Footer, title: str, lead: str) -> str:
    """The same words, one paragraph a line; addresses stand alone on theirs."""
    blocks: list[str] = [lead] if lead else []
    for piece in pieces:
        content = piece.content
        if lead:
            blocks.append(f"{content.title}\n{'-' * min(len(content.title), 60)}")
        blocks += [*content.sentences]
        if content.code:
            blocks.append(f"    {content.code}")
        if content.facts:
            blocks.append("\n".join(f"{label}{WIDE}: {value}" for label, value in content.facts))
        blocks += [f"{label}{WIDE}:\n{address}" for label, address in piece.buttons]
    blocks.append("-- \n" + "\n".join(pieces[0].signature))
    blocks.append(f"{phrases.PREFERENCES_LABEL}{WIDE}:\n{footer.preferences}")
    if footer.unsubscribe:
        blocks.append(f"{footer.unsubscribe_label}{WIDE}:\n{footer.unsubscribe}")
    return f"{title}\n\n" + "\n\n".join(blocks) + "\n"


def one_line(text: str) -> str:
    """Without line breaks, so that no title becomes a header of its own; at most LONGEST_TITLE characters."""
    return " ".join(text.split())[:LONGEST_TITLE].strip()


def sender_name() -> str:
    """Who writes: « Maillage – Pays d’essai »."""
    territory = home_territory()
    return f"Maillage – {territory.name}" if territory else "Maillage"


def _gathered_title(awaits_answer: bool) -> str:
    territory = home_territory()
    name = territory.name if territory else "Maillage"
    return phrases.GATHERED_TITLE_ANSWERS if awaits_answer else phrases.GATHERED_TITLE.format(territory=name)


def _team() -> tuple[str, ...]:
    contact = settings.CONTACT
    lines = (contact["person"] or phrases.SIGNED_BY_TEAM, contact["organisation"], contact["phone"])
    return tuple(line for line in lines if line)


@lru_cache(maxsize=2)
def _colours(theme: str) -> dict[str, str]:
    """The colours of tokens.css in this theme, with underscores for hyphens: a letter cannot use variables."""
    css = TOKENS.read_text(encoding="utf-8")
    block = re.search(rf'\[data-theme="{theme}"\]\s*\{{([^}}]*)\}}', css)
    assert block is not None
    found = re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6});", block[1])
    return {name.replace("-", "_"): colour for name, colour in found}
