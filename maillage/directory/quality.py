"""How complete a sheet is, and what is doubtful in it.

Words: *completeness* = share of what a visitor looks for, in percent; a *flag* is a doubt that a person
settles. Neighbours: `actions` refreshes both after each write; the back office shows them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from maillage.directory.enums import EssVerdict, FlagCode
from maillage.directory.facts import Facts
from maillage.directory.models import Establishment, Flag, Organisation
from maillage.directory.opening_hours import is_readable
from maillage.territories.geometry import contains
from maillage.territories.models import CommuneShape
from pipelines.contracts.identifiers import check_siren, check_siret

# What a visitor looks for first weighs most; the sum is 100.
WEIGHTS: dict[str, tuple[int, str]] = {
    "description": (16, "la présentation"),
    "activities": (14, "les activités"),
    "place.commune_id": (12, "la commune"),
    "contact": (12, "un contact à publier"),
    "terms": (10, "le secteur et les thèmes"),
    "place.address": (8, "l’adresse"),
    "place.opening_hours": (8, "les horaires d’ouverture"),
    "family": (6, "la famille de l’ESS"),
    "website": (5, "le site internet"),
    "picture_id": (5, "une image"),
    "siren": (4, "le SIREN"),
}


@dataclass(frozen=True)
class Completeness:
    """percent: 0 to 100; helps: French names of the (at most) three fields that would help most."""

    percent: int
    helps: tuple[str, ...]


def completeness(facts: Facts) -> Completeness:
    """Measure a sheet by what is filled in."""
    missing = [(weight, words) for field, (weight, words) in WEIGHTS.items() if not _is_there(facts, field)]
    missing.sort(key=lambda pair: -pair[0])
    return Completeness(100 - sum(weight for weight, _ in missing), tuple(words for _, words in missing[:3]))


def _is_there(facts: Facts, field: str) -> bool:
    if field == "contact":
        return bool(facts.get("contact_consent_at")) and bool(facts.get("email") or facts.get("phone"))
    return bool(facts.get(field))


def refresh_flags(organisation: Organisation, *, at: datetime) -> None:
    """Open the flags that hold now, close those that do not any more; a doubt that a person settled stays so."""
    found = doubts(organisation, list(organisation.establishments.all()))
    known = list(organisation.flags.filter(Q(resolved_at__isnull=True) | Q(is_settled=True)))
    open_now = {(flag.code, flag.message): flag for flag in known if flag.resolved_at is None}
    settled = {(flag.code, flag.message) for flag in known if flag.is_settled}
    for pair, flag in open_now.items():
        if pair not in found:
            flag.resolved_at = at
            flag.save(update_fields=["resolved_at"])
    Flag.objects.bulk_create(
        Flag(organisation=organisation, establishment_id=place, code=code, message=message, created_at=at)
        for (code, message), place in found.items()
        if (code, message) not in open_now.keys() | settled
    )


def doubts(organisation: Organisation, places: list[Establishment]) -> dict[tuple[str, str], int | None]:
    """{(code, French sentence): id of the establishment or None}."""
    found: dict[tuple[str, str], int | None] = {}
    if organisation.siren and not check_siren(organisation.siren).is_valid:
        found[FlagCode.BAD_SIREN, f"Le SIREN {organisation.siren} a une clé fausse : vérifiez ses 9 chiffres."] = None
    if organisation.ess_verdict == EssVerdict.TO_CONFIRM:
        found[FlagCode.ESS_TO_CONFIRM, "Dites si cette structure relève de l’ESS."] = None
    if organisation.closed_date:
        found[FlagCode.CLOSED, f"La source la dit fermée depuis le {organisation.closed_date:%d/%m/%Y}."] = None
    for place in places:
        found.update(dict.fromkeys(_doubts_of_place(place), place.pk))
    return found


def _doubts_of_place(place: Establishment) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    if place.siret and not check_siret(place.siret).is_valid:
        found.append((FlagCode.BAD_SIRET, f"Le SIRET {place.siret} a une clé fausse : vérifiez ses 14 chiffres."))
    if place.commune_id is None and place.place_label:
        found.append((FlagCode.UNKNOWN_COMMUNE, f"La commune « {place.place_label} » n’est pas reconnue."))
    if place.opening_hours and not is_readable(place.opening_hours):
        found.append((FlagCode.BAD_HOURS, f"Horaires illisibles : « {place.opening_hours} »."))
    if place.latitude is not None and place.longitude is not None and place.commune_id:
        found.extend(_doubts_of_point(place.commune_id, place.latitude, place.longitude))
    return found


def _doubts_of_point(commune_code: str, latitude: float, longitude: float) -> list[tuple[str, str]]:
    shape: dict[str, Any] | None = (
        CommuneShape.objects.filter(pk=commune_code).values_list("geometry", flat=True).first()
    )
    if shape is None or contains(shape, latitude, longitude):
        return []
    if contains(shape, longitude, latitude):
        return [(FlagCode.SWAPPED_POINT, "La latitude et la longitude semblent interverties.")]
    return [(FlagCode.OUTSIDE_COMMUNE, "Le point de la carte est en dehors de la commune indiquée.")]
