"""The consultations as people and agents list them."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count, QuerySet

from maillage.choosing.enums import State
from maillage.choosing.models import Consultation


def public_consultations() -> QuerySet[Consultation]:
    """All but drafts, and what was given up before anybody was asked."""
    return Consultation.objects.exclude(state=State.DRAFT).exclude(opened_at=None).order_by("-closes_at", "-pk")


def running(at: datetime) -> list[Consultation]:
    """Those to come, open, or being counted: the first to end first (a handful at a time)."""
    found = public_consultations().filter(state=State.OPEN).order_by("closes_at", "pk")
    # What one can answer now comes before what one waits for.
    return sorted(found, key=lambda one: not one.opens_at <= at < one.closes_at)


def over() -> QuerySet[Consultation]:
    """Closed, decided or cancelled, the latest first."""
    return public_consultations().exclude(state=State.OPEN)


def office_list() -> QuerySet[Consultation]:
    """Every consultation for agents, the latest change first, with `ballot_count`."""
    return Consultation.objects.annotate(ballot_count=Count("ballots")).order_by("-changed_at", "-pk")
