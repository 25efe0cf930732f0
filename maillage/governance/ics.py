"""Meetings as calendars read them: times of Paris, told again with a greater SEQUENCE.

A cancelled meeting stays, with its status, so that calendars take it away (RFC 5545, 3.6.1; RFC 5546, 3.2).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.conf import settings

from maillage.governance.enums import MeetingState
from maillage.governance.models import Meeting
from maillage.kernel import ics
from maillage.kernel.ics import CONTENT_TYPE, escaped, folded, local, stamp, uid

__all__ = ["CONTENT_TYPE", "calendar", "escaped", "folded", "method_for"]


def calendar(meetings: Iterable[Meeting], *, name: str, method: str = "PUBLISH") -> bytes:
    """A file of these dated meetings, one VEVENT each. method: PUBLISH, or CANCEL when all are cancelled."""
    events = [line for meeting in meetings for line in _event(meeting)]
    return ics.calendar(events, name=name, room="Instances", method=method)


def method_for(meeting: Meeting) -> str:
    """CANCEL for a cancelled meeting, PUBLISH for any other."""
    return "CANCEL" if meeting.state == MeetingState.CANCELLED else "PUBLISH"


def _event(meeting: Meeting) -> Iterator[str]:
    assert meeting.starts_at is not None
    assert meeting.ends_at is not None
    yield "BEGIN:VEVENT"
    yield uid("meeting", meeting.pk)
    yield f"DTSTAMP:{stamp(meeting.changed_at)}"
    yield f"LAST-MODIFIED:{stamp(meeting.changed_at)}"
    yield f"SEQUENCE:{meeting.sequence}"
    yield f"DTSTART;TZID=Europe/Paris:{local(meeting.starts_at)}"
    yield f"DTEND;TZID=Europe/Paris:{local(meeting.ends_at)}"
    yield f"SUMMARY:{escaped(f'{meeting.body} : {meeting.title}')}"
    if meeting.place:
        yield f"LOCATION:{escaped(meeting.place)}"
    address = f"{settings.SITE_URL}{meeting.get_absolute_url()}"
    said = [f"Pour participer à distance : {meeting.link}"] if meeting.link else []
    if meeting.is_public:
        said.append(f"Ordre du jour : {address}")
        yield f"URL:{address}"
    if said:
        yield "DESCRIPTION:" + escaped("\n".join(said))
    if settings.CONTACT["email"]:
        yield f"ORGANIZER:mailto:{settings.CONTACT['email']}"
    yield "STATUS:" + ("CANCELLED" if meeting.state == MeetingState.CANCELLED else "CONFIRMED")
    yield "END:VEVENT"
