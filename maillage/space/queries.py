"""Reads of the room: what is mine, who is there, which claims wait."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from maillage.accounts.models import User
from maillage.space.enums import ClaimState, Part
from maillage.space.models import Claim, Membership


def own_organisations(user: User) -> dict[str, Any] | None:
    """What one's own page says of one's organisations; None without any. One query."""
    held = Membership.objects.filter(user=user).select_related("organisation").order_by("organisation__name_key")
    rows = list(held)
    return {"memberships": rows} if rows else None


def heard_since(limit: datetime) -> QuerySet[Any, Any]:
    """Accounts of members whose organisation confirmed its sheet since: they answer letters and need not sign in."""
    return Membership.objects.filter(organisation__verified_at__gte=limit).values("user")


def members_of(organisation_id: int) -> QuerySet[Membership]:
    """The manager first, then by name."""
    rows = Membership.objects.filter(organisation_id=organisation_id).select_related("user")
    return rows.order_by("-part", "user__last_name", "user__email")


def open_claims() -> QuerySet[Any]:
    """Those that wait for an agent, the oldest first, each with `has_manager` and `rivals` (others that ask it)."""
    manager = Membership.objects.filter(organisation=OuterRef("organisation"), part=Part.MANAGER)
    rivals = Count("organisation__claims", filter=Q(organisation__claims__state=ClaimState.OPEN)) - 1
    waiting = Claim.objects.filter(state=ClaimState.OPEN).select_related("organisation")
    return waiting.annotate(has_manager=Exists(manager), rivals=rivals).order_by("opened_at", "pk")


def decided_claims() -> QuerySet[Any]:
    """Those that were granted, refused or withdrawn, the latest first."""
    done = Claim.objects.exclude(state=ClaimState.OPEN).select_related("organisation", "decided_by")
    return done.order_by("-decided_at", "-pk")
