from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from maillage.accounts.strangers import StrangerForm
from maillage.directory.facts import Facts, facts_of
from maillage.directory.forms.hours import OpeningHoursField, keep_hours
from maillage.directory.models import Organisation
from maillage.directory.phrases import FIELD_LABELS
from maillage.space.forms.ids import PLAIN_IDS
from maillage.space.models import Suggestion
from maillage.territories.models import Commune
from ui.noted import Prefill, PrefilledForm

SECTIONS = (
    ("La structure", "nom, présentation, activités", ("name", "acronym", "description", "activities", "services")),
    (
        "Où la trouver",
        "adresse, horaires",
        ("place.address", "place.postal_code", "place.commune_id", "place.opening_hours"),
    ),
    ("La joindre", "téléphone, courriel, site", ("phone", "email", "website")),
)
FIELDS = tuple(name for _, _, names in SECTIONS for name in names)
CLOSED = "closed"
LONG = {"description", "activities", "services"}
LIMITS = {"acronym": 100, "place.postal_code": 5, "phone": 20}
HINTS = {
    "phone": "Un numéro de la structure, pas celui d’une personne.",
    "email": "Une adresse de la structure, pas celle d’une personne.",
}


class SuggestionForm(StrangerForm, PrefilledForm):
    """What a visitor would correct: today's public values, to be changed; nothing here is published."""

    note = forms.CharField(
        label="Qu’est-ce qui ne va pas\u202f?", max_length=1_000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Avec vos mots\u00a0: ce que vous savez, et comment vous le savez.",
    )  # fmt: skip
    author = forms.CharField(
        label="Votre nom", max_length=120, required=False, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    author_email = forms.EmailField(
        label="Votre adresse électronique", max_length=254, required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text="Pour savoir ce qui a été gardé. Elle ne sert à rien d’autre.",
    )  # fmt: skip

    def __init__(
        self, data: Any = None, *, organisation: Organisation, is_own: bool = False, prefills: Iterable[Prefill] = ()
    ) -> None:
        """is_own: the organisation itself reads, by its letter; others see a contact only when it is public."""
        now = facts_of(organisation)
        shown = FIELDS if is_own or organisation.has_public_contact else tuple(set(FIELDS) - {"phone", "email"})
        initial = {name: now.get(name) or "" for name in shown}
        super().__init__(data, prefills=prefills, initial=initial, auto_id=PLAIN_IDS)
        self.fields.update({name: self._field(name) for name in FIELDS})
        keep_hours(self.fields["place.opening_hours"], now.get("place.opening_hours"))
        self.fields[CLOSED] = forms.BooleanField(label="Cette structure a fermé", required=False)
        self.is_own = is_own

    def _field(self, name: str) -> forms.Field:
        words: dict[str, Any] = {
            "label": FIELD_LABELS[name].replace(" (code INSEE)", ""),
            "required": False,
            "help_text": HINTS.get(name, ""),
            "show_hidden_initial": True,
        }
        if name == "place.commune_id":
            communes = Commune.objects.order_by("name").values_list("pk", "name")
            return forms.ChoiceField(choices=[("", "Choisissez"), *communes], **words)
        if name == "place.opening_hours":
            return OpeningHoursField(label=words["label"], show_hidden_initial=True)
        if name == "website":
            return forms.URLField(max_length=500, assume_scheme="https", **words)
        if name == "email":
            return forms.EmailField(max_length=254, **words)
        if name in LONG:
            return forms.CharField(max_length=5_000, widget=forms.Textarea(attrs={"rows": 4}), **words)
        return forms.CharField(max_length=LIMITS.get(name, 255), **words)

    def sections(self) -> list[tuple[str, str, list[forms.BoundField]]]:
        """Titles, what is inside, and the fields, in the order of the page."""
        return [(title, hint, [self[name] for name in names]) for title, hint, names in SECTIONS]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if "name" in self.changed_data and not data.get("name"):
            self.add_error("name", "Une structure a toujours un nom.")
        return data

    def facts(self, today: str) -> Facts:
        """What was changed, as facts of a sheet. today: ISO date, for a structure that closed."""
        said: Facts = {name: self._said(name) for name in self.changed_data if name in FIELDS}
        return {**said, "closed_date": today} if self.cleaned_data.get(CLOSED) else said

    def _said(self, name: str) -> Any:
        return self.cleaned_data[name] or (None if name == "place.commune_id" else "")

    def as_seen(self) -> Facts:
        """What the page showed of these fields when it was opened."""
        return {name: self.data.get(self.add_initial_prefix(name), "") for name in self.changed_data if name in FIELDS}


class DecisionForm(forms.Form):
    """Which fields are kept, and why not the others."""

    keep = forms.MultipleChoiceField(required=False)
    reason = forms.CharField(
        label="Pourquoi pas le reste\u202f?", max_length=300, required=False,
        help_text="La personne qui a proposé le lira. Trois cents signes au plus.",
    )  # fmt: skip
    today = forms.JSONField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, suggestion: Suggestion, today: Facts) -> None:
        super().__init__(data, initial={"today": today})
        self.fields["keep"].choices = [(name, name) for name in suggestion.facts]  # type: ignore[attr-defined]
