"""The committee's files that stand."""

from __future__ import annotations

from datetime import date

from maillage.kernel.registry import Milestone
from maillage.steering import phrases
from maillage.steering.models import CommitteeFile


def last_committee(on: date) -> Milestone | None:
    """The day of the last file before this one; figures are told since then."""
    found = CommitteeFile.objects.filter(discarded_at=None, as_of__lt=on).order_by("-as_of")
    day = found.values_list("as_of", flat=True).first()
    return None if day is None else Milestone(phrases.LAST_COMMITTEE, day)
