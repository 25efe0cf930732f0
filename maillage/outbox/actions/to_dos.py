"""What letters cannot do, asked of an agent."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from maillage.accounts.models import User
from maillage.kernel.actions import journal
from maillage.outbox.models import Mailbox, ToDo


def open_to_do(
    *,
    title: str,
    once_key: str,
    at: datetime,
    object_type: str = "",
    object_id: int | None = None,
    about: Model | None = None,
    mailbox: Mailbox | None = None,
    due_date: date | None = None,
    owner: User | None = None,
) -> ToDo:
    """Ask an agent to do something; the same once_key (200 characters at most) asks it once.

    title: a French sentence without any personal data; the object is named by `about`, or by its type and key.
    """
    if about is not None:
        object_type, object_id = about._meta.label_lower, about.pk
    asked, _ = ToDo.objects.get_or_create(
        once_key=once_key,
        defaults={
            "title": title[:200],
            "object_type": object_type,
            "object_id": object_id,
            "mailbox": mailbox,
            "opened_at": at,
            "due_date": due_date,
            "owner": owner,
        },
    )
    return asked


def do(*, to_do: ToDo, note: str, by: User, at: datetime) -> None:
    """Say that it is done, and how it went (500 characters at most). Nothing happens when somebody did it before."""
    with transaction.atomic():
        done = ToDo.objects.filter(pk=to_do.pk, done_at__isnull=True).update(
            done_at=at, done_by=by, note=note.strip()[:500]
        )
        if done:
            journal(verb="do", target=to_do, changes={"done_at": [None, at.isoformat()]}, by=by, at=at)


def undo_done(*, to_do: ToDo, by: User, at: datetime) -> bool:
    """Put back what was done today by mistake; False when it was not done, or on another day (Paris date)."""
    with transaction.atomic():
        kept = ToDo.objects.select_for_update(of=("self",)).get(pk=to_do.pk)
        if kept.done_at is None or timezone.localdate(kept.done_at) != timezone.localdate(at):
            return False
        done_at = kept.done_at.isoformat()
        kept.done_at, kept.done_by, kept.note = None, None, ""
        kept.save(update_fields=["done_at", "done_by", "note"])
        journal(verb="undo", target=kept, changes={"done_at": [done_at, None]}, by=by, at=at)
        return True


def plan_to_do(*, to_do: ToDo, due_date: date | None, owner: User | None, by: User, at: datetime) -> None:
    """Say when it is to be done, and who does it. Nothing happens when it is done, or when nothing changed."""
    with transaction.atomic():
        kept = ToDo.objects.select_for_update(of=("self",)).get(pk=to_do.pk)
        if kept.done_at is not None or (kept.due_date, kept.owner) == (due_date, owner):
            return
        before = [kept.due_date and kept.due_date.isoformat(), kept.owner_id]
        kept.due_date, kept.owner = due_date, owner
        kept.save(update_fields=["due_date", "owner"])
        after = [due_date and due_date.isoformat(), owner and owner.pk]
        changes = {"due_date": [before[0], after[0]], "owner": [before[1], after[1]]}
        journal(verb="plan", target=kept, changes=changes, by=by, at=at)


def close_to_dos(*, about: Model, asked: Iterable[str], note: str, at: datetime) -> int:
    """What these to-dos asked for has come by itself: they are done, by nobody; how many.

    asked: beginnings of once_key, so that only what the same rule opened is closed.
    """
    open_ones = ToDo.objects.filter(
        object_type=about._meta.label_lower, object_id=about.pk, done_at__isnull=True
    )  # fmt: skip
    prefixes = tuple(asked)
    over = [pk for pk, key in open_ones.values_list("pk", "once_key") if key.startswith(prefixes)]
    return ToDo.objects.filter(pk__in=over, done_at__isnull=True).update(done_at=at, note=note)
