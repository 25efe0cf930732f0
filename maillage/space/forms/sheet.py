from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms

from maillage.directory.facts import Facts, facts_of
from maillage.directory.models import Organisation
from maillage.space.forms.ids import PLAIN_IDS
from maillage.territories.models import Commune

MOVED = (
    "Quelqu’un l’a changé entre-temps ; la valeur d’aujourd’hui est « {now} ». Relisez, puis enregistrez de nouveau."
)
CONSENT = "contact_is_public"
SECTIONS = (
    ("Qui nous sommes", ("name", "acronym", "description", "activities", "services")),
    ("Où nous trouver", ("place.address", "place.postal_code", "place.commune_id", "place.opening_hours")),
    ("Nous joindre", ("website", "phone", "email", CONSENT)),
)


def _long(label: str, hint: str = "") -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 4})
    return forms.CharField(
        label=label, max_length=5_000, required=False, widget=area, help_text=hint, show_hidden_initial=True
    )


def _short(label: str, limit: int = 255, hint: str = "", *, required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=limit, required=required, help_text=hint, show_hidden_initial=True
    )  # fmt: skip


class OwnSheetForm(forms.Form):
    """What an organisation's own people say of it; only what they changed is sent on, and not over another's change."""

    data: Any

    def __init__(self, data: Any = None, *, organisation: Organisation) -> None:
        self.now: Facts = facts_of(organisation)
        self.had_consent = organisation.contact_consent_at is not None
        initial = {name: self.now.get(name) or "" for _, names in SECTIONS for name in names if name != CONSENT}
        super().__init__(data, initial={**initial, CONSENT: self.had_consent}, auto_id=PLAIN_IDS)
        communes = [("", "Choisissez")] + [(one.pk, one.name) for one in Commune.objects.order_by("name")]
        self.fields.update({
            "name": _short("Nom", required=True),
            "acronym": _short("Sigle", 100),
            "description": _long("Présentation", "Ce que vous faites, pour qui, en quelques phrases simples."),
            "activities": _long("Activités"),
            "services": _long("Services rendus", "Ce qu’une personne, une mairie ou une structure peut vous demander."),
            "place.address": _short("Adresse", hint="Numéro et rue."),
            "place.postal_code": _short("Code postal", 5),
            "place.commune_id": forms.ChoiceField(
                label="Commune", choices=communes, required=False, show_hidden_initial=True
            ),
            "place.opening_hours": _short("Horaires", hint="Par exemple Mo-Fr 09:00-12:00,14:00-17:00."),
            "website": forms.URLField(
                label="Site internet", required=False, max_length=500, assume_scheme="https", show_hidden_initial=True
            ),
            "phone": _short("Téléphone", 20),
            "email": forms.EmailField(
                label="Adresse électronique", required=False, show_hidden_initial=True,
                help_text="Nous vous y écrivons. Elle n’est montrée que si vous le dites ci-dessous.",
            ),
            CONSENT: forms.BooleanField(
                label="Montrer ce téléphone et cette adresse à tout le monde", required=False, show_hidden_initial=True
            ),
        })  # fmt: skip

    def sections(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Titles with their fields, in the order of the page."""
        return [(title, [self[name] for name in names]) for title, names in SECTIONS]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        for name in self.changed_data:
            if name != CONSENT and name in data and self._was(name) != str(self.now.get(name) or ""):
                self.add_error(name, MOVED.format(now=self.now.get(name) or "vide"))
                # Shown again, the page starts from today's value: saying it once more is then a choice.
                self.data = {
                    **{key: self.data.get(key) for key in self.data},
                    self.add_initial_prefix(name): str(self.now.get(name) or ""),
                }
        return data

    def _was(self, name: str) -> str:
        """What the page showed when it was opened."""
        return str(self.data.get(self.add_initial_prefix(name), "")).replace("\r\n", "\n")

    def seen(self) -> Facts:
        """What the fields that were changed said when the page was opened."""
        return {name: self.now.get(name) for name in self.changed_data if name != CONSENT}

    def facts(self, at: datetime) -> Facts:
        """What was changed, as facts for the directory's verb."""
        said: Facts = {}
        for name in self.changed_data:
            value = self.cleaned_data[name]
            if name == CONSENT:
                said["contact_consent_at"] = at if value else None
                said["contact_consent_note"] = "Par la structure, depuis son espace" if value else ""
            else:
                said[name] = value or (None if name == "place.commune_id" else "")
        return said
