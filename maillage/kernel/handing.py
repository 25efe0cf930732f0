"""Hand over what somebody sent: to be kept, never shown in place, and nothing that still waits for the antivirus.

Neighbours: `kernel.kept_files` holds the files, `kernel.actions.scanning` looks at those that wait.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from maillage.kernel.uploads.documents import MEDIA_TYPES

POLICY = "sandbox; default-src 'none'; frame-ancestors 'none'"
HELD = {
    "title": "Ce document attend l’antivirus",
    "message": "Notre antivirus ne répondait pas quand ce document est arrivé\u00a0: personne ne peut l’ouvrir avant "
    "qu’il l’ait vérifié.",
    "kept": "Le document est gardé\u00a0: il n’y a rien à renvoyer.",
    "todo": "Revenez dans un quart d’heure.",
}


def is_held(scanned_at: datetime | None) -> bool:
    """An antivirus is set, and has not looked at this document yet: it is in quarantine."""
    return scanned_at is None and bool(settings.CLAMD_URL)


def held_page(request: HttpRequest) -> HttpResponse:
    """What is said instead of a document in quarantine."""
    return render(request, "ui/error.html", {**HELD, "contact": settings.CONTACT}, status=409)


def hand_over(
    request: HttpRequest, file: Any, *, name: str, scanned_at: datetime | None, note: Callable[[], None]
) -> HttpResponse:
    """The document under this name (its ending says its type); 409 while it is in quarantine.

    file: of a row, a FieldFile; note: writes down who took it, called once it was read. Raises Http404: file gone.
    """
    if is_held(scanned_at):
        return held_page(request)
    try:
        with default_storage.open(file.name or "") as handle:
            content = handle.read()
    except OSError as error:
        raise Http404 from error
    note()
    kind = MEDIA_TYPES.get(PurePosixPath(name).suffix.removeprefix("."), "application/octet-stream")
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    response["X-Content-Type-Options"] = "nosniff"
    response["X-Robots-Tag"] = "noindex"
    response["Content-Security-Policy"] = POLICY
    return response
