"""Small made-up objects for tests: plain functions, every trait an argument with a sober default.

Places are invented around a made-up territory near 50° N, 3° E: communes are squares of 0.1 degree (about
11 km by 7), numbered from west to east, so that distances and contours can be told by heart.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from maillage.accounts.models import User
from maillage.directory import actions
from maillage.directory.models import Organisation
from maillage.kernel.actions import name_source
from maillage.kernel.models import Source
from maillage.kernel.text import fold
from maillage.territories.models import Commune, CommuneShape, Epci, FormerCommune, Territory
from tests.numbers import luhn, siren, siret

__all__ = ["luhn", "siren", "siret"]

AT = datetime(2026, 11, 22, 10, tzinfo=UTC)
TODAY = AT.date()
SOUTH, WEST, SIDE = 50.0, 3.0, 0.1
_numbers = itertools.count(1)


def epci(name: str = "CC des Exemples", **traits: Any) -> Epci:
    number = next(_numbers)
    facts: dict[str, Any] = {
        "siren": f"2{number:08d}", "name": name, "short_name": name, "slug": f"cc-{number}", "kind": "CC",
        "position": number,
    }  # fmt: skip
    return Epci.objects.create(**{**facts, **traits})


def square(column: int, row: int = 0) -> dict[str, Any]:
    """The contour of the commune of this column: a GeoJSON square."""
    south, west = SOUTH + row * SIDE, WEST + column * SIDE
    north, east = south + SIDE, west + SIDE
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def commune(
    code: str,
    name: str,
    *,
    column: int = 0,
    postal_codes: Iterable[str] = ("80200",),
    of: Epci | None = None,
    former: dict[str, str] | None = None,
    with_shape: bool = True,
    **traits: Any,
) -> Commune:
    """A square commune of the made-up territory; `former` = {old code: old name}."""
    facts: dict[str, Any] = {
        "name": name, "name_key": fold(name), "epci": of, "department_code": code[:2], "region_code": "32",
        "postal_codes": list(postal_codes), "latitude": SOUTH + SIDE / 2, "longitude": WEST + (column + 0.5) * SIDE,
        "town_hall_latitude": SOUTH + SIDE / 2, "town_hall_longitude": WEST + (column + 0.5) * SIDE,
        "is_town_hall_reliable": True, "area_km2": 79.0,
    }  # fmt: skip
    made = Commune.objects.create(code=code, **{**facts, **traits})
    if with_shape:
        CommuneShape.objects.create(commune=made, geometry=square(column))
    FormerCommune.objects.bulk_create(
        FormerCommune(code=old, name=label, commune=made) for old, label in (former or {}).items()
    )
    return made


def territory(communes: Iterable[Commune] = (), epcis: Iterable[Epci] = (), **traits: Any) -> Territory:
    facts: dict[str, Any] = {"siren": f"2{next(_numbers):08d}", "slug": "pays-d-essai", "name": "Pays d’essai"}
    made = Territory.objects.create(**{**facts, "kind": Territory.Kind.PETR, **traits})
    made.communes.set(communes)
    made.epcis.set(epcis)
    return made


def small_territory() -> Territory:
    """Five communes in three EPCI that share the postal code 80200, with the traps of real names."""
    north, east, south = epci("CC du Nord"), epci("CC de l’Est"), epci("CC du Sud")
    communes = [
        commune("80620", "Péronne", column=0, of=north, former={"80900": "Sainte-Radegonde"}),
        commune("80829", "Y", column=1, of=east, postal_codes=["80190"]),
        commune("80629", "Pœuilly", column=2, of=north, postal_codes=["80240"]),
        commune("80230", "Hypercourt", column=3, of=south, former={"80254": "Omiécourt", "80506": "Pertain"}),
        commune("80557", "Épénancourt", column=4, of=east),
    ]
    return territory(communes, [north, east, south])


def person(email: str = "bruno@exemple.test", **traits: Any) -> User:
    return User.objects.create_user(email, **traits)


def human_source(name: str = "Bruno, au guichet", on: date = TODAY) -> Source:
    return name_source(kind=Source.Kind.PERSON, title=name, on=on)


def open_source(title: str = "Fichier d’essai", on: date = TODAY) -> Source:
    return name_source(kind=Source.Kind.IMPORT, title=title, on=on)


def organisation(name: str = "Atelier du Port", *, source: Source | None = None, **facts: Any) -> Organisation:
    """A sheet made by the verb; a fact of its place is written `place__siret="…"`."""
    flat = {key.replace("place__", "place."): value for key, value in facts.items()}
    return actions.create_organisation(
        facts={"name": name, **flat}, source=source or open_source("Source d’essai"), by=None, at=AT
    )
