"""What every calendar of the house shares (iCalendar): its frame, times of Paris, escaped and folded lines.

Lines end with CRLF and hold 75 octets at most. Sources: RFC 5545, 3.1, 3.3.11, 3.6.5; RFC 5546, 3.2.
Neighbours: each room writes its own events, as lines.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone

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


def calendar(events: Iterable[str], *, name: str, room: str, method: str = "PUBLISH") -> bytes:
    """A file of these events, already as lines. name: as people read it; room: as PRODID says who made it."""
    head = [
        "BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//Maillage//{room}//FR", "CALSCALE:GREGORIAN",
        f"METHOD:{method}", f"X-WR-CALNAME:{escaped(name)}", *PARIS,
    ]  # fmt: skip
    return "".join(folded(line) for line in [*head, *events, "END:VCALENDAR"]).encode()


def uid(what: str, key: int) -> str:
    """The name by which calendars know an event again."""
    return f"UID:{what}-{key}@{urlsplit(settings.SITE_URL).hostname}"


def stamp(moment: datetime) -> str:
    """A moment in universal time, as DTSTAMP has it."""
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def local(moment: datetime) -> str:
    """A moment as Paris says it, without its zone."""
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
