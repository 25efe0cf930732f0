"""Truths of the room that no constraint of the database can hold. For `check_invariants`."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone

from maillage.kernel.kept_files import trouble_of
from maillage.kernel.registry import Breach
from maillage.space.models import Attachment
from maillage.space.queries_officers import seats

FILES = "space.attachments"
OFFICERS = "space.liaison_officers"


def find_breaches() -> Iterator[Breach]:
    """Yield each EPCI that has no liaison officer today, or several; each document that is not what was kept."""
    yield from _spoilt_documents()
    for seat in seats(timezone.localdate()):
        if not seat.mandates:
            yield Breach(OFFICERS, seat.epci.name, "aucune référente, aucun référent ESS en cours de mandat.")
        elif len(seat.mandates) > 1:
            yield Breach(OFFICERS, seat.epci.name, f"{len(seat.mandates)} mandats de référent ESS en cours.")


def _spoilt_documents() -> Iterator[Breach]:
    for kept in Attachment.objects.only("pk", "file", "sha256").order_by("pk").iterator(chunk_size=500):
        if trouble := trouble_of(kept.file, kept.sha256):
            yield Breach(FILES, str(kept), trouble)
