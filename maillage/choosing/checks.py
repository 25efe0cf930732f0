"""Truths of the room that no constraint can hold. For `check_invariants`."""

from __future__ import annotations

from collections.abc import Iterator

from maillage.choosing.models import Consultation
from maillage.choosing.models.consultation import WITH_RESULT
from maillage.choosing.queries.counting import differences
from maillage.kernel.registry import Breach


def find_breaches() -> Iterator[Breach]:
    """Yield each closed consultation whose kept result is not what its ballots say."""
    for one in Consultation.objects.filter(state__in=WITH_RESULT).order_by("pk").iterator():
        for words in differences(one):
            yield Breach("choosing.tally", str(one), words)
