"""Meetings as calendars read them: iCalendar (RFC 5545), times of Paris, told again with a greater SEQUENCE.

Lines end with CRLF and hold 75 octets at most; text is escaped. A cancelled meeting stays, with its status, so that
calendars take it away. Sources: RFC 5545, 3.1, 3.3.11, 3.6.1, 3.6.5; RFC 5546, 3.2.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone

from maillage.governance.enums import MeetingState
from maillage.governance.models import Meeting

LONGEST_OCTETS = 75
CONTENT_TYPE = "text/calendar; charset=utf-8"
# The rules of Paris since 1996: last Sunday of March and of October.
PARIS = """BEGIN:VTIMEZONE
TZID:Europe/Paris
BEGIN:DAYLIGHT
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE""".splitlines()


def calendar(meetings: Iterable[Meeting], *, name: str, method: str = "PUBLISH") -> bytes:
    """A file of these dated meetings, one VEVENT each. method: PUBLISH, or CANCEL when all are cancelled."""
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Maillage//Instances//FR", "CALSCALE:GREGORIAN",
        f"METHOD:{method}", f"X-WR-CALNAME:{escaped(name)}", *PARIS,
    ]  # fmt: skip
    for meeting in meetings:
        lines += _event(meeting)
    lines.append("END:VCALENDAR")
    return "".join(folded(line) for line in lines).encode()


def method_for(meeting: Meeting) -> str:
    """CANCEL for a cancelled meeting, PUBLISH for any other."""
    return "CANCEL" if meeting.state == MeetingState.CANCELLED else "PUBLISH"


def _event(meeting: Meeting) -> Iterator[str]:
    assert meeting.starts_at is not None
    assert meeting.ends_at is not None
    yield "BEGIN:VEVENT"
    yield f"UID:meeting-{meeting.pk}@{urlsplit(settings.SITE_URL).hostname}"
    yield f"DTSTAMP:{meeting.changed_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"LAST-MODIFIED:{meeting.changed_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"SEQUENCE:{meeting.sequence}"
    yield f"DTSTART;TZID=Europe/Paris:{_local(meeting.starts_at)}"
    yield f"DTEND;TZID=Europe/Paris:{_local(meeting.ends_at)}"
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


def _local(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%Y%m%dT%H%M%S}"


def escaped(text: str) -> str:
    """A TEXT value: backslash, semicolon, comma and new line are written otherwise."""
    plain = "".join(one for one in text.replace("\r\n", "\n").replace("\r", "\n") if one == "\n" or one >= " ")
    return plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def folded(line: str) -> str:
    """The line with its CRLF, cut so that no piece is longer than LONGEST_OCTETS, never inside a character."""
    pieces, piece, size = [], "", 0
    for one in line:
        weight = len(one.encode())
        if size + weight > LONGEST_OCTETS:
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + one, size + weight
    return "\r\n".join([*pieces, piece]) + "\r\n"
