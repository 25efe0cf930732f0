"""Values of a sheet as a person reads them: labels instead of codes, French dates, names of communes.

Neighbours: the back office and the organisations' own space show differences with these.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from wagtail.images import get_image_model

from maillage.directory import phrases
from maillage.directory.enums import EssVerdict, Family, HeadcountBand, NafVersion, QualificationKind, Status
from maillage.directory.facts import DATES, MOMENTS, Changes
from maillage.directory.models import Term
from maillage.kernel.models import JournalEntry
from maillage.territories.models import Commune, Epci
from ui import french

EMPTY = "(vide)"
CHOICES: dict[str, dict[str, str]] = {
    "family": dict(Family.choices),
    "status": dict(Status.choices),
    "ess_verdict": dict(EssVerdict.choices),
    "naf_version": dict(NafVersion.choices),
    "headcount_band": dict(HeadcountBand.choices),
    "ess_reason": phrases.ESS_REASONS,
}


@dataclass(frozen=True)
class Line:
    """One field that changed: French label, value before, value after."""

    field: str
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Names:
    """The names that codes stand for, read once for a whole page."""

    communes: dict[str, str]
    perimeters: dict[str, str]
    terms: dict[str, str]
    pictures: dict[int, str]


def names_for(changes: Iterable[Changes]) -> Names:
    """What is needed to say these changes: at most four queries, whatever their number."""
    values: dict[str, set[Any]] = {"place.commune_id": set(), "served_area": set(), "picture_id": set()}
    with_terms = False
    for one in changes:
        with_terms = with_terms or "terms" in one
        for field in values.keys() & one.keys():
            for value in one[field]:
                values[field].update(value if isinstance(value, list) else [value] if value else [])
    codes = values["place.commune_id"] | values["served_area"]
    communes = dict(Commune.objects.filter(pk__in=codes).values_list("pk", "name")) if codes else {}
    area = values["served_area"]
    return Names(
        communes=communes,
        perimeters=dict(Epci.objects.filter(pk__in=area).values_list("pk", "short_name")) if area else {},
        terms={f"{term.kind}:{term.code}": term.label for term in Term.objects.all()} if with_terms else {},
        pictures=dict(get_image_model().objects.in_bulk(values["picture_id"])) if values["picture_id"] else {},
    )


def lines(changes: Changes, names: Names) -> list[Line]:
    """A difference, field by field, in the order of the sheet."""
    order = list(phrases.FIELD_LABELS)
    fields = sorted(changes, key=lambda field: order.index(field) if field in order else len(order))
    return [
        Line(field, label(field), say(field, changes[field][0], names), say(field, changes[field][1], names))
        for field in fields
    ]


def label(field: str) -> str:
    return phrases.FIELD_LABELS.get(field, field)


def act_label(act: JournalEntry) -> str:
    """What was done, in French."""
    return phrases.VERBS.get(act.verb, act.verb)


def say(field: str, value: Any, names: Names) -> str:
    """One value in words; « (vide) » when there is none."""
    if value is None or value in ("", []):
        return EMPTY
    if isinstance(value, bool):
        return "oui" if value else "non"
    if field in CHOICES:
        return CHOICES[field].get(str(value), str(value))
    if field in DATES and isinstance(value, str):
        return french.day(date.fromisoformat(value))
    if field in MOMENTS and isinstance(value, str):
        moment = datetime.fromisoformat(value)
        return f"{french.day(moment)} à {french.time(moment)}"
    return _say_code(field, value, names)


def _say_code(field: str, value: Any, names: Names) -> str:
    if field == "place.commune_id":
        return f"{names.communes[value]} ({value})" if value in names.communes else str(value)
    if field == "served_area":
        return ", ".join(names.perimeters.get(code) or names.communes.get(code, code) for code in value)
    if field == "terms":
        return ", ".join(names.terms.get(code, code) for code in value)
    if field == "picture_id":
        return str(names.pictures.get(value, f"image {value}"))
    if field == "qualifications":
        return " ; ".join(_say_qualification(held) for held in value)
    if field == "other_places":
        return "\n".join(_say_place(place) for place in value)
    if field == "former_slugs":
        return ", ".join(value)
    if isinstance(value, float):
        return str(value).replace(".", ",")
    return str(value)


def _say_place(place: dict[str, Any]) -> str:
    words = [place.get("name"), place.get("address"), place.get("postal_code"), place.get("place_label")]
    number = f"SIRET {place['siret']}" if place.get("siret") else ""
    return ", ".join(str(word) for word in [*words, number] if word) or "un lieu sans adresse"


def _say_qualification(held: dict[str, Any]) -> str:
    kinds = dict(QualificationKind.choices)
    words = [kinds.get(held.get("kind", ""), str(held.get("kind", "")))]
    if held.get("number"):
        words.append(f"n° {held['number']}")
    if held.get("start_date"):
        words.append(f"depuis le {french.day(date.fromisoformat(held['start_date']))}")
    if held.get("end_date"):
        words.append(f"jusqu’au {french.day(date.fromisoformat(held['end_date']))}")
    return ", ".join(words)
