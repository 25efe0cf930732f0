"""Reads about places: the territory of the site, its communes, who is near, which commune is meant.

Words: *home* territory = the one this site speaks for; a *perimeter* is the code of a commune (5
characters), of an EPCI or of a territory (SIREN). Neighbours: every room above asks here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, cast

from django.conf import settings
from django.db.models import IntegerField, OuterRef, QuerySet, Subquery, Sum, TextField
from django.db.models.functions import Cast

from maillage.kernel.edition import remembered
from maillage.kernel.text import fold
from maillage.territories.geometry import contains, distance_km
from maillage.territories.models import Commune, CommuneShape, Epci, FormerCommune, Neighbour, Population, Territory

# Circles in which a point looks for its commune: most centres stand near, Guiana's stand far.
SEARCH_RADII_KM = (12.0, 40.0, 250.0)


class Near(NamedTuple):
    """A commune, and how far its centre is (km, as the crow flies)."""

    commune: Commune
    km: float


@dataclass(frozen=True)
class Drawing:
    """The map of a territory ready for SVG: path data per commune code and per EPCI SIREN."""

    view_box: str
    communes: Mapping[str, str]
    epcis: Mapping[str, str]
    territory: str
    west: float
    north: float
    x_per_degree: float
    y_per_degree: float

    def place(self, latitude: float, longitude: float) -> tuple[int, int]:
        """Where a point stands, in units of the drawing."""
        return (
            round((longitude - self.west) * self.x_per_degree),
            round((self.north - latitude) * self.y_per_degree),
        )


@remembered
def home_territory() -> Territory | None:
    """The territory of TERRITORY_SIREN, or the only one loaded; None on an empty database. Not to be changed."""
    territories = Territory.objects.defer("outline", "drawing")
    if settings.TERRITORY_SIREN:
        territories = territories.filter(siren=settings.TERRITORY_SIREN)
    return territories.order_by("siren").first()


def home_name() -> str:
    """Who signs our papers: the name of the territory, « Le territoire » on an empty database."""
    home = home_territory()
    return home.name if home else "Le territoire"


def communes_of(territory: Territory) -> QuerySet[Commune]:
    """Communes of the territory by name, with their EPCI, and `population`, `population_year` of the last census."""
    last = Population.objects.filter(commune=OuterRef("pk")).order_by("-year")
    return (
        Commune.objects.of_territory(territory)
        .select_related("epci")
        .annotate(
            population=Subquery(last.values("municipal")[:1], output_field=IntegerField()),
            population_year=Subquery(last.values("year")[:1], output_field=IntegerField()),
        )
        .by_name()
    )


def epcis_of(territory: Territory) -> list[Epci]:
    """Its communities of communes, in the order of the territory; without their outline."""
    return list(territory.epcis.defer("outline").order_by("position", "slug"))


def home_epcis() -> QuerySet[Epci]:
    """Communities of communes of the territory that this platform serves, in their order; all when there is none."""
    home = home_territory()
    return (Epci.objects.all() if home is None else home.epcis.all()).order_by("position", "siren")


def home_towns(epcis: set[str] | None = None) -> list[tuple[str, str]]:
    """(INSEE code, name) of the communes of that territory, by name; of these EPCI (SIREN) alone when given."""
    home = home_territory()
    rows = Commune.objects.by_name() if home is None else Commune.objects.of_territory(home).by_name()
    return list((rows if epcis is None else rows.filter(epci__in=epcis)).values_list("pk", "name"))


def former_names(territory: Territory) -> dict[str, list[str]]:
    """{commune code: names that stood there before it}, for communes of the territory that have some."""
    names: dict[str, list[str]] = {}
    former = FormerCommune.objects.filter(commune__territories=territory).exclude(name="").order_by("name")
    for code, name in former.values_list("commune_id", "name"):
        names.setdefault(code, []).append(name)
    return names


def drawing_of(territory: Territory) -> Drawing | None:
    """The map drawn when the territory was built, or None when there is none."""
    drawn = Territory.objects.filter(pk=territory.pk).values_list("drawing", flat=True).first()
    if not drawn:
        return None
    return Drawing(
        view_box=" ".join(str(side) for side in drawn["view_box"]),
        **{name: drawn[name] for name in (
            "communes", "epcis", "territory", "west", "north", "x_per_degree", "y_per_degree",
        )},
    )  # fmt: skip


def population_by_year(codes: Iterable[str]) -> dict[int, int]:
    """{census year: people} over these communes; years that not every commune has are left out."""
    wanted = set(codes)
    counted: dict[int, list[int]] = {}
    rows = Population.objects.filter(commune__in=wanted).values_list("year", "municipal").order_by("year")
    for year, municipal in rows:
        counted.setdefault(year, []).append(municipal)
    return {year: sum(people) for year, people in counted.items() if len(people) == len(wanted)}


def population_of_territory(territory: Territory) -> tuple[int, int] | None:
    """(people, census year) of the last census, or None."""
    found = (
        Population.objects.filter(commune__territories=territory)
        .values("year")
        .annotate(people=Sum("municipal"))
        .order_by("-year")
        .values_list("people", "year")
        .first()
    )
    return cast("tuple[int, int] | None", found)


def nearest_communes(
    latitude: float, longitude: float, *, limit: int, among: QuerySet[Commune] | None = None
) -> list[Near]:
    """The `limit` communes whose centres are nearest, nearest first; equal distances by code."""
    communes = Commune.objects.all() if among is None else among
    return _by_distance(communes.filter(latitude__isnull=False), latitude, longitude)[:limit]


def communes_within(
    latitude: float, longitude: float, *, radius_km: float, among: QuerySet[Commune] | None = None
) -> list[Near]:
    """Communes whose centre is at most `radius_km` away, nearest first."""
    communes = Commune.objects.all() if among is None else among
    near = _by_distance(communes.in_box_around(latitude, longitude, radius_km), latitude, longitude)  # type: ignore[attr-defined]
    return [found for found in near if found.km <= radius_km]


def _by_distance(communes: Iterable[Commune], latitude: float, longitude: float) -> list[Near]:
    measured = [
        Near(commune, distance_km(latitude, longitude, commune.latitude, commune.longitude))
        for commune in communes
        if commune.latitude is not None and commune.longitude is not None
    ]
    return sorted(measured, key=lambda near: (near.km, near.commune.code))


def neighbours_of(commune: Commune) -> list[tuple[Neighbour, Commune | None]]:
    """Communes that share a border, by name, each with its own record when it is loaded; two queries."""
    neighbours = sorted(commune.neighbours.all(), key=lambda other: fold(other.name))
    loaded = Commune.objects.in_bulk([other.code for other in neighbours])
    return [(other, loaded.get(other.code)) for other in neighbours]


def commune_by_code(code: str) -> Commune | None:
    """The commune of this code, today's or a former one."""
    found = Commune.objects.select_related("epci").filter(pk=code).first()
    if found is None:
        former = FormerCommune.objects.select_related("commune__epci").filter(pk=code).first()
        found = None if former is None else former.commune
    return found


