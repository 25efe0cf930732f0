"""The catalogue as agents see it: everything, filtered by its address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from maillage.accounts.models import User
from maillage.aids.models import FIELDS, LABELS, Aid, Reading
from maillage.aids.queries.places import place_labels
from maillage.aids.querysets import AidQuerySet
from maillage.aids.rules import may_keep_aids
from maillage.kernel.text import fold

LISTS = {
    "ouvertes": "Ouvertes", "finies": "Finies", "corrigees": "Corrigées ici", "liens": "Liens à revoir",
    "retirees": "Retirées", "toutes": "Toutes",
}  # fmt: skip


def listed(which: str, *, words: str, source: str, on: date) -> AidQuerySet:
    """One of LISTS, searched. One query."""
    rows: dict[str, AidQuerySet] = {
        "ouvertes": Aid.objects.open(on), "finies": Aid.objects.over(on), "retirees": Aid.objects.withdrawn(),
        "corrigees": Aid.objects.exclude(edited=[]), "liens": Aid.objects.open(on).exclude(link_trouble=""),
    }  # fmt: skip
    found = rows.get(which, Aid.objects.all())
    for word in fold(words).split()[:8]:
        found = found.filter(words_key__contains=word)
    if source:
        found = found.filter(source=source)
    return found.light().order_by("name", "pk")


def sources() -> list[str]:
    """Sources that were ever read. One query."""
    return list(Aid.objects.exclude(source="").order_by("source").values_list("source", flat=True).distinct())


def last_readings() -> list[Reading]:
    return list(Reading.objects.order_by("-at", "-pk")[:3])


@dataclass(frozen=True)
class Corrected:
    """A field that a person corrected, and what the source says of it."""

    field: str
    label: str
    source_says: str


def corrected(aid: Aid) -> list[Corrected]:
    """What was corrected here, in the order of the form."""
    edited = [field for field in FIELDS if field in aid.edited and field in aid.said]
    return [Corrected(field, LABELS[field], _said(aid, field)) for field in edited]


def _said(aid: Aid, field: str) -> str:
    value = aid.said[field]
    if field == "coverage":
        value = place_labels(value)
    if isinstance(value, list):
        told = Aid(**{field: value})
        labels = getattr(told, {"audiences": "audience_labels", "types": "type_labels", "steps": "step_labels",
                                "destinations": "destination_labels"}.get(field, ""), value)  # fmt: skip
        return ", ".join(str(one) for one in labels) or "rien"
    if isinstance(value, bool):
        return "oui" if value else "non"
    return str(value if value is not None else "")[:300] or "rien"


def office_panel(user: User) -> dict[str, Any] | None:
    """On the home of the back office, when links are dead. One query."""
    on = timezone.localdate()
    if not may_keep_aids(user, on=on):
        return None
    dead = Aid.objects.open(on).exclude(link_trouble="").count()
    return {"dead": dead} if dead else None
