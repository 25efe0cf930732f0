"""What the verbs of the room share: hold a file, say that it moved, write to its holders."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Model

from maillage.accounts.models import User
from maillage.desk import phrases
from maillage.desk.actions.refusal import DeskRefused
from maillage.desk.enums import ContactPart, Standing
from maillage.desk.models import Contact, Project
from maillage.outbox import actions as outbox


def held(project: Project) -> Project:
    """The row, locked until the transaction ends."""
    return Project.objects.select_for_update(of=("self",)).get(pk=project.pk)


def held_open(project: Project) -> Project:
    """The same, refused when the file is closed."""
    row = held(project)
    if row.standing == Standing.CLOSED:
        raise DeskRefused(phrases.CLOSED)
    return row


def moved(project: Project, at: datetime, *fields: str) -> None:
    """Save these fields, and that something happened."""
    project.moved_at = max(project.moved_at, at)
    project.save(update_fields=["moved_at", *fields])


def answered(project: Project, at: datetime) -> list[str]:
    """Whoever waited has had a first answer; the fields to save."""
    if project.standing != Standing.NEW:
        return []
    project.standing, project.answered_at = Standing.FOLLOWED, at
    return ["standing", "answered_at"]


def confirmed_holders(project: Project) -> Iterator[User]:
    """Accounts that may read the page of the project."""
    rows = Contact.objects.filter(project=project, part=ContactPart.HOLDER, user__is_active=True)
    for one in rows.select_related("user").order_by("pk"):
        assert one.user is not None
        yield one.user


def tell_holders(kind: str, project: Project, *, about: Model, at: datetime, **facts: Any) -> int:
    """One letter to each confirmed holder; how many."""
    holders = list(confirmed_holders(project))
    for user in holders:
        outbox.post(kind=kind, to=user, about=about, facts=facts, at=at)
    return len(holders)
