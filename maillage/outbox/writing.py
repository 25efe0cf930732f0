"""From a row to a message: asks the kinds what to say now, signs the links, draws, and puts the headers.

Neighbours: delivery calls `write` just before a letter leaves; the back office to look at one.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse

from maillage.kernel.letters import Button, Content, LetterKind, Occasion
from maillage.kernel.registry import letter_kinds, purposes
from maillage.outbox import links, phrases, rules
from maillage.outbox.enums import State
from maillage.outbox.models import Letter
from maillage.outbox.occasions import occasion, occasion_of
from maillage.outbox.rendering import Footer, Piece, Rendered, one_line, render, sender_name

UNSUBSCRIBE = "outbox.unsubscribe"


@dataclass(frozen=True)
class Written:
    """A letter ready to leave. unsubscribe: the address of its one-click header, "" for what nobody can refuse.

    reply_to: whom an answer goes to, "" for the territory.
    """

    rendered: Rendered
    unsubscribe: str
    reply_to: str = ""


def write(letter: Letter, *, at: datetime) -> Written | None:
    """What this letter says now, with its mailbox loaded; None when nothing is left to say.

    Raises whatever a kind raises: the letter is then kept as failed.
    """
    told = _told_by(letter)
    pieces = [_piece(one, at) for one in told]
    said = [(piece, kind) for piece, kind in pieces if piece is not None]
    if not said:
        return None
    unsubscribe = _unsubscribe(letter, told, at)
    footer = Footer(
        preferences=links.absolute(links.preferences_path(letter.mailbox, at=at)),
        unsubscribe=unsubscribe,
        unsubscribe_label=phrases.UNSUBSCRIBE_LABEL if len(told) == 1 else phrases.UNSUBSCRIBE_EVERYTHING_LABEL,
    )
    awaits_answer = any(kind.awaits_answer for _, kind in said)
    rendered = render([piece for piece, _ in said], footer, awaits_answer=awaits_answer)
    # Of several letters in one, an answer can only go to all of us.
    return Written(rendered, unsubscribe, said[0][0].content.reply_to if len(said) == 1 else "")


def preview(letter: Letter, *, at: datetime) -> Rendered | None:
    """What this letter says now, for somebody else to read: its links lead nowhere."""
    contents = [kind_of(one).write(occasion_of(one, at=at)) for one in _told_by(letter)]
    said = [content for content in contents if content is not None]
    return _without_links(said) if said else None


def kind_of(letter: Letter) -> LetterKind:
    """The declared kind of a letter that carries no other. Raises KeyError when its room left."""
    return letter_kinds()[letter.kind]


def _told_by(letter: Letter) -> list[Letter]:
    """The letter itself, or those it carries: first what awaits an answer, then in the order of arrival."""
    if letter.kind in letter_kinds():
        return [letter]
    carried = Letter.objects.filter(gathered_in=letter).exclude(state=State.CANCELLED)
    told = list(carried.order_by("due_at", "pk"))
    for one in told:
        one.mailbox = letter.mailbox
    return sorted(told, key=lambda one: not kind_of(one).awaits_answer)


def _piece(letter: Letter, at: datetime) -> tuple[Piece | None, LetterKind]:
    kind, told = kind_of(letter), occasion_of(letter, at=at)
    if rules.refusal(letter.mailbox, subject=letter.subject, is_urgent=letter.rank == 0) is not None:
        return None, kind
    content = kind.write(told)
    return None if content is None else Piece(content, _buttons(content, told, letter)), kind


def _buttons(content: Content, told: Occasion, letter: Letter) -> tuple[tuple[str, str], ...]:
    return tuple((button.label, links.absolute(_path(button, told, letter))) for button in content.buttons)


def _path(button: Button, told: Occasion, letter: Letter) -> str:
    if not button.purpose:
        return button.path
    if button.about is not None:
        told = occasion(
            letter.mailbox,
            object_type=button.about._meta.label_lower,
            object_id=button.about.pk,
            facts=letter.facts,
            at=told.at,
        )
    return links.sign(purposes()[button.purpose], told, letter_id=letter.pk)


def _unsubscribe(letter: Letter, told: list[Letter], at: datetime) -> str:
    """One click refuses the subject of the letter, or all that can be refused when it carries several."""
    if not any(one.subject for one in told):
        return ""
    about = occasion(
        letter.mailbox, object_type=letter._meta.label_lower, object_id=letter.pk, facts=letter.facts, at=at
    )
    return links.absolute(links.sign(purposes()[UNSUBSCRIBE], about, letter_id=letter.pk))


def sample(content: Content) -> Rendered:
    """A kind's sample as the gallery shows it; its links lead nowhere."""
    return _without_links([content])


def _without_links(contents: list[Content]) -> Rendered:
    nowhere = links.absolute(reverse("outbox:gallery"))
    pieces = [Piece(one, tuple((button.label, nowhere) for button in one.buttons)) for one in contents]
    return render(pieces, Footer(nowhere, nowhere, phrases.UNSUBSCRIBE_LABEL))


def message(letter: Letter, written: Written) -> EmailMultiAlternatives:
    """The message of a written letter; its Message-ID is the same however often it is written."""
    rendered, answer_to = written.rendered, written.reply_to or settings.CONTACT["email"]
    headers = {
        "Message-ID": message_id(letter),
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }
    if written.unsubscribe:
        headers["List-Unsubscribe"] = f"<{written.unsubscribe}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    made = EmailMultiAlternatives(
        subject=one_line(rendered.title),
        body=rendered.text,
        from_email=f'"{one_line(sender_name())}" <{settings.DEFAULT_FROM_EMAIL}>',
        to=[letter.mailbox.address],
        headers=headers,
        reply_to=[answer_to] if answer_to else None,
    )
    made.attach_alternative(rendered.html, "text/html")
    return made


def message_id(letter: Letter) -> str:
    """« <lettre-12-….@host> »: the second part keeps strangers from guessing it."""
    words = f"{settings.SECRET_KEY}:{letter.pk}:{letter.created_at.isoformat()}"
    proof = hashlib.blake2s(words.encode(), digest_size=8).hexdigest()
    return f"<lettre-{letter.pk}-{proof}@{urlsplit(settings.SITE_URL).hostname}>"