def resolve_commune(*, code: str = "", name: str = "", postal_code: str = "") -> Commune | None:
    """The one commune that is meant, or None when nothing tells it apart.

    A code decides alone, today's or former. Else the name, folded (accents, ligatures, hyphens, « St »
    as « Saint »), today's or former, together with the postal code when two communes share the name.
    A postal code alone decides only when one commune has it.
    """
    if code.strip():
        return commune_by_code(code.strip().upper())
    postal = postal_code.strip()
    words = _plain(name)
    if not words:
        return _only(_with_postal_code(postal))
    named = list(Commune.objects.select_related("epci").filter(name_key__in={words, fold(name)}))
    if not named:
        former = FormerCommune.objects.select_related("commune__epci").exclude(name="")
        named = list({f.commune_id: f.commune for f in former if _plain(f.name) == words}.values())
    if postal and named:
        in_place = [commune for commune in named if postal in commune.postal_codes]
        # A business post code (CEDEX) is in no list: the name alone then decides, within the department.
        named = in_place or [commune for commune in named if commune.department_code == postal[:2]]
    return _only(named)


def _plain(name: str) -> str:
    words = [word for word in fold(name).split() if word != "cedex" and not (word.isdigit() and len(word) <= 2)]
    return " ".join({"st": "saint", "ste": "sainte"}.get(word, word) for word in words)


