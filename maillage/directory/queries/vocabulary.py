"""The words that a screen of the directory needs to name its filters, in two queries.

Neighbours: `forms` checks what is asked against it; lists, chips, exports and the API take labels from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from maillage.directory.enums import Family, QualificationKind, TermKind
from maillage.directory.models import Term
from maillage.kernel.edition import remembered
from maillage.kernel.text import fold
from maillage.territories.models import Commune
from maillage.territories.queries import home_territory


@dataclass(frozen=True)
class Place:
    """A commune as a filter knows it; the centre may be missing."""

    code: str
    name: str
    key: str
    epci: str
    latitude: float | None
    longitude: float | None


@dataclass(frozen=True)
class Vocabulary:
    """labels: {facet of the search: {value: French label}}, in the order to show; communes: those of the territory
    first, and those that were asked for."""

    labels: Mapping[str, Mapping[str, str]]
    communes: Mapping[str, Place]
    postal_codes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def label(self, facet: str, value: str) -> str:
        """The French words of a value; the value itself when nobody knows it."""
        return self.labels.get(facet, {}).get(value, value)

    def knows(self, facet: str, value: str) -> bool:
        return value in self.labels.get(facet, {})

    def find_place(self, words: str) -> tuple[str, tuple[str, ...]] | None:
        """What a person typed as a place: ("commune", codes) or ("cc", codes), or None.

        Names are compared folded; a postal code gives all its communes; the start of one single name is enough.
        """
        key = fold(words)
        if not key:
            return None
        if key in self.postal_codes:
            return "commune", self.postal_codes[key]
        exact = tuple(place.code for place in self.communes.values() if key in (place.key, place.code.lower()))
        if exact:
            return "commune", exact
        groups = tuple(
            code
            for code, name in self.labels.get("cc", {}).items()
            if key in (fold(name), fold(name.removeprefix("CC ")))
        )
        if groups:
            return "cc", groups
        started = tuple(place.code for place in self.communes.values() if place.key.startswith(key))
        return ("commune", started) if len(started) == 1 and len(key) >= 3 else None


def vocabulary(communes: Iterable[str] = ()) -> Vocabulary:
    """The words of the home territory, and of these communes (codes) when they are elsewhere."""
    return _vocabulary(tuple(sorted(communes)))


@remembered
def _vocabulary(communes: tuple[str, ...]) -> Vocabulary:
    labels: dict[str, dict[str, str]] = {
        "family": dict(Family.choices),
        "qualification": dict(QualificationKind.choices),
        "sector": {},
        "theme": {},
        "target_group": {},
        "cc": {},
        "commune": {},
        "department": {},
    }
    facets = {TermKind.SECTOR: "sector", TermKind.THEME: "theme", TermKind.TARGET_GROUP: "target_group"}
    for kind, code, label in Term.objects.order_by("kind", "position", "label").values_list("kind", "code", "label"):
        labels[facets[TermKind(kind)]][code] = label
    places: dict[str, Place] = {}
    by_postal_code: dict[str, list[str]] = {}
    for row in _commune_rows(communes):
        code, name, key, latitude, longitude, postal_codes, epci, epci_name, epci_kind, department = row
        is_bare = epci_kind == "CC" and not epci_name.startswith("CC ")
        epci_name = f"CC {epci_name}" if is_bare else epci_name
        places[code] = Place(code, name, key, epci_name or "", latitude, longitude)
        labels["commune"][code] = name
        labels["department"][department] = department
        if epci:
            labels["cc"][epci] = epci_name
        for postal_code in postal_codes:
            by_postal_code.setdefault(postal_code, []).append(code)
    return Vocabulary(labels, places, {code: tuple(found) for code, found in by_postal_code.items()})


def _commune_rows(
    communes: Iterable[str],
) -> Iterable[tuple[str, str, str, float | None, float | None, Any, str, str, str, str]]:
    home = home_territory()
    wanted = Q(pk__in=list(communes))
    if home is not None:
        inside = Commune.objects.of_territory(home).values("pk")
        wanted |= Q(pk__in=inside)
    rows = Commune.objects.filter(wanted).by_name()
    return rows.values_list(
        "code", "name", "name_key", "latitude", "longitude", "postal_codes", "epci_id", "epci__short_name",
        "epci__kind", "department_code",
    )  # fmt: skip


def names_of_communes(codes: Iterable[str]) -> dict[str, str]:
    """{code: name} of communes out of the territory, for the facets that show them."""
    return dict(Commune.objects.filter(pk__in=list(codes)).values_list("code", "name"))
