"""Calls as a calendar that a telephone or a mailbox follows: the last hour of each, and the day of the committee."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta

from django.conf import settings

from maillage.calls.models import Call
from maillage.kernel import ics
from maillage.kernel.ics import CONTENT_TYPE, escaped, local, stamp, uid

__all__ = ["CONTENT_TYPE", "closings"]


def closings(calls: Iterable[Call]) -> bytes:
    """One event for each call that has an end: its last hour."""
    events = [line for call in calls if call.closes_at for line in _event(call)]
    return ics.calendar(events, name="Appels du territoire", room="Appels")


def _event(call: Call) -> Iterator[str]:
    assert call.closes_at is not None
    yield "BEGIN:VEVENT"
    yield uid("appel", call.pk)
    yield f"DTSTAMP:{stamp(call.changed_at)}"
    yield f"DTSTART;TZID=Europe/Paris:{local(call.closes_at - timedelta(hours=1))}"
    yield f"DTEND;TZID=Europe/Paris:{local(call.closes_at)}"
    yield f"SUMMARY:{escaped(f'Clôture : {call.title}')}"
    yield f"URL:{settings.SITE_URL}{call.get_absolute_url()}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"
