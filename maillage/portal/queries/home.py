"""What the home page and the list of communes show.

Neighbours: views/home.py, views/communes.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from maillage.kernel.text import fold
from maillage.portal.queries.maps import Picture, territory_picture
from maillage.portal.queries.now import Moment, moments
from maillage.portal.queries.organisations import Row, counts_by_commune, published_count, verified_rows
from maillage.territories.models import Commune, Epci, Territory
from maillage.territories.queries import communes_of, epcis_of, former_names, population_of_territory

VERIFIED_ROWS = 3


@dataclass(frozen=True)
class Home:
    """The home page. people: (inhabitants, census year) or None; verified: (row, moment)."""

    communes: list[Commune]
    epcis: list[Epci]
    picture: Picture | None
    organisations: int
    people: tuple[int, int] | None
    verified: list[tuple[Row, Any]]
    moments: list[Moment]


@dataclass(frozen=True)
class CommuneLine:
    """One commune of the list."""

    commune: Commune
    organisations: int


@dataclass(frozen=True)
class CommuneGroup:
    """The communes of one EPCI; epci is None for those without."""

    epci: Epci | None
    lines: list[CommuneLine]


def home_page(territory: Territory | None, at: datetime) -> Home:
    """Gather the home page; an empty database gives an empty page, not an error."""
    if territory is None:
        return Home([], [], None, published_count(), None, [], moments(at))
    communes = list(communes_of(territory))
    epcis = epcis_of(territory)
    return Home(
        communes=communes,
        epcis=epcis,
        picture=territory_picture(territory, communes, epcis, counts_by_commune(territory)),
        organisations=published_count(),
        people=population_of_territory(territory),
        verified=verified_rows(limit=VERIFIED_ROWS),
        moments=moments(at),
    )


def commune_groups(
    territory: Territory, *, words: str, siren: str
) -> tuple[list[CommuneGroup], Picture | None, list[Epci]]:
    """The communes whose name holds `words` (folded) and of the EPCI `siren`, by EPCI then name; with the map."""
    communes = list(communes_of(territory))
    epcis = epcis_of(territory)
    counts = counts_by_commune(territory)
    asked = fold(words)
    former = former_names(territory)
    kept = [
        commune
        for commune in communes
        if (not asked or _holds(commune, former.get(commune.code, []), asked, words.strip()))
        and (not siren or commune.epci_id == siren)
    ]
    groups = [
        CommuneGroup(epci, lines)
        for epci in [*epcis, None]
        if (lines := [_line(commune, counts) for commune in kept if commune.epci_id == (epci and epci.siren)])
    ]
    return groups, territory_picture(territory, communes, epcis, counts), epcis


def _holds(commune: Commune, former: list[str], asked: str, typed: str) -> bool:
    named = asked in commune.name_key or any(asked in fold(name) for name in former)
    return named or typed == commune.code or typed in commune.postal_codes


def _line(commune: Commune, counts: dict[str, int]) -> CommuneLine:
    return CommuneLine(commune, counts.get(commune.code, 0))
