"""The portfolio: everybody reads of a project once its holder agreed to the very words, until they say otherwise."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from maillage.accounts.models import User
from maillage.desk import phrases
from maillage.desk.actions.held import held
from maillage.desk.actions.refusal import DeskRefused
from maillage.desk.models import Project
from maillage.kernel.actions import journal

LONGEST_PUBLIC, LONGEST_TITLE = 400, 120


def show_project(*, project: Project, words: str, has_consent: bool, by: User, at: datetime, title: str = "") -> None:
    """Show these words, its stage, its place and its organisations in the portfolio; said again, they take the place.

    title: another one for the file, "" to keep its own.

    by: the holder, or an agent who was told so. Raises DeskRefused: no words or too many, no agreement.
    """
    said = " ".join(words.split())
    if not said or len(said) > LONGEST_PUBLIC:
        raise DeskRefused(phrases.PUBLIC_WORDS, "words")
    if not has_consent:
        raise DeskRefused(phrases.NO_CONSENT_TO_SHOW, "has_consent")
    with transaction.atomic():
        row = held(project)
        changes = {"shown": [row.shown_at is not None, True]}
        row.title = " ".join(title.split())[:LONGEST_TITLE] or row.title
        row.public_words, row.shown_at = said, row.shown_at or at
        row.save(update_fields=["title", "public_words", "shown_at"])
        journal(verb="show_project", target=row, changes=changes, by=by, at=at)


def hide_project(*, project: Project, by: User, at: datetime) -> None:
    """Nobody reads of it any more; the words are kept for another time. Without effect on one that is not shown."""
    with transaction.atomic():
        row = held(project)
        if row.shown_at is None:
            return
        row.shown_at = None
        row.save(update_fields=["shown_at"])
        journal(verb="hide_project", target=row, changes={"shown": [True, False]}, by=by, at=at)
