"""What a person decides about one letter: hold it, let it go, send it now, cancel it, settle it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from maillage.accounts.models import User
from maillage.kernel.actions import journal
from maillage.kernel.letters import Pace
from maillage.kernel.registry import letter_kinds
from maillage.outbox import phrases
from maillage.outbox.actions.mailboxes import mailbox_for
from maillage.outbox.enums import NOT_LEFT, State, Trouble
from maillage.outbox.models import Letter
from maillage.outbox.moments import next_gathering


class LetterMoved(Exception):
    """The letter is no longer where it was seen; `phrase` says so. Nothing was written."""

    def __init__(self, phrase: str = phrases.LETTER_MOVED) -> None:
        super().__init__(phrase)
        self.phrase = phrase


def hold(*, letter: Letter, by: User, at: datetime) -> None:
    """Keep a letter from leaving until somebody decides. Raises LetterMoved."""
    _change(letter, [State.WAITING, State.PENDING], State.HELD, verb="hold", by=by, at=at)


def release(*, letter: Letter, by: User, at: datetime) -> None:
    """Put a held letter back on its way, on its reader's day when it is an ordinary one. Raises LetterMoved."""
    kind = letter_kinds().get(letter.kind)
    is_gathered = kind is not None and kind.pace == Pace.GATHERED
    due_at = max(at, letter.due_at)
    if is_gathered:
        due_at = next_gathering(mailbox_for(letter.mailbox, at=at), max(at, letter.earliest_at))
    state = State.WAITING if is_gathered else State.PENDING
    _change(letter, [State.HELD], state, verb="release", by=by, at=at, due_at=due_at)


def send_now(*, letter: Letter, by: User, at: datetime) -> None:
    """Let a letter leave at once and by itself, one that failed too. Raises LetterMoved."""
    _change(letter, [*NOT_LEFT, State.FAILED], State.PENDING, verb="send_now", by=by, at=at, due_at=at)


def cancel(*, letter: Letter, by: User, at: datetime) -> None:
    """Give a letter up, with those it carries. Raises LetterMoved."""
    _change(letter, NOT_LEFT, State.CANCELLED, verb="cancel", by=by, at=at)


def settle(*, letter: Letter, has_left: bool, by: User, at: datetime) -> None:
    """Say of a letter that left perhaps that it did, or send it again. Raises LetterMoved."""
    if has_left:
        _change(letter, [State.UNCERTAIN], State.SENT, verb="settle", by=by, at=at)
    else:
        _change(letter, [State.UNCERTAIN], State.PENDING, verb="send_again", by=by, at=at, due_at=at)


def _change(
    letter: Letter,
    before: Iterable[State],
    after: State,
    *,
    verb: str,
    by: User,
    at: datetime,
    due_at: datetime | None = None,
) -> None:
    if letter.gathered_in_id is not None:
        raise LetterMoved(phrases.LETTER_CARRIED)
    written: dict[str, Any] = {
        "state": after,
        "trouble": Trouble.BY_A_PERSON if after == State.CANCELLED else "",
        "owner": "",
    }
    if due_at is not None:
        # Whoever sends it now wants it to have its whole time again.
        lasting = letter.too_late_at - letter.due_at
        written |= {"due_at": due_at, "too_late_at": due_at + lasting, "is_begun": False, "attempts": 0}
    with transaction.atomic():
        moved = Letter.objects.on_their_own().filter(pk=letter.pk, state__in=list(before)).update(**written)
        if not moved:
            raise LetterMoved
        carried = State.PENDING if after == State.HELD else after
        Letter.objects.filter(gathered_in=letter.pk).exclude(state=State.CANCELLED).update(state=carried)
        journal(verb=verb, target=letter, changes={"state": [letter.state, after.value]}, by=by, at=at)
