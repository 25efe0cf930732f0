"""Reads of the logbook: what was written about somebody, what waits for an agent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Min, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from maillage.accounts.enums import BACK_OFFICE_ROLES
from maillage.accounts.models import User
from maillage.accounts.queries import holders
from maillage.directory.models import Organisation
from maillage.logbook.models import Entry
from maillage.outbox.enums import State
from maillage.outbox.models import Letter, ToDo
from maillage.space.models import Membership
from maillage.space.queries import open_claims
from maillage.space.queries_suggestions import waiting

ASIDE_ENTRIES = 5
# What waits longer is late, in words and in red: a first answer is promised within five working days.
LATE_AFTER = timedelta(days=7)


def entries_about(about: Organisation | User) -> QuerySet[Entry]:
    """Calls and notes, pinned notes first, then the latest."""
    wanted = Q(organisation=about) if isinstance(about, Organisation) else Q(user=about)
    return Entry.objects.filter(wanted).select_related("by").order_by("-is_pinned", "-at", "-pk")


def to_dos_about(about: Organisation | User) -> QuerySet[ToDo]:
    """What is still to be done about it, the most pressing first."""
    found = ToDo.objects.filter(object_type=about._meta.label_lower, object_id=about.pk, done_at__isnull=True)
    return found.select_related("owner").order_by("due_date", "opened_at", "pk")


def letters_about(about: Organisation | User) -> QuerySet[Letter]:
    """Letters that speak of it, the latest first."""
    found = Letter.objects.filter(object_type=about._meta.label_lower, object_id=about.pk)
    return found.select_related("mailbox__user").order_by("-due_at", "-pk")


def followed(about: Organisation | User) -> dict[str, Any]:
    """What stands beside its screen; four queries."""
    entries = list(entries_about(about)[: ASIDE_ENTRIES + 1])
    return {
        "about": about,
        "field": "structure" if isinstance(about, Organisation) else "personne",
        "entries": entries[:ASIDE_ENTRIES],
        "has_more": len(entries) > ASIDE_ENTRIES,
        "to_dos": list(to_dos_about(about)[:ASIDE_ENTRIES]),
        "letters": list(letters_about(about)[:3]),
        "today": timezone.localdate(),
    }


def organisations_of(user: User) -> QuerySet[Membership]:
    """The organisations this person acts for."""
    return Membership.objects.filter(user=user).select_related("organisation").order_by("organisation__name_key")


@dataclass(frozen=True)
class Waiting:
    """One line of today's list. label: agrees with count; oldest: since when the first waits; is_late: too long."""

    label: str
    count: int
    path: str
    oldest: datetime | None
    is_late: bool


def waiting_for_agents(user: User, at: datetime) -> list[Waiting]:
    """Today's list, what waits the longest first, nothing that is empty; five queries."""
    today = timezone.localdate(at)
    mine = Q(owner=user) | Q(owner__isnull=True)
    due = ToDo.objects.filter(mine, Q(due_date__isnull=True) | Q(due_date__lte=today), done_at__isnull=True)
    late_to_do = due.filter(due_date__lt=today).exists()
    found = [
        _line("demande de reprise,demandes de reprise", open_claims(), "opened_at", "space_office:claims", at),
        _line("proposition à décider,propositions à décider", waiting(), "opened_at", "space_office:suggestions", at),
        _line("chose à faire,choses à faire", due, "opened_at", "mail_office:to_dos", at, is_late=late_to_do),
        _line(
            "lettre partie ou non,lettres parties ou non", Letter.objects.filter(state=State.UNCERTAIN), "due_at",
            "mail_office:letters", at, query="?state=uncertain",
        ),
    ]  # fmt: skip
    lines = [one for one in found if one is not None]
    return sorted(lines, key=lambda one: (not one.is_late, one.oldest or at))


def _line(
    label: str,
    rows: QuerySet[Any],
    moment: str,
    page: str,
    at: datetime,
    *,
    query: str = "",
    is_late: bool | None = None,
) -> Waiting | None:
    oldest = rows.aggregate(oldest=Min(moment))["oldest"]
    if oldest is None:
        return None
    late = at - oldest > LATE_AFTER if is_late is None else is_late
    count, (one, many) = rows.count(), label.split(",")
    return Waiting(one if count < 2 else many, count, f"{reverse(page)}{query}", oldest, late)


def colleagues_of_the_desk(on: date) -> Iterable[User]:
    """Who may be asked a next step: those who enter the back office."""
    return holders(BACK_OFFICE_ROLES, on=on)
