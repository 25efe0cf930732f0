"""The A4 sheet of a commune, to hang in its town hall: who acts here, who is nearest, how to be added.

Words: an *entry* is one organisation on the sheet. Neighbours: `ui/print/poster.typ` lays it out; the same
content is typeset once and kept.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from maillage.portal import phrases
from maillage.portal.queries.communes import CommunePage
from maillage.portal.queries.organisations import Row
from maillage.territories.models import Territory
from ui import french
from ui.print.code import QR_FILE, qr_svg
from ui.print.compile import typeset_once

MOST_ENTRIES = 8
MOST_LOCAL = 6


def pdf_of(page: CommunePage, territory: Territory | None) -> bytes:
    """The tagged PDF of this page; the same content comes from the cache, whoever typeset it."""
    # On paper the short address: it leads to the page, is quicker to type, and makes a bigger code.
    address = f"{settings.SITE_URL}{reverse('portal:commune_by_code', args=[page.commune.code])}"
    files = {QR_FILE: qr_svg(address)}
    return typeset_once("poster", sheet_of(page, territory, address), files, on=timezone.localdate())


def sheet_of(page: CommunePage, territory: Territory | None, address: str) -> dict[str, Any]:
    """What stands on the sheet, as `poster.typ` reads it."""
    local = page.local[:MOST_LOCAL]
    near = page.near[: MOST_ENTRIES - len(local)]
    return {
        "title": page.commune.name,
        "eyebrow": phrases.POSTER_EYEBROW,
        "lead": _lead(page),
        "entries": [_entry(row) for row in [*local, *near]],
        "total": page.local_count + len(near),
        "empty": phrases.POSTER_EMPTY,
        "contact": _contact(page),
        "qr_file": QR_FILE,
        "qr_text": phrases.POSTER_CODE,
        "url": address.split("://", 1)[-1].rstrip("/"),
        "territory": "" if territory is None else territory.name,
        "source": phrases.POSTER_SOURCE.format(day=french.day(timezone.localdate())),
    }


def _contact(page: CommunePage) -> dict[str, str]:
    """The liaison officer of the commune when they said a telephone, else the territory's own contact."""
    mandate = page.seat.mandate if page.seat else None
    if mandate is not None and mandate.phone:
        role = f"{phrases.POSTER_OFFICER}, {page.seat.epci.short_name}" if page.seat else ""
        return {"name": str(mandate.user), "role": role, "phone": mandate.phone, "email": ""}
    return {
        "name": settings.CONTACT["person"] or settings.CONTACT["organisation"],
        "role": settings.CONTACT["organisation"] if settings.CONTACT["person"] else "",
        "phone": settings.CONTACT["phone"],
        "email": settings.CONTACT["email"],
    }


def _lead(page: CommunePage) -> str:
    if page.local_count:
        return phrases.POSTER_LOCAL.format(count=french.plural(page.local_count, "structure"))
    return phrases.POSTER_NEAR if page.near else phrases.POSTER_NONE


def _entry(row: Row) -> dict[str, str]:
    place = phrases.POSTER_HERE
    if row.distance_km is not None:
        place = f"{row.commune}, {french.distance(row.distance_km)}".lstrip(", ")
    if row.phone:
        place = f"{place} · {row.phone}"
    if row.is_example:
        place = f"{place} · {phrases.EXAMPLE}"
    return {"name": row.name, "text": row.summary, "place": place}
