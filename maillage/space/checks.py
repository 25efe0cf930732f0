"""Truths of the room that no constraint of the database can hold. For `check_invariants`."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone

from maillage.kernel.registry import Breach
from maillage.space.queries_officers import seats

OFFICERS = "space.liaison_officers"


def find_breaches() -> Iterator[Breach]:
    """Yield each EPCI of the territory that has no liaison officer today, or several."""
    for seat in seats(timezone.localdate()):
        if not seat.mandates:
            yield Breach(OFFICERS, seat.epci.name, "aucune référente, aucun référent ESS en cours de mandat.")
        elif len(seat.mandates) > 1:
            yield Breach(OFFICERS, seat.epci.name, f"{len(seat.mandates)} mandats de référent ESS en cours.")
