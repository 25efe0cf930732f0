"""What agents have to sort, what a liaison officer sees of their CC, what somebody said themself."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from maillage.accounts.models import User
from maillage.needs.enums import Reading
from maillage.needs.models import Need, Voice
from maillage.needs.rules import may_sort_needs
from maillage.space.deciding import epcis_of_officer

LISTS = {"a-lire": "À lire", "a-regrouper": "À regrouper", "publies": "Tous les publiés", "mis-de-cote": "Mis de côté"}


def listed(which: str) -> Any:
    """One of LISTS, with places, themes and `people`: what waits first, then the latest. One query."""
    rows = Need.objects.with_places().with_people()
    if which == "a-regrouper":
        return rows.filter(reading=Reading.PUBLISHED, theme__isnull=True).order_by("said_at", "pk")
    if which == "publies":
        return rows.filter(reading=Reading.PUBLISHED).order_by("-said_at", "-pk")
    if which == "mis-de-cote":
        return rows.filter(reading=Reading.SET_ASIDE).order_by("-read_at", "-pk")
    return rows.filter(reading=Reading.NEW).order_by("said_at", "pk")


def counts() -> dict[str, int]:
    """How many wait in each list that waits. Two queries."""
    return {"a-lire": Need.objects.to_read().count(), "a-regrouper": Need.objects.ungrouped().count()}


def office_panel(user: User) -> dict[str, Any] | None:
    """On the home of the back office, when something waits."""
    if not may_sort_needs(user, on=timezone.localdate()):
        return None
    waiting = counts()
    return {"to_read": waiting["a-lire"], "to_group": waiting["a-regrouper"]} if any(waiting.values()) else None


def of_officer(user: User) -> QuerySet[Need]:
    """Needs of the CC that this person answers for, but those set aside, the latest first."""
    epcis = epcis_of_officer(user, on=timezone.localdate())
    rows = Need.objects.in_epcis(epcis).exclude(reading=Reading.SET_ASIDE)
    return rows.with_places().order_by("-said_at", "-pk")


def officer_panel(user: User) -> dict[str, Any] | None:
    """What /moi/ says to a liaison officer; None to others."""
    if not epcis_of_officer(user, on=timezone.localdate()):
        return None
    return {"count": of_officer(user).count()}


def own_needs(user: User) -> dict[str, Any] | None:
    """What /moi/ says of the needs that this account said or joined; None without any. One query."""
    held = Voice.objects.filter(user=user).select_related("need__theme").order_by("-said_at", "-pk")[:20]
    rows = list(held)
    return {"voices": rows} if rows else None
