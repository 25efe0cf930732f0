"""Write a call or a note down, correct a note, ask oneself or a colleague for a next step.

Words: a *subject* is one line; a *next step* becomes a to-do of the outbox. The journal says that something was written
and about whom, never the words. Neighbours: the screens of the back office, the seeds.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from maillage.accounts.models import User
from maillage.directory.models import Organisation
from maillage.kernel.actions import journal
from maillage.logbook.enums import CALLS, EntryKind
from maillage.logbook.models import Entry
from maillage.outbox import actions as outbox
from maillage.outbox.models import ToDo

About = Organisation | User


class EntryRefused(Exception):
    """The entry cannot be written or changed; `phrase` says why and what to do."""

    def __init__(self, phrase: str) -> None:
        super().__init__(phrase)
        self.phrase = phrase


NOT_YOURS = "Seule la personne qui a écrit cette note la corrige. Écrivez-en une autre."
MOVED = "Cette note a été corrigée entre-temps : relisez-la, puis recommencez."


@dataclass(frozen=True)
class NextStep:
    """What remains to do after a call. owner: who does it; None leaves it to whoever comes first."""

    title: str
    due_date: date
    owner: User | None = None


def log_call(
    *,
    about: About,
    kind: EntryKind,
    words: str,
    by: User,
    at: datetime,
    who: str = "",
    next_step: NextStep | None = None,
    answers: ToDo | None = None,
) -> Entry:
    """Write a call down; its next step becomes a to-do, and the to-do that asked for it is done."""
    if kind not in CALLS:
        raise ValueError(f"{kind} is not a call")
    with transaction.atomic():
        entry = _write(about=about, kind=kind, words=words, who=who, by=by, at=at)
        if answers is not None:
            outbox.do(to_do=answers, note=words, by=by, at=at)
        if next_step is not None:
            outbox.open_to_do(
                title=next_step.title, about=about, once_key=f"call:{entry.pk}", at=at, due_date=next_step.due_date,
                owner=next_step.owner,
            )  # fmt: skip
    return entry


def write_note(*, about: About, words: str, by: User, at: datetime, is_pinned: bool = False) -> Entry:
    """Keep a word for colleagues, or for oneself later."""
    with transaction.atomic():
        return _write(about=about, kind=EntryKind.NOTE, words=words, by=by, at=at, is_pinned=is_pinned)


def _write(
    *, about: About, kind: EntryKind, words: str, by: User, at: datetime, who: str = "", is_pinned: bool = False
) -> Entry:
    organisation, user = (about, None) if isinstance(about, Organisation) else (None, about)
    entry = Entry.objects.create(
        kind=kind, organisation=organisation, user=user, who=who.strip(), words=words.strip(), is_pinned=is_pinned,
        at=at, by=by,
    )  # fmt: skip
    verb = "log_note" if kind == EntryKind.NOTE else "log_call"
    journal(verb=verb, target=about, changes={"entry": [None, entry.pk]}, by=by, at=at)
    return entry


def correct_note(
    *, note: Entry, words: str, is_pinned: bool, by: User, at: datetime, seen_at: datetime | None
) -> Entry:
    """Change one's own note. seen_at: `changed_at` as the page showed it. Raises EntryRefused (not yours, moved)."""
    with transaction.atomic():
        kept = Entry.objects.select_for_update(of=("self",)).select_related("organisation", "user").get(pk=note.pk)
        if kept.by_id != by.pk or kept.kind != EntryKind.NOTE:
            raise EntryRefused(NOT_YOURS)
        if kept.changed_at != seen_at:
            raise EntryRefused(MOVED)
        if (kept.words, kept.is_pinned) != (words.strip(), is_pinned):
            kept.words, kept.is_pinned, kept.changed_at = words.strip(), is_pinned, at
            kept.save(update_fields=["words", "is_pinned", "changed_at"])
            target = kept.organisation or kept.user
            assert target is not None
            journal(verb="correct_note", target=target, changes={"entry": [kept.pk, kept.pk]}, by=by, at=at)
    return kept
