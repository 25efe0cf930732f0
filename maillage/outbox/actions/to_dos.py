"""What letters cannot do, asked of an agent."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Model

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
