"""The flat form of a sheet: one dictionary of JSON values, the same for forms, imports, history and undo.

Keys: plain fields of Organisation; `place.<field>` for its main establishment; `terms`, a sorted list
of "kind:code"; `qualifications`, a list of {kind, number, start_date, end_date, evidence}.
Dates and moments are ISO strings. Neighbours: `actions` writes it, `backoffice` shows its differences.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from maillage.directory.models import Establishment, Organisation

Facts = dict[str, Any]
Changes = dict[str, list[Any]]

PLAIN_FIELDS = (
    "name", "acronym", "legal_name", "siren", "rna", "family", "legal_form", "naf_code", "naf_version",
    "description", "activities", "services", "served_area", "website", "email", "phone", "contact_consent_at",
    "contact_consent_note", "picture_id", "picture_alt", "picture_credit", "ess_verdict", "ess_reason",
    "ess_overridden", "ess_note", "headcount_band", "headcount_note", "creation_date", "closed_date", "status",
    "is_example", "is_partner", "verified_at",
)  # fmt: skip
PLACE_FIELDS = (
    "siret", "name", "is_head_office", "address", "postal_code", "commune_id", "place_label", "latitude",
    "longitude", "is_point_exact", "opening_hours", "closed_date",
)  # fmt: skip
OTHER_PLACES = "other_places"
QUALIFICATION_FIELDS = ("kind", "number", "start_date", "end_date", "evidence")
NULLABLE = frozenset({
    "siren", "contact_consent_at", "picture_id", "creation_date", "closed_date", "verified_at", "place.siret",
    "place.commune_id", "place.latitude", "place.longitude", "place.closed_date",
})  # fmt: skip
DATES = frozenset({"creation_date", "closed_date", "place.closed_date", "start_date", "end_date"})
MOMENTS = frozenset({"contact_consent_at", "verified_at"})


def to_json(value: Any) -> Any:
    """A value as the journal keeps it."""
    return value.isoformat() if isinstance(value, (date, datetime)) else value


def from_json(field: str, value: Any) -> Any:
    """A value as the model wants it; dates may come as dates or as ISO strings."""
    if field in NULLABLE and value in ("", None):
        return None
    if field in MOMENTS and isinstance(value, str):
        return datetime.fromisoformat(value)
    if field in DATES and isinstance(value, str):
        return date.fromisoformat(value)
    return value


def facts_of(organisation: Organisation) -> Facts:
    """The sheet as it stands; prefetch establishments, terms and qualifications when there are many."""
    facts: Facts = {name: to_json(getattr(organisation, name)) for name in PLAIN_FIELDS}
    places = list(organisation.establishments.all())
    place = main_place(places)
    for name in PLACE_FIELDS:
        facts[f"place.{name}"] = None if place is None else to_json(getattr(place, name))
    facts["terms"] = sorted(f"{term.kind}:{term.code}" for term in organisation.terms.all())
    facts["qualifications"] = sorted(
        (
            {name: to_json(getattr(held, name)) for name in QUALIFICATION_FIELDS}
            for held in organisation.qualifications.all()
        ),
        key=lambda held: (held["kind"], held["number"]),
    )
    facts[OTHER_PLACES] = sorted((_place_facts(other) for other in places if not other.is_main), key=place_key)
    return facts


def _place_facts(place: Establishment) -> Facts:
    values = ((name, to_json(getattr(place, name))) for name in PLACE_FIELDS)
    return {name: value for name, value in values if value not in ("", None, False)}


def place_key(place: Facts) -> tuple[str, str, str]:
    """The order of other places: by SIRET, then address, then name."""
    return str(place.get("siret") or ""), str(place.get("address") or ""), str(place.get("name") or "")


def main_place(places: Iterable[Establishment]) -> Establishment | None:
    """The establishment shown first, if any."""
    return next((place for place in places if place.is_main), None)


def differences(before: Facts, after: Facts) -> Changes:
    """{field: [before, after]} for the fields of `after` that differ; empty string and None are one."""
    changes: Changes = {}
    for field, value in after.items():
        new, old = to_json(value), before.get(field)
        if new != old and not (new in ("", None, []) and old in ("", None, [])):
            changes[field] = [old, new]
    return changes
