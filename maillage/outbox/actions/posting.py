"""The one verb by which a room writes to somebody."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model

from maillage.kernel import registry
from maillage.kernel.letters import LetterKind, Pace
from maillage.outbox import rules
from maillage.outbox.actions.mailboxes import Recipient, mailbox_for
from maillage.outbox.enums import State
from maillage.outbox.models import Letter
from maillage.outbox.moments import next_gathering

# Lower leaves first; gathered letters come after what somebody asked for by itself.
RANKS = {Pace.URGENT: 0, Pace.ALONE: 1, Pace.GATHERED: 2}


class UnknownKind(KeyError):
    """No room declared this kind of letter."""


def kind_of(key: str) -> LetterKind:
    """The declared kind of this key. Raises UnknownKind."""
    try:
        return registry.letter_kinds()[key]
    except KeyError:
        raise UnknownKind(key) from None


def post(
    *,
    kind: str,
    to: Recipient,
    at: datetime,
    about: Model | None = None,
    facts: Mapping[str, Any] | None = None,
    once_key: str = "",
    due_at: datetime | None = None,
    is_alone: bool = False,
) -> Letter:
    """Ask that something be said to somebody; give back its row, or the one that already said it.

    Call it inside the transaction of the act it tells: it leaves after that commit, or never.
    kind: key of a declared LetterKind; to: an address, a person or a mailbox; about: a saved object;
    facts: JSON, the little that cannot be read from the object when the letter is written;
    once_key: at most 200 characters, the same for two rules that would say the same thing;
    due_at: not before that moment; is_alone: by itself though its kind is gathered, since somebody waits for it.
    To an address that is stopped, or whose reader refused the subject, the row is kept as cancelled. Raises
    UnknownKind, AddressRefused.
    """
    declared = kind_of(kind)
    with transaction.atomic():
        mailbox = mailbox_for(to, at=at)
        earliest = max(at, due_at or at)
        pace = Pace.ALONE if is_alone and declared.pace == Pace.GATHERED else declared.pace
        is_gathered = pace == Pace.GATHERED
        due = next_gathering(mailbox, earliest) if is_gathered else earliest
        subject = declared.subject.key if declared.subject else ""
        trouble = rules.refusal(mailbox, subject=subject, is_urgent=declared.pace == Pace.URGENT)
        values: dict[str, Any] = {
            "mailbox": mailbox,
            "kind": kind,
            "subject": subject,
            "object_type": about._meta.label_lower if about is not None else "",
            "object_id": about.pk if about is not None else None,
            "facts": dict(facts or {}),
            "state": State.CANCELLED if trouble else State.WAITING if is_gathered else State.PENDING,
            "trouble": trouble or "",
            "rank": RANKS[pace],
            "earliest_at": earliest,
            "due_at": due,
            "too_late_at": due + declared.valid_for,
            "created_at": at,
        }
        if not once_key:
            return Letter.objects.create(**values)
        letter, _ = Letter.objects.get_or_create(once_key=once_key, defaults=values)
        return letter
