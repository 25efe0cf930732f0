"""Tell the search which aids may no more be asked for: time alone moves them, no verb does."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from maillage.aids.models import Aid
from maillage.aids.queries.documents import KIND
from maillage.search.actions import note_change

# A worker that was stopped over a long weekend still finds them all.
SINCE = timedelta(days=7)


def note_over(*, at: datetime) -> int:
    """Those whose last day was within a week before today; how many. Telling twice does no harm."""
    today = timezone.localdate(at)
    rows = Aid.objects.filter(deadline_date__lt=today, deadline_date__gte=today - SINCE).order_by("pk")
    return note_change(kind=KIND, ids=list(rows.values_list("pk", flat=True)))
