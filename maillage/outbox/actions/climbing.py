"""Ladders: reminders that follow each other until something moves, then a person is asked to call.

Words: a *climb* is one ladder in progress about one object.
Neighbours: rooms call `open_climb` and `move` inside their own transaction; the worker calls `take_steps`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Model

from maillage.kernel.letters import Ladder, Occasion
from maillage.kernel.registry import ladders
from maillage.outbox.actions.mailboxes import Recipient, mailbox_for
from maillage.outbox.actions.posting import post
from maillage.outbox.actions.to_dos import open_to_do
from maillage.outbox.models import Climb
from maillage.outbox.occasions import object_of, occasion

CLIMBS_PER_STEP = 100


def open_climb(
    *, ladder: str, about: Model, to: Recipient, at: datetime, facts: Mapping[str, Any] | None = None
) -> Climb:
    """Begin a ladder about an object, or give back the one that is open. Raises KeyError, AddressRefused."""
    declared = ladders()[ladder]
    with transaction.atomic():
        climb, _ = Climb.objects.get_or_create(
            ladder=ladder,
            object_type=about._meta.label_lower,
            object_id=about.pk,
            mailbox=mailbox_for(to, at=at),
            closed_at=None,
            defaults={
                "facts": dict(facts or {}),
                "opened_at": at,
                "due_at": at + timedelta(days=declared.steps[0].days),
            },
        )
    return climb


def move(*, about: Model, at: datetime, ladder: str = "") -> int:
    """Something moved on this object: close its open ladders (or this one); how many."""
    open_ones = Climb.objects.filter(object_type=about._meta.label_lower, object_id=about.pk, closed_at__isnull=True)
    return (open_ones.filter(ladder=ladder) if ladder else open_ones).update(closed_at=at, due_at=None)


def to_do_keys(*, about: Model, ladder: str) -> list[str]:
    """Beginnings of the keys of the to-dos that this ladder opened about this object."""
    climbs = Climb.objects.filter(object_type=about._meta.label_lower, object_id=about.pk, ladder=ladder)
    return [f"climb:{pk}:" for pk in climbs.values_list("pk", flat=True)]


def take_steps(*, at: datetime) -> int:
    """Do each step that is due, close what is over; how many climbs were looked at. One commit for each."""
    looked_at = 0
    due = Climb.objects.filter(closed_at__isnull=True, due_at__lte=at).order_by("due_at")
    for pk in list(due.values_list("pk", flat=True)[:CLIMBS_PER_STEP]):
        with transaction.atomic():
            looked_at += _take(pk, at)
    return looked_at


def _take(pk: int, at: datetime) -> int:
    skip: dict[str, Any] = {"skip_locked": True} if connection.features.has_select_for_update_skip_locked else {}
    rows = Climb.objects.select_for_update(of=("self",), **skip).select_related("mailbox")
    climb = rows.filter(pk=pk, closed_at__isnull=True, due_at__lte=at).first()
    if climb is None:  # another worker, or something moved
        return 0
    ladder = ladders().get(climb.ladder)
    about = object_of(climb.object_type, climb.object_id)
    is_gone = ladder is None or about is None or climb.step >= len(ladder.steps)
    if ladder is None or is_gone or ladder.is_over(_occasion(climb, at)):
        climb.closed_at, climb.due_at = at, None
    else:
        _do(climb, ladder, about, at)
    climb.save(update_fields=["step", "due_at", "closed_at"])
    return 1


def _do(climb: Climb, ladder: Ladder, about: Model | None, at: datetime) -> None:
    step = ladder.steps[climb.step]
    if step.kind:
        post(
            kind=step.kind,
            to=climb.mailbox,
            about=about,
            facts=climb.facts,
            at=at,
            # Another rule that says the same about the same object this week has said it.
            once_key=said_key(step.kind, climb.object_type, climb.object_id, climb.mailbox_id, at),
        )
    if step.todo:
        open_to_do(
            title=step.todo,
            object_type=climb.object_type,
            object_id=climb.object_id,
            mailbox=climb.mailbox,
            once_key=f"climb:{climb.pk}:{climb.step}",
            at=at,
        )
    climb.step += 1
    if climb.step == len(ladder.steps):
        climb.closed_at, climb.due_at = at, None
    else:
        # A worker that was away does not send two reminders in a row: the pause between steps is kept.
        pause = timedelta(days=ladder.steps[climb.step].days - step.days)
        climb.due_at = max(climb.opened_at + timedelta(days=ladder.steps[climb.step].days), at + pause / 2)


def said_key(kind: str, object_type: str, object_id: int, mailbox_id: int, at: datetime) -> str:
    """The once_key of « this kind about this object to this mailbox, this week », for rules that may meet."""
    year, week, _ = at.isocalendar()
    return f"said:{kind}:{object_type}:{object_id}:{mailbox_id}:{year}-{week}"


def _occasion(climb: Climb, at: datetime) -> Occasion:
    return occasion(climb.mailbox, object_type=climb.object_type, object_id=climb.object_id, facts=climb.facts, at=at)
