"""How long a sheet stays believed: after a year and a month of silence the public reads that nobody confirmed it.

Words: a sheet is *known* from the day somebody verified it, else from the day it was made. Nothing is written when time
passes: pages, rows and exports compare the two days. Neighbours: the letters that ask, in the organisations' space.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from django.utils import timezone

from maillage.directory.models import Organisation
from maillage.kernel.dated import dated_value, months_before

RULES = Path(__file__).parent / "data/rules.json"


@lru_cache(maxsize=8)
def silence_limit(on: date) -> date:
    """Sheets known from this day or before are not believed any more on that day (both dates of Paris)."""
    months = dated_value(RULES, "directory.silence_months", on=on)
    return months_before(on - timedelta(days=dated_value(RULES, "directory.silence_days", on=on)), months)


def known_since(organisation: Organisation) -> date:
    """The day (of Paris) when somebody verified it, else when it was made."""
    return timezone.localdate(organisation.verified_at or organisation.created_at)


def unconfirmed_since(organisation: Organisation, *, on: date) -> date | None:
    """Since when nobody confirmed it, once the silence was too long; None while it is believed."""
    since = known_since(organisation)
    return since if since <= silence_limit(on) else None
