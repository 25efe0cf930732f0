"""How complete a sheet is, and what is doubtful in it.

Words: *completeness* = share of what a visitor looks for, in percent; a *flag* is a doubt that a person
settles. Neighbours: `actions` refreshes both after each write; the back office shows them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from maillage.directory.enums import KEPT_BY_OTHERS, EssVerdict, FlagCode
from maillage.directory.facts import OTHER_PLACES, PLACE_FIELDS, Facts, facts_of, main_place
from maillage.directory.models import Establishment, Flag, Organisation
from maillage.directory.opening_hours import is_readable
from maillage.kernel.bulk import fresh
from maillage.territories.geometry import contains
from maillage.territories.models import CommuneShape
from pipelines.contracts.identifiers import check_siren, check_siret

Doubt = tuple[str, str]  # code of the flag, French sentence
PointJudge = Callable[[str, float, float], list[Doubt]]  # commune, latitude, longitude
MAIN = "main"
UNKNOWN_DATE = "1900-01-01"  # closed, the source does not say since when

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
    missing = missing_fields(facts)
    return Completeness(100 - sum(WEIGHTS[field][0] for field in missing), tuple(WEIGHTS[f][1] for f in missing[:3]))


def missing_fields(facts: Facts) -> list[str]:
    """Keys of WEIGHTS that are not filled in, those that would help most first."""
    missing = [field for field in WEIGHTS if not _is_there(facts, field)]
    return sorted(missing, key=lambda field: -WEIGHTS[field][0])


def _is_there(facts: Facts, field: str) -> bool:
    if field == "contact":
        return bool(facts.get("contact_consent_at")) and bool(facts.get("email") or facts.get("phone"))
    return bool(facts.get(field))


def refresh_flags(organisation: Organisation, *, at: datetime) -> None:
    """Open the flags that hold now, close those that do not any more; a doubt that a person settled stays so."""
    places = list(organisation.establishments.all())
    found = doubts(facts_of(organisation))
    known = list(organisation.flags.filter(Q(resolved_at__isnull=True) | Q(is_settled=True)))
    open_now = {(flag.code, flag.message): flag for flag in known if flag.resolved_at is None}
    settled = {(flag.code, flag.message) for flag in known if flag.is_settled}
    for pair, flag in open_now.items():
        if pair not in found and flag.code not in KEPT_BY_OTHERS:
            flag.resolved_at = at
            flag.save(update_fields=["resolved_at"])
    Flag.objects.bulk_create(
        flag_of(organisation, places, doubt, siret, at=at)
        for doubt, siret in found.items()
        if doubt not in open_now.keys() | settled
    )


def flag_of(
    organisation: Organisation, places: Iterable[Establishment], doubt: Doubt, about: str | None, *, at: datetime
) -> Flag:
    """An unsaved flag for this doubt, tied to the establishment it is about."""
    place = None
    if about == MAIN:
        place = main_place(places)
    elif about is not None:
        place = next((one for one in places if one.siret == about), None)
    code, message = doubt
    return fresh(Flag, {
        "organisation_id": organisation.pk,
        "establishment_id": None if place is None else place.pk,
        "code": code,
        "message": message[:300],
        "created_at": at,
    })  # fmt: skip


def doubts(facts: Facts, judge_point: PointJudge | None = None) -> dict[Doubt, str | None]:
    """{(code, French sentence): MAIN, the SIRET of another place, or None when the whole sheet is meant}.

    judge_point: how points are held against their commune; asks the database unless told otherwise.
    """
    found: dict[Doubt, str | None] = {}
    siren, closed_date = facts.get("siren"), facts.get("closed_date")
    if siren and not check_siren(siren).is_valid:
        found[FlagCode.BAD_SIREN, f"Le SIREN {siren} a une clé fausse : vérifiez ses 9 chiffres."] = None
    if facts.get("ess_verdict", EssVerdict.TO_CONFIRM) == EssVerdict.TO_CONFIRM:
        found[FlagCode.ESS_TO_CONFIRM, "Dites si cette structure relève de l’ESS."] = None
    if closed_date:
        found[FlagCode.CLOSED, f"La source la dit fermée {_since(closed_date)}."] = None
    judge = judge_point or judge_point_in_database
    main = {name: facts.get(f"place.{name}") for name in PLACE_FIELDS}
    found.update(dict.fromkeys(_doubts_of_place(main, judge), MAIN))
    for place in facts.get(OTHER_PLACES) or ():
        for doubt in _doubts_of_place(place, judge):
            found.setdefault(doubt, place.get("siret"))
    return found


def _doubts_of_place(place: Facts, judge: PointJudge) -> list[Doubt]:
    found: list[Doubt] = []
    siret, label, hours = place.get("siret"), place.get("place_label"), place.get("opening_hours")
    if siret and not check_siret(siret).is_valid:
        found.append((FlagCode.BAD_SIRET, f"Le SIRET {siret} a une clé fausse : vérifiez ses 14 chiffres."))
    if place.get("closed_date"):
        found.append((FlagCode.CLOSED, f"La source dit cet établissement fermé {_since(place['closed_date'])}."))
    if place.get("commune_id") is None and label:
        found.append((FlagCode.UNKNOWN_COMMUNE, f"La commune « {label} » n’est pas reconnue."))
    if hours and not is_readable(hours):
        found.append((FlagCode.BAD_HOURS, f"Horaires illisibles : « {hours} »."))
    latitude, longitude, commune = place.get("latitude"), place.get("longitude"), place.get("commune_id")
    if latitude is not None and longitude is not None and commune:
        found.extend(judge(commune, latitude, longitude))
    return found


def judge_point_in_database(commune_code: str, latitude: float, longitude: float) -> list[Doubt]:
    """Hold a point against the contour of its commune; one query."""
    shape: dict[str, Any] | None = (
        CommuneShape.objects.filter(pk=commune_code).values_list("geometry", flat=True).first()
    )
    if shape is None:
        return []
    return point_doubts(contains(shape, latitude, longitude), lambda: contains(shape, longitude, latitude))


def point_doubts(is_inside: bool, is_inside_when_swapped: Callable[[], bool]) -> list[Doubt]:
    """What to say of a point outside its commune."""
    if is_inside:
        return []
    if is_inside_when_swapped():
        return [(FlagCode.SWAPPED_POINT, "La latitude et la longitude semblent interverties.")]
    return [(FlagCode.OUTSIDE_COMMUNE, "Le point de la carte est en dehors de la commune indiquée.")]


def _since(value: Any) -> str:
    day = date.fromisoformat(value) if isinstance(value, str) else value
    return "à une date inconnue" if day.isoformat() == UNKNOWN_DATE else f"depuis le {day:%d/%m/%Y}"
