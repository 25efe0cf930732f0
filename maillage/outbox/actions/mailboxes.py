"""Addresses and what their readers chose; what waits for a reader follows each of these acts at once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from maillage.accounts.models import User
from maillage.kernel.actions import journal
from maillage.outbox import phrases, rules
from maillage.outbox.actions.to_dos import open_to_do
from maillage.outbox.addresses import digest, normalise
from maillage.outbox.enums import NOT_LEFT, Frequency, State, StopReason
from maillage.outbox.models import Letter, Mailbox
from maillage.outbox.moments import next_gathering

Recipient = Mailbox | User | str


def mailbox_for(to: Recipient, *, at: datetime) -> Mailbox:
    """The mailbox of an address or of a person, made when it is new. Raises AddressRefused."""
    if isinstance(to, Mailbox):
        return to
    user, written = (to, to.email) if isinstance(to, User) else (None, to)
    address = normalise(written)
    facts = {"digest": digest(address), "user": user, "created_at": at}
    mailbox, is_new = Mailbox.objects.get_or_create(address=address, defaults=facts)
    if user is not None and not is_new and mailbox.user_id != user.pk:
        mailbox.user = user
        mailbox.save(update_fields=["user"])
    return mailbox


def set_preferences(
    *,
    mailbox: Mailbox,
    frequency: Frequency,
    day: int,
    blocked_subjects: Iterable[str],
    by: User | None,
    at: datetime,
) -> None:
    """Keep how often and on what a reader wants letters; what waits is moved to the new day, or cancelled."""
    with transaction.atomic():
        kept = _locked(mailbox)
        chosen = {"frequency": frequency.value, "day": day, "blocked_subjects": sorted(set(blocked_subjects))}
        changes = {name: [getattr(kept, name), value] for name, value in chosen.items() if getattr(kept, name) != value}
        if not changes:
            return
        for name, value in chosen.items():
            setattr(kept, name, value)
        kept.save(update_fields=list(chosen))
        _cancel_refused(kept)
        waiting = list(Letter.objects.filter(mailbox=kept, state=State.WAITING))
        for letter in waiting:
            valid_for = letter.too_late_at - letter.due_at
            letter.due_at = next_gathering(kept, max(at, letter.earliest_at))
            letter.too_late_at = letter.due_at + valid_for
        Letter.objects.bulk_update(waiting, ["due_at", "too_late_at"])
        journal(verb="set_preferences", target=kept, changes=changes, by=by, at=at, actor_label=_reader(by))


def block(*, mailbox: Mailbox, subject: str, at: datetime) -> None:
    """Write nothing more on this subject (EVERYTHING for all that can be refused). Twice without harm."""
    set_preferences(
        mailbox=mailbox,
        frequency=Frequency(mailbox.frequency),
        day=mailbox.day,
        blocked_subjects=[*mailbox.blocked_subjects, subject],
        by=None,
        at=at,
    )


def stop(*, mailbox: Mailbox, reason: StopReason, by: User | None, at: datetime, happened_at: datetime) -> bool:
    """Write nothing more to this address; False when that was known, or is older than the day it was resumed.

    happened_at: when the mail server said so. A graver reason takes the place of a lighter one, never the reverse.
    """
    with transaction.atomic():
        kept = _locked(mailbox)
        gravity = [str(value) for value in StopReason.values]
        is_graver = not kept.stop_reason or gravity.index(reason) > gravity.index(kept.stop_reason)
        if not is_graver or (kept.resumed_at is not None and happened_at <= kept.resumed_at):
            return False
        changes = {"stop_reason": [kept.stop_reason, reason.value]}
        kept.stop_reason, kept.stopped_at = reason, at
        kept.save(update_fields=["stop_reason", "stopped_at"])
        _cancel_refused(kept)
        if reason == StopReason.BOUNCE:
            open_to_do(title=phrases.DEAD_ADDRESS, mailbox=kept, once_key=f"stopped:{kept.digest}:{at.date()}", at=at)
        journal(verb="stop", target=kept, changes=changes, by=by, at=at)
    return True


def resume(*, mailbox: Mailbox, by: User | None, at: datetime) -> None:
    """Write again to a stopped address; what was cancelled stays so. Nothing happens when it was not stopped."""
    with transaction.atomic():
        kept = _locked(mailbox)
        if not kept.stop_reason or kept.stop_reason == StopReason.ERASED:
            return
        changes = {"stop_reason": [kept.stop_reason, ""]}
        kept.stop_reason, kept.stopped_at, kept.resumed_at = "", None, at
        kept.save(update_fields=["stop_reason", "stopped_at", "resumed_at"])
        journal(verb="resume", target=kept, changes=changes, by=by, at=at)


def forget_mailbox(*, address: str) -> int:
    """Delete an address with its letters, for a person who leaves; how many letters went with it.

    What is on its way when this commits is the last letter. The journal keeps the digest only.
    """
    with transaction.atomic():
        _, counts = Mailbox.objects.filter(address=normalise(address)).delete()
    return counts.get(Letter._meta.label, 0)


def _locked(mailbox: Mailbox) -> Mailbox:
    return Mailbox.objects.select_for_update(of=("self",)).get(pk=mailbox.pk)


def _cancel_refused(mailbox: Mailbox) -> None:
    """Cancel what has not left and may not any more; a letter on its way is too late to stop."""
    waiting = Letter.objects.filter(mailbox=mailbox, state__in=NOT_LEFT)
    for letter in waiting:
        trouble = rules.refusal(mailbox, subject=letter.subject, is_urgent=letter.rank == 0)
        if trouble is not None:
            Letter.objects.filter(pk=letter.pk, state__in=NOT_LEFT).update(state=State.CANCELLED, trouble=trouble)


def _reader(by: User | None) -> str:
    return phrases.WRITTEN_BY_LINK if by is None else ""