def _with_postal_code(postal_code: str) -> list[Commune]:
    if not re.fullmatch(r"[0-9]{5}", postal_code):
        return []
    # As text, a JSON list is asked the same way by both databases.
    listed = Commune.objects.annotate(codes_text=Cast("postal_codes", TextField()))
    return list(listed.filter(codes_text__contains=f'"{postal_code}"').select_related("epci"))


def _only(found: list[Commune]) -> Commune | None:
    return found[0] if len(found) == 1 else None


def perimeter_codes(codes: Iterable[str]) -> frozenset[str]:
    """The commune codes that these perimeters cover; unknown codes cover nothing. At most three queries."""
    wanted = {code.strip().upper() for code in codes if code.strip()}
    short = {code for code in wanted if len(code) == 5}
    long = wanted - short
    found = set(Commune.objects.filter(pk__in=short).values_list("pk", flat=True)) if short else set()
    former = short - found
    if former:
        found |= set(FormerCommune.objects.filter(pk__in=former).values_list("commune_id", flat=True))
    if long:
        found |= set(Commune.objects.filter(epci__in=long).values_list("pk", flat=True))
        found |= set(Commune.objects.filter(territories__in=long).values_list("pk", flat=True))
    return frozenset(found)


def perimeters_over(commune: Commune) -> frozenset[str]:
    """Every perimeter that covers this commune: its code, its EPCI, its territories. One query."""
    territories = commune.territories.values_list("pk", flat=True)
    own = {commune.code, commune.epci_id} - {None}
    return frozenset({*cast("set[str]", own), *territories})


def perimeter_names(codes: Iterable[str]) -> dict[str, str]:
    """{code: French name} of perimeters, unknown ones left out. At most three queries."""
    wanted = set(codes)
    short = {code for code in wanted if len(code) == 5}
    long = wanted - short
    names: dict[str, str] = dict(Commune.objects.filter(pk__in=short).values_list("pk", "name")) if short else {}
    if long:
        names |= dict(Territory.objects.filter(pk__in=long).values_list("pk", "name"))
        names |= {
            siren: f"CC {short_name}" if kind == "CC" else short_name
            for siren, short_name, kind in Epci.objects.filter(pk__in=long).values_list("pk", "short_name", "kind")
        }
    return names


def commune_at(latitude: float, longitude: float) -> Commune | None:
    """The commune whose contour holds the point; None outside every contour loaded."""
    asked: set[str] = set()
    for radius in SEARCH_RADII_KM:
        near = communes_within(latitude, longitude, radius_km=radius)
        fresh = [found.commune for found in near if found.commune.code not in asked]
        asked |= {commune.code for commune in fresh}
        shapes: dict[str, Any] = dict(
            CommuneShape.objects.filter(commune__in=fresh).values_list("commune_id", "geometry")
        )
        for commune in fresh:
            if commune.code in shapes and contains(shapes[commune.code], latitude, longitude):
                return commune
    return None


def search_number(code: str) -> int:
    """The number under which the search knows a commune: its code read in base 36 (Corsica has letters)."""
    return int(code, 36)


def code_of_number(number: int) -> str:
    """The commune code behind a search number."""
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[digit] + digits
    return digits.rjust(5, "0")
