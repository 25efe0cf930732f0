from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.dateparse import parse_datetime

from maillage.aids.enums import AidType, Audience, Destination, Recurrence, Step
from maillage.aids.models import FIELDS, Aid
from maillage.aids.queries.places import national, place_labels
from maillage.aids.queries.published import theme_labels
from maillage.directory.models import Organisation
from maillage.kernel.text import fold
from maillage.space.models import Membership
from maillage.territories.models import Commune, Epci

_NAMES = {"financers": "Qui finance", "instructors": "Qui instruit les dossiers", "programmes": "Programmes"}
_NUMBERS = (
    "rate_min_percent", "rate_max_percent", "amount_min", "amount_max", "loan_amount", "advance_amount",
)  # fmt: skip
_LISTS = {"audiences": Audience, "types": AidType, "steps": Step, "destinations": Destination}
_MOST_ORGANISATIONS = 300


def _texts(label: str, rows: int, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label, required=False, widget=forms.Textarea(attrs={"rows": rows}), help_text=help_text
    )


def _day(label: str) -> forms.DateField:
    return forms.DateField(
        label=label, required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Écrivez une date, par exemple 31/03/2027."},
    )  # fmt: skip


def _ticks(label: str, choices: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, required=False, choices=choices, widget=forms.CheckboxSelectMultiple
    )  # fmt: skip


def _euros(label: str) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, required=False, min_value=0, error_messages={"invalid": "Écrivez un nombre entier."}
    )


class AidForm(forms.Form):
    """Every field of an aid. Lists of names: one a line; places too, by their names."""

    name = forms.CharField(label="Nom", max_length=250, error_messages={"required": "Donnez un nom à l’aide."})
    short_title = forms.CharField(label="Nom court", max_length=250, required=False)
    financers = _texts(_NAMES["financers"], 2, "Un nom par ligne.")
    instructors = _texts(_NAMES["instructors"], 2, "Un nom par ligne.")
    programmes = _texts(_NAMES["programmes"], 2, "Un nom par ligne.")
    description = _texts("En quoi elle consiste", 8, "Du texte, ou du HTML simple\u00a0: le reste est enlevé.")
    eligibility = _texts("Conditions", 5)
    perimeter = forms.CharField(label="Où, en toutes lettres", max_length=250, required=False)
    coverage = _texts(
        "Lieux couverts",
        3,
        "Un lieu par ligne\u00a0: France, une région, un département, une communauté de communes, une commune.",
    )
    audiences = _ticks("Pour qui", Audience.choices)
    types = _ticks("Ce qu’elle apporte", AidType.choices)
    steps = _ticks("À quel moment", Step.choices)
    destinations = _ticks("Pour payer", Destination.choices)
    themes = _ticks("Sujets", ())
    recurrence = forms.ChoiceField(
        label="Fréquence", required=False, choices=[("", "On ne sait pas"), *Recurrence.choices]
    )
    is_call = forms.BooleanField(label="C’est un appel à projets", required=False)
    start_date = _day("Ouverture")
    predeposit_date = _day("Prédépôt, jusqu’au")
    deadline_date = _day("Date limite")
    rate_min_percent = _euros("Taux le plus bas (%)")
    rate_max_percent = _euros("Taux le plus haut (%)")
    amount_min = _euros("Montant le plus bas (€)")
    amount_max = _euros("Montant le plus haut (€)")
    loan_amount = _euros("Montant du prêt (€)")
    advance_amount = _euros("Montant de l’avance (€)")
    origin_url = forms.CharField(label="Page de l’aide", max_length=700, required=False)
    application_url = forms.CharField(label="Où la demander", max_length=700, required=False)
    contact = _texts("Contact", 3)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, aid: Aid | None = None) -> None:
        super().__init__(data, auto_id="aide_%s", initial=_shown(aid) if aid else {})
        self.fields["themes"].choices = list(theme_labels().items())  # type: ignore[attr-defined]

    def clean_coverage(self) -> list[str]:
        keys: list[str] = []
        for line in self.cleaned_data["coverage"].splitlines():
            if line.strip():
                found = _keys_named(line)
                if not found:
                    raise forms.ValidationError(
                        f"«\u00a0{line.strip()[:60]}\u00a0» n’est pas un lieu connu. Vérifiez son nom."
                    )
                keys += [key for key in found if key not in keys]
        return keys

    def clean_seen(self) -> Any:
        said = self.cleaned_data["seen"]
        try:
            return parse_datetime(said) if said else None
        except ValueError:
            return None

    def values(self) -> dict[str, Any]:
        """As verbs take them."""
        said = {field: self.cleaned_data[field] for field in FIELDS}
        return said | {field: said[field].splitlines() for field in _NAMES}


def _shown(aid: Aid) -> dict[str, Any]:
    shown: dict[str, Any] = {field: getattr(aid, field) for field in FIELDS}
    shown |= {field: "\n".join(shown[field]) for field in _NAMES}
    return shown | {"coverage": "\n".join(place_labels(aid.coverage)), "seen": aid.changed_at.isoformat()}


def _keys_named(line: str) -> list[str]:
    """Every place of this name: country, region, department, then EPCI, then commune."""
    name = fold(re.sub(r"\([^)]*\)", " ", line))
    found = [key for key, label in national().items() if fold(label) == name]
    if not found:
        found = [f"epci:{one.siren}" for one in Epci.objects.all() if name in {fold(one.short_name), fold(one.name)}]
    return found or [f"commune:{code}" for code in Commune.objects.filter(name_key=name).values_list("pk", flat=True)]


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label="Pourquoi la retirer\u202f?", max_length=300,
        help_text="Vos collègues le liront. Par exemple\u00a0: aide arrêtée, doublon.",
        error_messages={"required": "Dites pourquoi\u00a0: vos collègues le liront."},
    )  # fmt: skip


class PushForm(forms.Form):
    """Organisations that have an account here, and two lines for them."""

    organisations = forms.ModelMultipleChoiceField(
        label="À quelles structures\u202f?", queryset=Organisation.objects.none(), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choisissez au moins une structure."},
    )  # fmt: skip
    words = forms.CharField(
        label="Pourquoi cette aide est pour eux", max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Une ou deux lignes\u00a0: elles ouvrent la lettre.",
        error_messages={"required": "Dites en une ou deux lignes pourquoi cette aide est pour eux."},
    )  # fmt: skip

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="signaler_%s")
        held = Membership.objects.values("organisation")
        rows = Organisation.objects.published().filter(pk__in=held).order_by("name_key", "pk")
        self.fields["organisations"].queryset = rows  # type: ignore[attr-defined]
