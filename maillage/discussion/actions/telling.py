"""Tell those who follow a thread, one line of one letter for all that was said since they were last told.

Neighbours: `talking` calls it inside its own transaction, with the thread locked; `notices` writes the letters.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from maillage.accounts.models import User
from maillage.discussion.models import Following, Thread
from maillage.kernel.registry import Circle, circle_of
from maillage.outbox import actions as outbox
from maillage.outbox.enums import State
from maillage.outbox.models import Letter, Mailbox

THREAD, MESSAGE, VERSION = "discussion.thread", "discussion.message", "discussion.version"


def tell_readers(*, circle: Circle, thread: Thread, by: User | None, at: datetime) -> None:
    """A new thread: everyone in the circle but who opened it."""
    for reader in circle.readers():
        if reader != by:
            key = f"{THREAD}:{thread.pk}:{reader.pk}"
            outbox.post(kind=THREAD, to=reader, about=thread, at=at, once_key=key, is_alone=circle.is_prompt)


def tell_followers(*, thread: Thread, kind: str, facts: dict[str, Any], by: User | None, at: datetime) -> None:
    """What was said: those who follow and still read; whose letter still waits is told by that one."""
    circle = circle_of(thread.circle)
    if circle is None:
        return
    followers = [one.user for one in _followings(thread) if one.user != by]
    waiting = _already_waiting(thread, kind, followers)
    for reader in followers:
        if reader.pk not in waiting and circle.may_read(reader):
            outbox.post(kind=kind, to=reader, about=thread, facts=facts, at=at, is_alone=circle.is_prompt)


def _followings(thread: Thread) -> Iterable[Following]:
    rows = Following.objects.filter(thread=thread, is_on=True, user__is_active=True)
    return rows.select_related("user").order_by("user_id")


def _already_waiting(thread: Thread, kind: str, readers: list[User]) -> set[int | None]:
    """Accounts whose gathered letter of this kind has not been put together yet.

    Their mailboxes are locked first, in the order of the gathering, which passes over locked ones: a letter seen as
    waiting here is written after our commit, and holds what was just said.
    """
    boxes = Mailbox.objects.select_for_update(of=("self",)).filter(user__in=readers)
    found = [box.pk for box in boxes.order_by("pk")]
    letters = Letter.objects.select_for_update(of=("self",)).filter(
        mailbox__in=found, kind=kind, object_type=thread._meta.label_lower, object_id=thread.pk, state=State.WAITING
    )
    return {letter.mailbox.user_id for letter in letters.select_related("mailbox").order_by("pk")}
