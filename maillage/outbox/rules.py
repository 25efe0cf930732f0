"""What may be written to whom, and who may work on the mail."""

from __future__ import annotations

from datetime import date

from maillage.accounts.rules import Decision, Person, may_enter_back_office
from maillage.outbox.enums import StopReason, Trouble
from maillage.outbox.models import Mailbox


def refusal(mailbox: Mailbox, *, subject: str, is_urgent: bool) -> Trouble | None:
    """Why a letter on this subject may not go to this mailbox now; None when it may.

    subject: "" for what nobody can refuse. A complaint does not keep somebody from the code they have just asked.
    """
    if mailbox.stop_reason and not (is_urgent and mailbox.stop_reason == StopReason.COMPLAINT):
        return Trouble.STOPPED
    return Trouble.BLOCKED if mailbox.refuses(subject) else None


def may_work_on_mail(person: Person, *, on: date) -> Decision:
    """See who gets what and when, hold, send, cancel, settle; do what letters could not."""
    return may_enter_back_office(person, on=on)
