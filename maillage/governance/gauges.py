"""Figures of the bodies that indicators follow. Years are those of the day that is read."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Count, QuerySet

from maillage.governance import terms
from maillage.governance.enums import TOOK_PLACE, Kind, Presence
from maillage.governance.models import Attendance, Meeting
from maillage.kernel.dated import months_before
from maillage.kernel.registry import Figure, Gauge

# Every body leads from there to its meetings and their minutes.
LIST = "/instances/"
# The collective and its groups: the steering committee has its own figure.
_MEETING_PLACES = (Kind.COLLECTIVE, Kind.WORKING_GROUP)


def _held(on: date, kinds: tuple[Kind, ...]) -> QuerySet[Meeting]:
    """Meetings held from the first of January to that day."""
    return Meeting.objects.filter(
        state__in=TOOK_PLACE, body__kind__in=kinds, starts_at__date__gte=date(on.year, 1, 1), starts_at__date__lte=on
    )


def meetings(on: date) -> Figure:
    """Meetings of the collective and of the groups held this year."""
    return Figure(_held(on, _MEETING_PLACES).count(), path=LIST)


def steering_meetings(on: date) -> Figure:
    """Meetings of the steering committee held this year."""
    return Figure(_held(on, (Kind.STEERING_COMMITTEE,)).count(), path=LIST)


def attendance(on: date) -> Figure:
    """How many people come to a meeting of the collective or of a group this year, on average, to one decimal."""
    held = _held(on, _MEETING_PLACES)
    count = held.count()
    there = Attendance.objects.filter(meeting__in=held, presence=Presence.PRESENT).count()
    mean = Decimal(there) / count if count else Decimal(0)
    return Figure(mean.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP), is_people=True)


def active_members(on: date) -> Figure:
    """People present at the collective at least as often as the dated value says in twelve months."""
    since = months_before(on, 12)
    there = Attendance.objects.filter(
        presence=Presence.PRESENT, meeting__state__in=TOOK_PLACE, meeting__body__kind=Kind.COLLECTIVE,
        meeting__starts_at__date__gt=since, meeting__starts_at__date__lte=on,
    )  # fmt: skip
    often = there.values("member").annotate(times=Count("pk")).filter(times__gte=terms.active_presences(on=on))
    return Figure(often.order_by("member").count(), is_people=True)


GAUGES = (
    Gauge("governance.meetings", meetings),
    Gauge("governance.steering_meetings", steering_meetings),
    Gauge("governance.attendance", attendance),
    Gauge("governance.active_members", active_members),
)
