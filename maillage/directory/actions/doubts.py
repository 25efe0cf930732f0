"""Settle a doubt: a person looked, and the record is right (or the doubt does not matter).

Words: a *doubt* is a Flag; checks open and close them (quality.py), a person settles them for good.
Neighbours: the sheet and the home of the back office.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from maillage.accounts.models import User
from maillage.directory.models import Flag
from maillage.kernel.actions import journal


def settle_doubt(*, flag: Flag, by: User | None, at: datetime) -> bool:
    """Say « c’est réglé »; the same doubt is not raised again on this sheet. False when it was already closed."""
    with transaction.atomic():
        closed = Flag.objects.filter(pk=flag.pk, resolved_at__isnull=True).update(resolved_at=at, is_settled=True)
        if closed:
            journal(verb="settle", target=flag.organisation, changes={"doubt": [flag.message, None]}, by=by, at=at)
    return bool(closed)
