"""Resources as agents see them: what is published, to verify, to mend, not yet published."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from maillage.accounts.models import User
from maillage.content.models import Resource, ResourceIndex
from maillage.content.rules import may_write_resources
from maillage.content.terms import verified_since
from maillage.kernel.text import fold


def office_resources(which: str, *, words: str, on: date) -> Any:
    """One of `phrases.LISTS`, searched. One query."""
    everything = Resource.objects.all()
    rows = {
        "a-verifier": everything.to_verify(verified_since(on)), "a-reparer": everything.broken(),
        "brouillons": everything.drafts(),
    }.get(which, everything.published())  # fmt: skip
    for word in fold(words).split()[:8]:
        rows = rows.filter(words_key__contains=word)
    return (
        rows.with_upkeep().select_related("upkeep__verified_by", "document").defer("body").order_by("words_key", "pk")
    )


def index_key() -> int | None:
    """Of the page under which resources are written; None before `maillage prepare`. One query."""
    key: int | None = ResourceIndex.objects.values_list("pk", flat=True).first()
    return key


def published_choices() -> Any:
    """What may be attached to a step of a project. One query."""
    return Resource.objects.published().defer("body", "words_key").order_by("words_key", "pk")


def office_panel(user: User) -> dict[str, Any] | None:
    """On the home of the back office, when something is to be looked at. Two queries."""
    on = timezone.localdate()
    if not may_write_resources(user, on=on):
        return None
    broken = Resource.objects.broken().count()
    to_verify = Resource.objects.to_verify(verified_since(on)).count()
    return {"broken": broken, "to_verify": to_verify} if broken or to_verify else None
