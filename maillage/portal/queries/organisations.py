"""Organisations as the portal shows them: in a commune, near it, serving it, recently verified.

Words: a *row* is what the `result_row` component draws. Only published sheets, only open places.
Neighbours: the commune pages, their poster and the home page.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, TextField
from django.db.models.functions import Cast

from maillage.directory.enums import Status, TermKind
from maillage.directory.models import Establishment, Organisation
from maillage.directory.queries.documents import point_of, summary
from maillage.directory.querysets import OrganisationQuerySet
from maillage.territories.geometry import distance_km
from maillage.territories.models import Commune, Territory
from maillage.territories.queries import nearest_communes, perimeters_over

# How far around a commune one looks for what is near, and in how many communes at most.
NEAR_KM = 30.0
NEAR_COMMUNES = 60
NEAR_PLACES = 400
OPEN_PLACE = Q(organisation__status=Status.PUBLISHED, closed_date__isnull=True)


@dataclass(frozen=True)
class Row:
    """One organisation of a list. distance_km: from the centre of the commune asked about, or None."""

    name: str
    url: str
    family: str
    commune: str
    distance_km: float | None
    summary: str
    tags: list[str]
    is_example: bool
    phone: str


def published_count() -> int:
    """How many sheets the public can read."""
    return Organisation.objects.published().count()


def counts_by_commune(territory: Territory) -> dict[str, int]:
    """{commune code: published organisations that have an open place there}; communes without any left out."""
    rows = (
        Establishment.objects.filter(OPEN_PLACE, commune__territories=territory)
        .values("commune_id")
        .annotate(organisations=Count("organisation", distinct=True))
        .values_list("commune_id", "organisations")
    )
    return dict(rows)


def local_count(commune: Commune) -> int:
    """Published organisations with an open place in the commune."""
    return _in_commune(commune).count()


def local_rows(commune: Commune, *, limit: int) -> list[Row]:
    """Organisations of the commune by name, the examples last, `limit` at most."""
    found = _whole(_in_commune(commune).order_by("is_example", "name_key", "pk"))[:limit]
    return [_row(organisation, _place_in(organisation, commune.code), None) for organisation in found]


def near_rows(commune: Commune, *, limit: int) -> list[Row]:
    """The nearest organisations outside the commune, nearest first, each with its distance in km.

    Looks in the communes whose centre is within NEAR_KM; three reads whatever is found, plus their words.
    """
    if commune.latitude is None or commune.longitude is None:
        return []
    box = Commune.objects.in_box_around(commune.latitude, commune.longitude, NEAR_KM).exclude(pk=commune.pk)
    near = nearest_communes(commune.latitude, commune.longitude, limit=NEAR_COMMUNES, among=box)
    places = Establishment.objects.filter(OPEN_PLACE, commune__in=[found.commune.pk for found in near])
    nearest: dict[int, tuple[float, Establishment]] = {}
    for place in places.exclude(organisation__in=_in_commune(commune)).select_related("commune")[:NEAR_PLACES]:
        latitude, longitude = point_of(place)
        if latitude is None or longitude is None:
            continue
        km = distance_km(commune.latitude, commune.longitude, latitude, longitude)
        kept = nearest.get(place.organisation_id)
        if kept is None or km < kept[0]:
            nearest[place.organisation_id] = (km, place)
    chosen = sorted(nearest, key=lambda pk: (nearest[pk][0], pk))[:limit]
    organisations = {found.pk: found for found in _whole(Organisation.objects.filter(pk__in=chosen))}
    return [_row(organisations[pk], nearest[pk][1], nearest[pk][0]) for pk in chosen if pk in organisations]


def serving_rows(commune: Commune, *, limit: int) -> list[Row]:
    """Organisations that stand elsewhere and say that they serve this commune, by name."""
    said = Q()
    for code in sorted(perimeters_over(commune)):
        said |= Q(area_text__contains=f'"{code}"')
    # As text, a JSON list is asked the same way by both databases.
    serving = (
        Organisation.objects.published()
        .exclude(served_area=[])
        .annotate(area_text=Cast("served_area", TextField()))
        .filter(said)
        .exclude(pk__in=_in_commune(commune))
    )
    found = list(_whole(serving.by_name())[:limit])
    return [_row(organisation, _main_place(organisation), None) for organisation in found]


def verified_rows(*, limit: int) -> list[tuple[Row, Any]]:
    """The sheets verified last, each with the moment; partners of elsewhere are left to their pages."""
    found = Organisation.objects.published().filter(verified_at__isnull=False).order_by("-verified_at", "pk")
    return [
        (_row(organisation, _main_place(organisation), None), organisation.verified_at)
        for organisation in _whole(found)[:limit]
    ]


def _in_commune(commune: Commune) -> OrganisationQuerySet:
    places = Establishment.objects.filter(commune=commune, closed_date__isnull=True)
    return Organisation.objects.published().filter(pk__in=places.values("organisation"))


def _whole(organisations: OrganisationQuerySet) -> OrganisationQuerySet:
    return organisations.with_places().prefetch_related("terms")


def _place_in(organisation: Organisation, code: str) -> Establishment | None:
    return next((place for place in organisation.establishments.all() if place.commune_id == code), None)


def _main_place(organisation: Organisation) -> Establishment | None:
    places: Iterable[Establishment] = organisation.establishments.all()
    return next((place for place in places if place.closed_date is None), None)


def _row(organisation: Organisation, place: Establishment | None, km: float | None) -> Row:
    commune = "" if place is None else place.commune.name if place.commune else place.place_label
    return Row(
        name=organisation.name,
        url=organisation.get_absolute_url(),
        family=organisation.get_family_display(),
        commune=commune,
        distance_km=km,
        summary=summary(organisation),
        tags=[term.label for term in organisation.terms.all() if term.kind == TermKind.SECTOR],
        is_example=organisation.is_example,
        phone=organisation.phone if organisation.has_public_contact else "",
    )
