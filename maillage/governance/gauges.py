"""Figures of the bodies that indicators follow. Years are those of the day that is read."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from maillage.governance import phrases, terms
from maillage.governance.enums import TOOK_PLACE, Kind, Presence
from maillage.governance.models import Attendance, Meeting, Member
from maillage.kernel.counted import CountedLine, CountedList, Fold, Listing
from maillage.kernel.dated import months_before
from maillage.kernel.registry import Figure, Gauge
from maillage.strategy.masking import THRESHOLD

# The collective and its groups: the steering committee has its own figure.
_MEETING_PLACES = (Kind.COLLECTIVE, Kind.WORKING_GROUP)
_STEERING = (Kind.STEERING_COMMITTEE,)


def _held(on: date, kinds: tuple[Kind, ...]) -> QuerySet[Meeting]:
    """Meetings held from the first of January to that day."""
    return Meeting.objects.filter(
        state__in=TOOK_PLACE, body__kind__in=kinds, starts_at__date__gte=date(on.year, 1, 1), starts_at__date__lte=on
    )


def meetings(on: date) -> Figure:
    """Meetings of the collective and of the groups held this year."""
    return Figure(_held(on, _MEETING_PLACES).count())


def steering_meetings(on: date) -> Figure:
    """Meetings of the steering committee held this year."""
    return Figure(_held(on, _STEERING).count())


def attendance(on: date) -> Figure:
    """How many people come to a meeting of the collective or of a group this year, on average, to one decimal.

    A mean is no count of people, and a small one tells of nobody; but where hardly anybody came at all, it does.
    """
    held = _held(on, _MEETING_PLACES)
    count = held.count()
    there = Attendance.objects.filter(meeting__in=held, presence=Presence.PRESENT).count()
    mean = Decimal(there) / count if count else Decimal(0)
    return Figure(mean.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP), is_people=there < THRESHOLD)


def _held_list(kinds: tuple[Kind, ...], noun: str) -> Listing:
    """Meetings that took place: everybody reads their page, and their minutes once validated.

    One that is for members only is counted like the others, by a line that says nothing of it.
    """

    def line(one: Meeting) -> CountedLine:
        if not one.is_public:
            return CountedLine(phrases.FOR_MEMBERS_ONLY)
        day = timezone.localdate(one.starts_at) if one.starts_at else None
        return CountedLine(f"{one.title} ({one.body.name})", one.get_absolute_url(), day)

    def read(on: date, reader: Any) -> CountedList:
        return CountedList(_held(on, kinds).select_related("body").order_by("-starts_at", "-pk"), line)

    return Listing(read, noun, day="Tenue le", is_public=True)


def _attendance_list(on: date, reader: Any) -> CountedList:
    """The meetings, each with how many came."""
    came = Count("attendances", filter=Q(attendances__presence=Presence.PRESENT))
    rows = _held(on, _MEETING_PLACES).annotate(came=came).order_by("-starts_at", "-pk")

    def line(one: Any) -> CountedLine:
        address = reverse("governance_office:meeting", args=[one.pk])
        return CountedLine(one.title, address, timezone.localdate(one.starts_at), one.came)

    return CountedList(rows, line)


def active_members(on: date) -> Figure:
    """People present at the collective at least as often as the dated value says in twelve months."""
    return Figure(_active(on).count(), is_people=True)


def _active(on: date) -> QuerySet[Any, Any]:
    since = months_before(on, 12)
    there = Attendance.objects.filter(
        presence=Presence.PRESENT, meeting__state__in=TOOK_PLACE, meeting__body__kind=Kind.COLLECTIVE,
        meeting__starts_at__date__gt=since, meeting__starts_at__date__lte=on,
    )  # fmt: skip
    often = there.values("member").annotate(times=Count("pk")).filter(times__gte=terms.active_presences(on=on))
    return often.order_by("member")


def _active_list(on: date, reader: Any) -> CountedList:
    rows = Member.objects.filter(pk__in=[one["member"] for one in _active(on)]).order_by("pk")
    return CountedList(rows, lambda one: CountedLine(str(one), reverse("governance_office:member", args=[one.pk])))


GAUGES = (
    Gauge("governance.meetings", meetings, _held_list(_MEETING_PLACES, "rencontre")),
    Gauge("governance.steering_meetings", steering_meetings, _held_list(_STEERING, "réunion")),
    Gauge("governance.attendance", attendance, Listing(_attendance_list, "réunion", Fold.MEAN, "Tenue le")),
    Gauge("governance.active_members", active_members, Listing(_active_list, "personne")),
)
