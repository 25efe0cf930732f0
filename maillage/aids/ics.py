"""Deadlines of aids as a calendar that a telephone or a mailbox follows (RFC 5545): one whole day each."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from maillage.aids.models import Aid

CONTENT_TYPE = "text/calendar; charset=utf-8"
_MOST_BYTES = 73


def deadlines(aids: Iterable[Aid], *, site: str, at: datetime) -> bytes:
    """The file. aids: those that have a deadline; site: beginning of addresses; at: when it is made (aware)."""
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Maillage//Aides//FR", "CALSCALE:GREGORIAN",
        "X-WR-CALNAME:Dates limites des aides",
    ]  # fmt: skip
    for aid in aids:
        if aid.deadline_date is not None:
            lines += [
                "BEGIN:VEVENT", f"UID:aide-{aid.pk}@{site.partition('://')[2].partition(':')[0]}",
                f"DTSTAMP:{at:%Y%m%dT%H%M%SZ}", f"DTSTART;VALUE=DATE:{aid.deadline_date:%Y%m%d}",
                f"DTEND;VALUE=DATE:{aid.deadline_date + timedelta(days=1):%Y%m%d}",
                f"SUMMARY:{_escaped(f'Dernier jour : {aid.name}')}", f"URL:{site}{aid.get_absolute_url()}",
                "TRANSP:TRANSPARENT", "END:VEVENT",
            ]  # fmt: skip
    return b"\r\n".join(_folded(line) for line in [*lines, "END:VCALENDAR"]) + b"\r\n"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> bytes:
    """At most 75 bytes a line, never in the middle of a letter."""
    parts, part = [], b""
    for letter in line:
        one = letter.encode()
        if len(part) + len(one) > _MOST_BYTES:
            parts.append(part)
            part = b""
        part += one
    return b"\r\n ".join([*parts, part])
