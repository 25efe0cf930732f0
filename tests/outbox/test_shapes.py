"""A letter drawn from the shape of its words is the letter that the template would draw, to the letter."""

from __future__ import annotations

import re

import mrml
import pytest
from django.template.loader import render_to_string
from django.utils.html import escape

from maillage.kernel.letters import Content
from maillage.kernel.registry import letter_kinds
from maillage.outbox import phrases
from maillage.outbox.rendering import OPTIONS, Footer, Piece, _colours, _filled, _Words

HOSTILE = "<b>&amp; \"l’\" 'x' zqm1mqz {{ title }} </mj-text> é\u00a0: 5 < 6 & ça"
ADDRESS = "https://exemple.test/l/a-b_c/?x=1&y=2"


def drawn_by_the_template(words: _Words) -> str:
    context = {
        **{
            name: getattr(words, name)
            for name in ("title", "preview", "lead", "sender", "signature", "pieces", "footer")
        },
        "preferences_label": phrases.PREFERENCES_LABEL,
        "light": _colours("light"),
        "dark": _colours("dark"),
    }
    return mrml.to_html(render_to_string("outbox/letter.mjml", context), render_options=OPTIONS).content


def but_its_label(html: str) -> str:
    """Without the label of the whole letter: MJML writes a hard space there as a programmer would."""
    return re.sub(r' aria-label=".*? aria-roledescription=', " aria-roledescription=", html, count=1, flags=re.DOTALL)


def words_of(pieces: tuple[Piece, ...], *, lead: str = "", footer: Footer | None = None) -> _Words:
    footer = footer or Footer(ADDRESS, ADDRESS, HOSTILE)
    return _Words(HOSTILE, HOSTILE, lead, HOSTILE, ("Une équipe", HOSTILE), pieces, footer)


def piece(content: Content) -> Piece:
    return Piece(content, tuple((button.label, ADDRESS) for button in content.buttons))


@pytest.mark.parametrize("kind", sorted(letter_kinds()))
def test_every_sort_of_letter_is_drawn_alike(kind: str) -> None:
    words = words_of((piece(letter_kinds()[kind].sample()),))
    assert but_its_label(_filled(words)) == but_its_label(drawn_by_the_template(words))


@pytest.mark.parametrize("lead", ["", HOSTILE])
@pytest.mark.parametrize("footer", [Footer(ADDRESS), Footer(ADDRESS, ADDRESS, HOSTILE)])
@pytest.mark.parametrize("count", [1, 3])
def test_whatever_the_words_and_their_number(lead: str, footer: Footer, count: int) -> None:
    facts = tuple((HOSTILE, HOSTILE) for _ in range(count))
    content = Content(HOSTILE, (HOSTILE,) * count, facts=facts, code=HOSTILE if count == 1 else "")
    pieces = tuple(Piece(content, ((HOSTILE, ADDRESS),) * count) for _ in range(count))
    words = words_of(pieces, lead=lead, footer=footer)
    assert but_its_label(_filled(words)) == but_its_label(drawn_by_the_template(words))


def test_the_label_of_a_letter_says_its_title_and_ends_where_it_must() -> None:
    html = _filled(words_of((Piece(Content(HOSTILE, ()), ()),)))
    assert f'aria-label="{escape(HOSTILE)}" aria-roledescription="email"' in html
