"""The rows of every list of organisations: directory, map, neighbours, commune pages.

Words: a *row* is drawn from what the index keeps, so a page of the list reads no table for its rows.
Neighbours: `queries.documents` writes the payload that is read here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from maillage.directory.confirmation import silence_limit
from maillage.directory.enums import Family, QualificationKind
from maillage.directory.opening_hours import status
from maillage.directory.queries.vocabulary import Vocabulary
from maillage.search.queries import Row
from ui import french

FAMILIES = dict(Family.choices)
QUALIFICATIONS = dict(QualificationKind.choices)
MOST_TAGS = 4


@dataclass(frozen=True)
class ListRow:
    """One organisation as the result_row component takes it. distance_km: None unless a place was given.

    unconfirmed: « non confirmée depuis le … », empty while the sheet is believed.
    """

    id: int
    name: str
    url: str
    family: str
    commune: str
    distance_km: float | None
    summary: str
    tags: tuple[str, ...]
    open_label: str
    is_example: bool
    latitude: float | None
    longitude: float | None
    unconfirmed: str = ""


def list_rows(rows: Iterable[Row], words: Vocabulary, at: datetime) -> list[ListRow]:
    """The rows to draw. at: aware moment that opening hours and qualifications are compared with."""
    today = timezone.localtime(at).date()
    return [_list_row(row, words, at, today) for row in rows]


def _list_row(row: Row, words: Vocabulary, at: datetime, today: date) -> ListRow:
    known = row.payload
    state = status(known.get("hours", ""), at)
    sectors = [words.label("sector", code) for code in known.get("sectors", ())]
    helps = ["Accompagne les projets"] if known.get("partner") else []
    held = [short_name(kind) for kind, start, end in known.get("qualifications", ()) if _holds(start, end, today)]
    return ListRow(
        id=row.id,
        name=row.title,
        url=row.url,
        family=FAMILIES.get(known.get("family", ""), ""),
        commune=_place(known, words),
        distance_km=row.distance_km,
        summary=known.get("does", ""),
        tags=tuple((helps + held + sectors)[:MOST_TAGS]),
        open_label=state.sentence if state.is_open else "",
        is_example=bool(known.get("example")),
        latitude=row.latitude,
        longitude=row.longitude,
        unconfirmed=_unconfirmed(known.get("known", ""), today),
    )


def _unconfirmed(known: str, today: date) -> str:
    """`known` as the index kept it: an ISO date, or nothing in a document made before it was kept."""
    if not known or date.fromisoformat(known) > silence_limit(today):
        return ""
    return f"Non confirmée depuis le {french.day(known)}"


def short_name(kind: str) -> str:
    """The qualification as a badge says it: its name, without the acronym in brackets."""
    return QUALIFICATIONS.get(kind, kind).partition(" (")[0]


def _place(known: Mapping[str, Any], words: Vocabulary) -> str:
    group = known.get("cc", "")
    return ", ".join(filter(None, (known.get("commune", ""), words.label("cc", group) if group else "")))


def _holds(start: str | None, end: str | None, today: date) -> bool:
    day = today.isoformat()
    return (not start or start <= day) and (not end or day <= end)
