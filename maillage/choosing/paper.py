"""The ballot on paper: what is asked, boxes to fill by hand, and the code that leads to the page.

Neighbours: `ui/print/ballot.typ` lays it out.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import timezone

from maillage.choosing import phrases
from maillage.choosing.enums import Answer, Method
from maillage.choosing.models import Consultation, Option
from ui import french
from ui.print.code import QR_FILE, qr_svg
from ui.print.compile import typeset_once

HOW = {
    Method.CONSENT: "Cochez une seule case. Pour une objection, dites pourquoi.",
    Method.DOTS: "Écrivez dans chaque case le nombre de points que vous donnez. Vous avez {dots} en tout.",
    Method.RANKING: "Écrivez 1 à côté de votre préférée, puis 2, 3… Vous pouvez en laisser de côté.",
}


def pdf_of(consultation: Consultation, options: Sequence[Option], territory: str, on: date) -> bytes:
    """The tagged PDF of this ballot; the same facts give the same bytes."""
    address = f"{settings.SITE_URL}{consultation.get_absolute_url()}"
    data = sheet_of(consultation, options, territory, address)
    return typeset_once("ballot", data, {QR_FILE: qr_svg(address)}, on=on)


def sheet_of(consultation: Consultation, options: Sequence[Option], territory: str, address: str) -> dict[str, Any]:
    """What stands on the sheet, as `ballot.typ` reads it."""
    method = Method(consultation.method)
    lines = [{"label": str(option), "brief": option.description} for option in options]
    if method == Method.CONSENT:
        lines = [{"label": str(answer.label), "brief": ""} for answer in Answer]
    ends = timezone.localtime(consultation.closes_at)
    return {
        "title": consultation.question,
        "eyebrow": "Bulletin de vote (donnée d’exemple)" if consultation.is_example else "Bulletin de vote",
        "how": HOW[method].format(dots=phrases.dots_words(consultation.dots or 0)),
        "lines": lines,
        "asks_reason": method == Method.CONSENT,
        "advisory": phrases.ADVISORY,
        "until": f"À rendre avant le {french.day(ends, weekday=True)} à {french.time(ends)}.",
        "secret": "Ne signez pas ce bulletin\u00a0: le vote est secret." if consultation.is_secret else "",
        "qr_file": QR_FILE,
        "qr_text": "Voter en ligne, ou lire de quoi il s’agit",
        "url": address.split("://", 1)[-1].rstrip("/"),
        "territory": territory,
    }
