"""Note the sheets that the passing of time changes, so that the search stays true.

Words: a qualification begins or ends, hours follow the season: nobody writes, yet the answer changes.
Neighbours: the worker calls it once a day.
"""

from __future__ import annotations

from django.db.models import Q

from maillage.directory.models import Organisation
from maillage.search.actions import note_change

SEARCH_KIND = "organisation"
BATCH = 5_000


def note_what_time_changes() -> int:
    """Ask the index to read again the published sheets with dated qualifications or opening hours; how many."""
    dated = Q(qualifications__end_date__isnull=False) | Q(qualifications__start_date__isnull=False)
    moving = Organisation.objects.published().filter(dated | Q(establishments__opening_hours__gt="")).distinct()
    ids = list(moving.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), BATCH):
        note_change(kind=SEARCH_KIND, ids=ids[start : start + BATCH])
    return len(ids)
