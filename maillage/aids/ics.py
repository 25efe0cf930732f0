"""Deadlines of aids as a calendar that a telephone or a mailbox follows: one whole day each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from maillage.aids.models import Aid
from maillage.kernel import ics
from maillage.kernel.ics import CONTENT_TYPE, escaped, stamp, uid

__all__ = ["CONTENT_TYPE", "deadlines"]


def deadlines(aids: Iterable[Aid], *, site: str, at: datetime) -> bytes:
    """The file. aids: those that have a deadline; site: beginning of addresses; at: when it is made (aware)."""
    dated = [(aid, aid.deadline_date) for aid in aids if aid.deadline_date is not None]
    events = [line for aid, day in dated for line in _event(aid, day, site, at)]
    return ics.calendar(events, name="Dates limites des aides", room="Aides")


def _event(aid: Aid, day: date, site: str, at: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield uid("aide", aid.pk)
    yield f"DTSTAMP:{stamp(at)}"
    yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{escaped(f'Dernier jour : {aid.name}')}"
    yield f"URL:{site}{aid.get_absolute_url()}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"
