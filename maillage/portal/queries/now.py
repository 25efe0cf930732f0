"""What one may do these days: answer a call, give one's voice, come to a meeting.

Neighbours: the home page; each line leads to its page, and a longer list stands on /appels/ and /participer/.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from maillage.calls.queries.calls import open_calls
from maillage.choosing.enums import Phase
from maillage.choosing.queries import listing
from maillage.governance.enums import MeetingState
from maillage.governance.models import Meeting
from ui import french

MOST = 5


@dataclass(frozen=True)
class Moment:
    """A line: what it is, its title and page, then when, in French. until: what lines are put in order by."""

    kind: str
    title: str
    path: str
    when: str
    until: datetime
    is_example: bool


def moments(at: datetime) -> list[Moment]:
    """Those that end or begin first, at most MOST; a call that never closes is not of these days. Three queries."""
    calls = open_calls(at).filter(closes_at__isnull=False)[:MOST]
    meetings = Meeting.objects.filter(state=MeetingState.ANNOUNCED, is_public=True, starts_at__gte=at)
    found = [
        *(
            Moment("Appel", one.title, one.get_absolute_url(), _until(one.closes_at, at), one.closes_at,
                   one.is_example)
            for one in calls if one.closes_at is not None
        ),
        *(
            Moment("Consultation", one.question, one.get_absolute_url(), _until(one.closes_at, at), one.closes_at,
                   one.is_example)
            for one in listing.running(at) if one.phase_at(at) == Phase.OPEN
        ),
        *(
            Moment("Réunion", one.title, one.get_absolute_url(), _moment(one.starts_at, at),
                   one.starts_at, one.body.is_example)
            for one in meetings.select_related("body").order_by("starts_at", "pk")[:MOST] if one.starts_at is not None
        ),
    ]  # fmt: skip
    return sorted(found, key=lambda one: one.until)[:MOST]


def _until(closes_at: datetime, at: datetime) -> str:
    return f"jusqu’au {_moment(closes_at, at)}"


def _moment(when: datetime, at: datetime) -> str:
    return french.moment(when, today=timezone.localdate(at))
