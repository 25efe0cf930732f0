"""What an organisation said once and for all, with where each thing comes from: for its own pages, and for forms.

Words: a *told* fact has a value, its words and its origin; a form that takes it shows that origin beside the field.
Neighbours: every form of the rooms above calls `profile_for`, on behalf of a person whom `rules.may_revise` allows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet, Sum
from django.utils import timezone

from maillage.directory.facts import main_place
from maillage.directory.models import Organisation
from maillage.directory.phrases import FIELD_LABELS
from maillage.kernel.models import Source
from maillage.space.models import Attachment, Profile
from maillage.space.models.attachment import SOON
from ui import french

OWN = "le profil privé de la structure"
_SHEET = ("name", "legal_name", "siren", "rna", "email", "phone", "website")
_PLACE = ("siret", "address", "postal_code")
_PROFILE = (
    "representative_name", "representative_role", "representative_email", "representative_phone", "volunteers",
    "employees_fte", "budget_band", "insurer", "insurance_number", "insured_until", "approvals",
)  # fmt: skip


@dataclass(frozen=True)
class Told:
    """One fact. value: as the column holds it; words: French, as shown; origin: French; on: when it was said."""

    key: str
    label: str
    value: Any
    words: str
    origin: str
    on: date | None


@dataclass(frozen=True)
class ReusableProfile:
    """All that forms may take. facts: by key, only what is known; attachments: by kind, expired ones included."""

    facts: dict[str, Told]
    attachments: tuple[Attachment, ...]


def profile_for(organisation: Organisation) -> ReusableProfile:
    """The facts and documents of an organisation with their provenance; five queries, whatever it holds.

    Keys of facts: those of directory/facts.py for the sheet (`place.…` for its main place), the fields of Profile.
    Private: ask `rules.may_revise` first, and say to the person what was taken and from where.
    """
    facts = {told.key: told for told in (*_from_sheet(organisation), *_from_profile(organisation))}
    return ReusableProfile(facts, tuple(attachments_of(organisation)))


def attachments_of(organisation: Organisation) -> QuerySet[Attachment]:
    """Its documents, by kind then by age."""
    return Attachment.objects.filter(organisation=organisation).order_by("kind", "-document_date", "pk")


def attachment_rows(organisation: Organisation, *, on: date) -> list[tuple[Attachment, str, str]]:
    """(document, when it expires in French, tone of its badge), for the page of the profile. One query."""
    return [(one, *expiry_words(one, on=on)) for one in attachments_of(organisation)]


def bytes_held(organisation: Organisation) -> int:
    """How much of its quota an organisation uses."""
    return int(Attachment.objects.filter(organisation=organisation).aggregate(total=Sum("size"))["total"] or 0)


def expiry_words(attachment: Attachment, *, on: date) -> tuple[str, str]:
    """When it expires in French, and the tone of its badge: "late", "warning" or "neutral"; two "" when it does not."""
    until = attachment.expires_on
    if until is None:
        return "", ""
    if until < on:
        return f"expirée depuis le {french.day(until)}", "late"
    days = (until - on).days
    if until - on > SOON:
        return f"valable jusqu’au {french.day(until)}", "neutral"
    return {0: "expire aujourd’hui", 1: "expire demain"}.get(days, f"expire dans {days}\u00a0jours"), "warning"


def _from_sheet(organisation: Organisation) -> Iterator[Told]:
    place = main_place(organisation.establishments.select_related("commune"))
    values = {name: getattr(organisation, name) for name in _SHEET}
    if place is not None:
        values |= {f"place.{name}": getattr(place, name) for name in _PLACE}
        values["place.commune_id"] = place.commune_id
    sources = Source.objects.in_bulk({pk for key, pk in organisation.sources.items() if key in values})
    for key, value in values.items():
        if value in ("", None):
            continue
        words = place.commune.name if key == "place.commune_id" and place and place.commune else str(value)
        source = sources.get(organisation.sources.get(key, 0))
        label = FIELD_LABELS[key].replace(" (code INSEE)", "")
        origin = "la fiche de l’annuaire" + (f" ({source.title})" if source else "")
        yield Told(key, label, value, words, origin, source.date if source else None)


def _from_profile(organisation: Organisation) -> Iterator[Told]:
    kept = Profile.objects.filter(organisation=organisation).first()
    if kept is None:
        return
    for name in _PROFILE:
        value = getattr(kept, name)
        if value in ("", None):
            continue
        label = str(Profile._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
        words = kept.get_budget_band_display() if name == "budget_band" else _words(value)
        yield Told(name, label[:1].upper() + label[1:], value, words, OWN, timezone.localdate(kept.updated_at))


def _words(value: Any) -> str:
    if isinstance(value, date):
        return french.day(value)
    return str(value).replace(".", ",") if not isinstance(value, str) else value
