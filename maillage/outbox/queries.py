"""Reads of the outbox: what is ready, who is stopped, what waits for a person, what the demonstration caught."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import Count, F, Min, Q, QuerySet

from maillage.kernel.letters import Subject
from maillage.kernel.models import JournalEntry
from maillage.kernel.registry import letter_kinds
from maillage.outbox.addresses import AddressRefused, normalise
from maillage.outbox.enums import State
from maillage.outbox.models import CaughtLetter, Letter, Mailbox, ToDo


def demonstration_is_on() -> bool:
    """Are letters caught here, for everyone to read? DEMO asks it, and no way out is set."""
    return settings.DEMO and settings.EMAIL_TRANSPORT is None


def subjects() -> list[Subject]:
    """What readers can refuse, each once, by label."""
    found = {kind.subject.key: kind.subject for kind in letter_kinds().values() if kind.subject is not None}
    return sorted(found.values(), key=lambda subject: subject.label)


def letters(filters: dict[str, Any]) -> QuerySet[Letter]:
    """Letters as the back office lists them, with their mailbox and person; what leaves last comes first.

    filters: state, kind, address, before and after (dates, of due_at); absent or empty ones do not filter.
    """
    found = Letter.objects.on_their_own().select_related("mailbox__user")
    if filters.get("state"):
        found = found.filter(state=filters["state"])
    if filters.get("kind"):
        carried = Letter.objects.filter(kind=filters["kind"], gathered_in__isnull=False).values("gathered_in")
        found = found.filter(Q(kind=filters["kind"]) | Q(pk__in=carried))
    if filters.get("address"):
        found = found.filter(mailbox__in=_mailboxes(filters["address"]))
    if filters.get("after"):
        found = found.filter(due_at__date__gte=filters["after"])
    if filters.get("before"):
        found = found.filter(due_at__date__lte=filters["before"])
    return found.order_by("-due_at", "-pk")


def _mailboxes(words: str) -> QuerySet[Mailbox]:
    try:
        return Mailbox.objects.filter(address=normalise(words))
    except AddressRefused:
        return Mailbox.objects.filter(address__contains=words.strip().lower())


def letter(pk: int) -> QuerySet[Letter]:
    """One letter with its mailbox."""
    return Letter.objects.filter(pk=pk).select_related("mailbox__user")


def carried_by(carrier: Letter) -> QuerySet[Letter]:
    """What a gathered letter carries, in the order of arrival."""
    return Letter.objects.filter(gathered_in=carrier).order_by("due_at", "pk")


def acts_on(letter: Letter) -> QuerySet[JournalEntry]:
    """What people decided about a letter, and the clicks on its links, the latest first."""
    return JournalEntry.objects.filter(object_type=letter._meta.label_lower, object_id=letter.pk).order_by("-pk")


@dataclass(frozen=True)
class About:
    """What a letter or a to-do speaks of, and its page when it has one."""

    name: str
    url: str


def names_of(rows: Iterable[Letter | ToDo]) -> dict[tuple[str, int | None], About]:
    """{(object_type, object_id): what it is}; one query for each type, whatever the rows."""
    wanted: dict[str, set[int]] = {}
    for row in rows:
        if row.object_type and row.object_id is not None:
            wanted.setdefault(row.object_type, set()).add(row.object_id)
    found: dict[tuple[str, int | None], About] = {}
    for object_type, ids in wanted.items():
        for pk, one in apps.get_model(object_type)._default_manager.in_bulk(ids).items():
            page = one.get_absolute_url() if hasattr(one, "get_absolute_url") else ""
            found[object_type, pk] = About(str(one), page)
    return found


def stopped_mailboxes() -> QuerySet[Mailbox]:
    """Addresses that get nothing more, the latest first."""
    return Mailbox.objects.exclude(stop_reason="").select_related("user").order_by("-stopped_at", "-pk")


def to_dos(*, is_done: bool) -> QuerySet[ToDo]:
    """What agents are asked, without a day first, then by day; or what they did, the latest first."""
    found = ToDo.objects.filter(done_at__isnull=not is_done).select_related("mailbox__user", "done_by", "owner")
    if is_done:
        return found.order_by("-done_at", "-pk")
    return found.order_by(F("due_date").asc(nulls_first=True), "opened_at", "pk")


def caught_letters() -> QuerySet[CaughtLetter]:
    """The letters of the demonstration, the latest first."""
    return CaughtLetter.objects.order_by("-caught_at", "-pk")


@dataclass(frozen=True)
class MailDelay:
    """How the mail goes. oldest: since when the first letter that may leave waits; can_leave: is there a way out?"""

    oldest: timedelta
    uncertain: int
    can_leave: bool


def mail_delay(at: datetime) -> MailDelay:
    """For the deep probe; two queries."""
    first = Letter.objects.ready(at).order_by().aggregate(first=Min("due_at"))["first"]
    return MailDelay(
        oldest=at - first if first else timedelta(),
        uncertain=Letter.objects.on_their_own().filter(state=State.UNCERTAIN).count(),
        can_leave=settings.EMAIL_TRANSPORT is not None or demonstration_is_on(),
    )


@dataclass(frozen=True)
class MailToday:
    """What waits for somebody in the mail; can_leave: is there a way out?"""

    uncertain: int
    failed: int
    held: int
    waiting: int
    to_dos: int
    stopped: int
    can_leave: bool


def mail_today() -> MailToday:
    """The figures above the list; four queries."""
    states = dict(
        Letter.objects.on_their_own()
        .filter(state__in=[State.UNCERTAIN, State.FAILED, State.HELD, State.WAITING])
        .values_list("state")
        .annotate(count=Count("pk"))
    )
    return MailToday(
        uncertain=states.get(State.UNCERTAIN, 0),
        failed=states.get(State.FAILED, 0),
        held=states.get(State.HELD, 0),
        waiting=states.get(State.WAITING, 0),
        to_dos=to_dos(is_done=False).count(),
        stopped=stopped_mailboxes().count(),
        can_leave=settings.EMAIL_TRANSPORT is not None or demonstration_is_on(),
    )
