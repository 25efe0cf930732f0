"""Reads about suggestions: what waits, and for whom."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from maillage.accounts.models import User
from maillage.directory.models import Establishment, Organisation
from maillage.space.deciding import epcis_of_officer
from maillage.space.enums import Part, SuggestionOrigin, SuggestionState
from maillage.space.models import Membership, Suggestion
from maillage.space.queries_missing import missing_waiting_in


def waiting() -> QuerySet[Suggestion]:
    """Every open suggestion with its sheet, the oldest first."""
    found = Suggestion.objects.filter(state=SuggestionState.OPEN).select_related("organisation", "user")
    return found.order_by("opened_at", "pk")


def waiting_of(organisation_id: int) -> QuerySet[Suggestion]:
    return waiting().filter(organisation=organisation_id)


def waiting_by(user: User, organisation: Organisation) -> Suggestion | None:
    """What this contributor changed and that waits for a yes."""
    mine = waiting().filter(organisation=organisation, user=user, origin=SuggestionOrigin.CONTRIBUTOR)
    return mine.first()


def must_wait(user: User, organisation: Organisation) -> bool:
    """Does what this person changes wait for the manager's yes? One query."""
    held = Membership.objects.filter(organisation=organisation, user=user, part=Part.CONTRIBUTOR)
    return held.filter(organisation__freshness__contributors_wait=True).exists()


def decider_of(organisation: Organisation) -> str:
    """The name (else the address) of its manager, told to its own people; "" without one."""
    held = Membership.objects.filter(organisation=organisation, part=Part.MANAGER, user__is_active=True)
    manager = held.select_related("user").first()
    return "" if manager is None else str(manager.user)


def waiting_in(epcis: Iterable[str]) -> QuerySet[Suggestion]:
    """Open suggestions that a liaison officer of these EPCI decides: no manager holds the sheet."""
    place = Establishment.objects.filter(
        organisation=OuterRef("organisation"), is_main=True, commune__epci__in=list(epcis)
    )
    held = Membership.objects.filter(organisation=OuterRef("organisation"), part=Part.MANAGER, user__is_active=True)
    return waiting().filter(Exists(place), ~Exists(held))


def decided() -> QuerySet[Suggestion]:
    """The latest decisions first, with who took them."""
    found = Suggestion.objects.filter(state=SuggestionState.DECIDED).select_related("organisation", "decided_by")
    return found.order_by("-decided_at", "-pk")


def waiting_for_officer(user: User) -> dict[str, Any] | None:
    """What /moi/ says to a liaison officer; None to others. Three queries at most."""
    epcis = epcis_of_officer(user, on=timezone.localdate())
    if not epcis:
        return None
    return {"count": waiting_in(epcis).count(), "missing": missing_waiting_in(epcis).count()}
