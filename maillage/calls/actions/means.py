"""Keep on an application what its reviews come to, in the transaction that changes one of them.

Words: the *mean* is over the reviews that count. Neighbours: `reviewing` and `recusing` call it; `checks` says when it
is not true any more.
"""

from __future__ import annotations

from maillage.calls.models import Application
from maillage.calls.queries.reviews import counted, mean_of


def keep_mean(application: Application) -> None:
    """Write the mean and the number of its reviews that count. Its row is locked by whoever calls."""
    found = counted().filter(application=application).values_list("total", flat=True)
    totals = [total for total in found if total is not None]
    facts = {"mean": mean_of(totals) if totals else None, "reviews_counted": len(totals)}
    Application.objects.filter(pk=application.pk).update(**facts)
