"""What the outbox itself writes and does: a plain letter for Django's own mails, and the click that refuses."""

from __future__ import annotations

from datetime import timedelta

from maillage.kernel.letters import Content, LetterKind, Occasion, Pace

PLAIN = "outbox.plain"


def _write_plain(told: Occasion) -> Content:
    paragraphs = [" ".join(block.split()) for block in str(told.facts["text"]).split("\n\n")]
    return Content(title=str(told.facts["title"]), sentences=tuple(block for block in paragraphs if block))


def _sample_plain() -> Content:
    return Content(
        title="Un nouveau mot de passe",
        sentences=(
            "Vous recevez cette lettre parce que quelqu’un a demandé un nouveau mot de passe pour votre compte.",
            "Si ce n’est pas vous, il n’y a rien à faire.",
        ),
    )


PLAIN_KIND = LetterKind(
    key=PLAIN,
    label="Lettre du logiciel",
    write=_write_plain,
    sample=_sample_plain,
    pace=Pace.ALONE,
    valid_for=timedelta(days=1),
    is_secret=True,
)
