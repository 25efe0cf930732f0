"""The paper form, A5, to leave at the town hall or the grocery: it says what it is for, and where to give it back.

Neighbours: `ui/print/need.typ` lays it out; an agent types it in under « Sur papier ».
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse

from maillage.needs import phrases
from maillage.needs.enums import Audience
from maillage.territories.queries import home_territory
from ui.print.code import QR_FILE, qr_svg
from ui.print.compile import typeset_once


def pdf_of(on: date) -> bytes:
    """The tagged PDF; the same bytes all day."""
    address = f"{settings.SITE_URL}{reverse('needs:say')}"
    return typeset_once("need", sheet_of(address), {QR_FILE: qr_svg(address)}, on=on)


def sheet_of(address: str) -> dict[str, Any]:
    """What stands on the form, as `need.typ` reads it."""
    home, contact = home_territory(), settings.CONTACT
    told = (contact.get("organisation", ""), contact.get("address", ""), contact.get("phone", ""))
    return {
        **phrases.PAPER,
        "audiences": list(Audience.labels),
        "qr_file": QR_FILE,
        "url": address.split("://", 1)[-1].rstrip("/"),
        "territory": home.name if home else "",
        "back": phrases.PAPER_BACK + (f"\u00a0: {where}." if (where := ", ".join(one for one in told if one)) else "."),
    }
