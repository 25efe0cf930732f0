"""What every act of the back office has in common: it is done now, by the person signed in, who is its source."""

from __future__ import annotations

from datetime import datetime
from typing import TypedDict

from django.utils import timezone

from maillage.accounts.backoffice.screens import OfficeRequest
from maillage.accounts.models import User
from maillage.kernel.actions import name_source
from maillage.kernel.models import Source


class Signature(TypedDict):
    """The arguments that say who acts, when, and on whose word."""

    by: User
    at: datetime
    source: Source


def signature(request: OfficeRequest) -> Signature:
    """Who acts, when, and the source that their word is (one per person and day)."""
    at = timezone.now()
    source = name_source(kind=Source.Kind.PERSON, title=str(request.user), on=timezone.localdate(at))
    return {"by": request.user, "at": at, "source": source}
