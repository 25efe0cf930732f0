from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.safestring import SafeString

from maillage.directory.facts import Facts, facts_of
from maillage.directory.forms.hours import OpeningHoursField, keep_hours
from maillage.directory.models import Organisation
from maillage.directory.quality import WEIGHTS, missing_fields
from maillage.kernel.models import Source
from maillage.space import phrases
from maillage.space.forms.ids import PLAIN_IDS
from maillage.space.models import Suggestion
from maillage.territories.models import Commune
from ui.noted import Note, NotedField, NotedForm

MOVED = (
    "Quelqu’un l’a changé entre-temps ; la valeur d’aujourd’hui est « {now} ». Relisez, puis enregistrez de nouveau."
)
CONSENT = "contact_is_public"
PICTURE = "image"
CONTACT = ("phone", "email")
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


class SheetField(NotedField):
    """A field whose hidden start can be renewed without touching what is being typed."""

    def fresh_start(self) -> SafeString:
        """The hidden input that says from which value the page starts, for an answer to a script."""
        return self.as_hidden(attrs={"hx-swap-oob": "true"}, only_initial=True)


class OwnSheetForm(NotedForm):
    """What an organisation's own people say of it; only what they changed is sent on, and not over another's change.

    origins: {field: where its value came from}. mine: what this person changed and that waits; it is shown in the place
    of the sheet's own values. decider: « l’accord d’Alice » when changes of this person wait for it, else "".
    """

    bound_field_class = SheetField
    data: Any

    def __init__(
        self,
        data: Any = None,
        *,
        organisation: Organisation,
        origins: Mapping[str, Source] | None = None,
        mine: Suggestion | None = None,
        decider: str = "",
    ) -> None:
        self.sheet: Facts = facts_of(organisation)
        self.waiting: Facts = {} if mine is None else mine.facts
        self.now: Facts = {**self.sheet, **self.waiting}
        consents = bool(self.now["contact_consent_at"])
        initial = {name: self.now.get(name) or "" for _, names in SECTIONS for name in names if name != CONSENT}
        super().__init__(data, initial={**initial, CONSENT: consents}, auto_id=PLAIN_IDS)
        self._add_fields()
        keep_hours(self.fields["place.opening_hours"], self.now.get("place.opening_hours"))
        self.is_public, self.decider = organisation.is_public, decider
        notes = {name: self._note(name, origins or {}) for name in self.fields}
        self.notes = {name: note for name, note in notes.items() if note is not None}

    def _add_fields(self) -> None:
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
            "place.opening_hours": OpeningHoursField(show_hidden_initial=True),
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

    def _note(self, name: str, origins: Mapping[str, Source]) -> Note | None:
        """Who reads the value, and where it comes from, in one line."""
        fact = "contact_consent_at" if name == CONSENT else name
        if fact in self.waiting:
            return Note(f"Attend {self.decider}", icon="clock")
        source = origins.get(fact) if self.sheet.get(fact) else None
        said = "" if source is None else phrases.origin_words(source.kind, source.title, source.date)
        if name == CONSENT:
            return Note(said) if said else None
        if name in CONTACT and not self.sheet["contact_consent_at"]:
            return Note(said, phrases.KEPT, "lock")
        return Note(said, phrases.PUBLIC if self.is_public else phrases.LATER, "world")

    @property
    def decision_awaited(self) -> str:
        """« Votre changement attend l’accord d’Alice. »; "" for those who need nobody's."""
        return f"Votre changement attend {self.decider}." if self.decider else ""

    def after(self, changed: Iterable[str]) -> list[BoundField]:
        """The fields whose start or note is another once these were saved; the contact's hang on its consent."""
        names = {*changed, *(CONTACT if CONSENT in changed else ())}
        return [self[name] for name in self.fields if name in names]

    def faults(self) -> list[str]:
        """« Site internet : … », one for each error."""
        return [
            f"{self[name].label}\u00a0: {error}" if name in self.fields else str(error)
            for name, errors in self.errors.items()
            for error in errors
        ]

    def help_wanted(self) -> list[tuple[str, str]]:
        """The three fields at most that would help readers most: (identifier of the field, or "image"; its words)."""
        found = [(self._anchor(field), WEIGHTS[field][1]) for field in missing_fields(self.now)]
        return [pair for pair in found if pair[0]][:3]

    def _anchor(self, field: str) -> str:
        if field == "contact":
            has_one = self.now.get("email") or self.now.get("phone")
            field = CONSENT if has_one else "phone"
        if field == "picture_id":
            return PICTURE
        return self[field].auto_id if field in self.fields else ""

    def sections(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Titles with their fields, in the order of the page."""
        return [(title, [self[name] for name in names]) for title, names in SECTIONS]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        for name in self.changed_data:
            now = self._shown(name)
            if name != CONSENT and name in data and self._was(name) != now:
                self.add_error(name, MOVED.format(now=now or "vide"))
                # Shown again, the page starts from today's value: saying it once more is then a choice.
                self.data = {**{key: self.data.get(key) for key in self.data}, self.add_initial_prefix(name): now}
        return data

    def _shown(self, name: str) -> str:
        """What the page shows of a field today."""
        return str(self.fields[name].prepare_value(self.now.get(name)) or "")

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
