from __future__ import annotations

from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from maillage.accounts.models import User
from maillage.accounts.rules import Person
from maillage.discussion import rules
from maillage.discussion.enums import DialogueState
from maillage.discussion.models import Dialogue, Edit, Message, Thread
from maillage.discussion.queries.files import files_of
from maillage.kernel.registry import circle_of

GLANCE = 5


def threads_of(circle_key: str) -> QuerySet[Thread]:
    """Threads of a circle, the liveliest first, each with `said` (messages shown) and `amended` (versions)."""
    rows = Thread.objects.filter(circle=circle_key).select_related("axis", "measure", "opened_by")
    return rows.annotate(
        said=Count("messages", filter=Q(messages__hidden_at=None), distinct=True),
        amended=Count("versions", distinct=True),
    ).order_by("is_closed", "-last_at", "-pk")


def messages_of(thread: Thread) -> QuerySet[Message]:
    """What was said in a thread, the earliest first, with who and with the words of before."""
    edits = Prefetch("edits", Edit.objects.order_by("-pk"))
    rows = Message.objects.filter(thread=thread).select_related("author", "hidden_by")
    return rows.prefetch_related(edits).order_by("pk")


def glance(person: Person, circle_key: str) -> dict[str, Any] | None:
    """What the page of a circle's subject shows of it (`parts/threads.html`, `parts/files.html`); None to a stranger.

    {"circle", "threads", "files", "may_write"}: at most GLANCE of each.
    """
    circle = circle_of(circle_key)
    if circle is None or not rules.may_read(person, circle):
        return None
    return {
        "circle": circle, "threads": threads_of(circle_key)[:GLANCE], "files": files_of(circle_key)[:GLANCE],
        "may_write": bool(rules.may_write(person, circle)),
    }  # fmt: skip


def own_exchanges(user: User) -> dict[str, Any] | None:
    """For /moi/: the dialogues one takes part in, and the threads one follows; None when there is nothing."""
    dialogues = list(
        Dialogue.objects.filter(participants__user=user)
        .exclude(state=DialogueState.DRAFT)
        .order_by("-changed_at")[:GLANCE]
    )
    followed = Thread.objects.filter(followings__user=user, followings__is_on=True).order_by("-last_at")[:GLANCE]
    threads = [one for one in followed if (circle := circle_of(one.circle)) and rules.may_read(user, circle)]
    return {"dialogues": dialogues, "threads": threads} if dialogues or threads else None
