"""Bodies as their pages show them: who may enter, when they meet, who agreed to be named.

Words: *dormant*, no meeting for as many months as the dated value says, though it is older than that.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Max, Min, Q, QuerySet
from django.utils import timezone

from maillage.accounts.models import User
from maillage.directory.models import Organisation
from maillage.governance import terms
from maillage.governance.enums import TOOK_PLACE, Kind, MeetingState, RequestState
from maillage.governance.models import Body, College, JoinRequest, Member
from maillage.governance.rules import of_person, running
from maillage.kernel.queries.values import months_before
from maillage.space.enums import Part

ORDER = {Kind.STEERING_COMMITTEE: 0, Kind.COLLECTIVE: 1, Kind.WORKING_GROUP: 2}


@dataclass(frozen=True)
class BodyLine:
    """A body with its figures of today. next_at, last_at: aware moments, None without such a meeting."""

    body: Body
    member_count: int
    next_at: datetime | None
    last_at: datetime | None
    is_dormant: bool


def body_lines(at: datetime) -> list[BodyLine]:
    """Every body, the steering committee first; one query (there are some ten)."""
    return sorted(_lines(Body.objects.all(), at), key=lambda line: (ORDER[Kind(line.body.kind)], line.body.name))


def line_of(body: Body, at: datetime) -> BodyLine:
    """The figures of one body."""
    [line] = _lines(Body.objects.filter(pk=body.pk), at)
    return line


def _lines(bodies: QuerySet[Body], at: datetime) -> Iterable[BodyLine]:
    today = timezone.localdate(at)
    limits = {
        is_yearly: months_before(at, Decimal(terms.dormant_months(is_yearly=is_yearly, on=today)))
        for is_yearly in (True, False)
    }
    came = Q(meetings__state__in=TOOK_PLACE)
    comes = Q(meetings__state=MeetingState.ANNOUNCED, meetings__ends_at__gte=at)
    found = bodies.select_related("measure__strategy").annotate(
        member_count=Count("members", filter=running(today, "members__"), distinct=True),
        next_at=Min("meetings__starts_at", filter=comes),
        last_at=Max("meetings__starts_at", filter=came),
    )
    for body in found.order_by("pk"):
        facts: Any = body
        last, limit = facts.last_at, limits[body.kind == Kind.STEERING_COMMITTEE]
        is_dormant = body.opened_at < limit and (last is None or last < limit)
        yield BodyLine(body, facts.member_count, facts.next_at, last, is_dormant)


def named_members(body: Body, at: datetime) -> list[Member]:
    """Running members who agreed to be named, those with a function first."""
    found = Member.objects.filter(running(timezone.localdate(at)), body=body, name_agreed_at__isnull=False)
    found = found.exclude(name="").select_related("organisation", "college")
    ranks = {"chair": 0, "secretary": 1, "member": 2}
    return sorted(found.order_by("name", "pk"), key=lambda one: ranks[one.function])


def colleges_of(body: Body, at: datetime) -> QuerySet[College]:
    """The colleges with `seats`, how many members sit there that day; none for a body where all count alike."""
    seats = Count("members", filter=running(timezone.localdate(at), "members__"))
    return body.colleges.annotate(seats=seats).order_by("position", "pk")


def members_of(body: Body) -> QuerySet[Member]:
    """Every mandate, those that run longest first, then the ended ones; for agents."""
    found = body.members.select_related("organisation", "college", "user")
    return found.order_by(F("until").desc(nulls_first=True), "name", "email", "pk")


def running_members(body: Body, at: datetime) -> QuerySet[Member]:
    """Those whose mandate runs that day, by name."""
    found = Member.objects.filter(running(timezone.localdate(at)), body=body)
    return found.select_related("organisation", "college", "user").order_by("name", "email", "pk")


def mandates_of(user: User, at: datetime) -> list[Member]:
    """The running mandates of a person, by name of body."""
    found = Member.objects.filter(of_person(user), running(timezone.localdate(at)))
    return list(found.select_related("body", "organisation", "college").order_by("body__name", "pk"))


def managed_by(user: User) -> QuerySet[Organisation]:
    """Organisations that this person answers for."""
    found = Organisation.objects.filter(
        memberships__user=user, memberships__part=Part.MANAGER, merged_into__isnull=True
    )
    return found.order_by("name_key", "pk")


def open_requests() -> QuerySet[JoinRequest]:
    """Those that wait for an agent, the oldest first."""
    found = JoinRequest.objects.filter(state=RequestState.OPEN).select_related("body", "organisation", "user")
    return found.order_by("opened_at", "pk")


def body_entries() -> list[tuple[str, str]]:
    """(path, last change as ISO date) of each body, for the sitemap."""
    return [(body.get_absolute_url(), body.changed_at.date().isoformat()) for body in Body.objects.order_by("slug")]
