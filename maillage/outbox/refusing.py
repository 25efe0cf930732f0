"""The purpose behind « ne plus recevoir ces lettres »: one click, as often as one likes, no account."""

from __future__ import annotations

from maillage.kernel.letters import Occasion, Page, Purpose
from maillage.outbox import links, phrases, queries
from maillage.outbox.actions.mailboxes import block
from maillage.outbox.models import Letter, Mailbox
from maillage.outbox.models.mailbox import EVERYTHING
from maillage.outbox.writing import UNSUBSCRIBE


def _subject(told: Occasion) -> str:
    letter = Letter.objects.filter(pk=told.object_id or 0).first()
    return letter.subject if letter is not None and letter.subject else EVERYTHING


def _label(subject: str) -> str:
    labels = {known.key: known.label for known in queries.subjects()}
    return f"« {labels[subject]} »" if subject in labels else phrases.EVERYTHING


def _describe(told: Occasion) -> Page:
    return Page(
        title="Ne plus recevoir ces lettres",
        sentences=(
            f"Nous n’écrirons plus à cette adresse au sujet de : {_label(_subject(told))}.",
            "Les réponses à ce que vous demandez vous-même, comme un code de connexion, partent toujours.",
        ),
        button="Ne plus recevoir ces lettres",
        links=_choices(told),
    )


def _act(told: Occasion) -> Page:
    mailbox = Mailbox.objects.get(pk=told.mailbox_id)
    subject = _subject(told)
    block(mailbox=mailbox, subject=subject, at=told.at)
    return Page(
        title="C’est noté",
        sentences=(f"Nous n’écrirons plus à cette adresse au sujet de : {_label(subject)}.",),
        links=_choices(told),
    )


def _choices(told: Occasion) -> tuple[tuple[str, str], ...]:
    mailbox = Mailbox.objects.get(pk=told.mailbox_id)
    return ((phrases.PREFERENCES_LABEL, links.preferences_path(mailbox, at=told.at)),)


REFUSE = Purpose(key=UNSUBSCRIBE, days=730, describe=_describe, act=_act, in_place_of=_choices, is_single_use=False)
