"""Reads about organisations that the directory lacks: what waits, for whom, and what it may already be."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from maillage.directory.models import Organisation
from maillage.directory.queries.alike import alike
from maillage.space.enums import MissingState
from maillage.space.models import MissingActor


def missing_waiting() -> QuerySet[MissingActor]:
    """Every open one with its commune, the oldest first."""
    found = MissingActor.objects.filter(state=MissingState.OPEN).select_related("commune__epci", "user")
    return found.order_by("opened_at", "pk")


def missing_waiting_in(epcis: Iterable[str]) -> QuerySet[MissingActor]:
    """Open ones that a liaison officer of these EPCI decides."""
    return missing_waiting().filter(commune__epci__in=list(epcis))


def missing_decided() -> QuerySet[MissingActor]:
    """The latest decisions first, with who took them and the sheet."""
    found = MissingActor.objects.exclude(state=MissingState.OPEN).select_related("commune", "sheet", "decided_by")
    return found.order_by("-decided_at", "-pk")


def public_alike(*, name: str, commune_id: str | None, siren: str = "") -> list[Organisation]:
    """Published sheets that may be the one a visitor is about to propose; five at most."""
    return alike(Organisation.objects.published(), name=name, commune_id=commune_id, siren=siren)


def alike_for(actor: MissingActor) -> list[Organisation]:
    """Sheets that it may be, whatever their state: for those who decide, never for the public."""
    facts = actor.facts
    return alike(
        Organisation.objects.not_merged(), name=actor.proposed_name, commune_id=actor.commune_id,
        siren=str(facts.get("siren", "")),
    )  # fmt: skip
