"""What people type about accounts: a new person, a mandate. Sign-in has its own (sign_in/forms.py)."""

from __future__ import annotations

import re
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from maillage.accounts.enums import Role
from maillage.accounts.models import User
from maillage.territories.models import Epci


def day_input() -> forms.DateInput:
    """The browser's own date field: no script, so no hole in the content policy."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class PersonForm(forms.Form):
    """Who the person is."""

    email = forms.EmailField(label="Adresse électronique", max_length=254)
    first_name = forms.CharField(label="Prénom", max_length=100, required=False)
    last_name = forms.CharField(label="Nom", max_length=100, required=False)


class LeaveForm(forms.Form):
    """A word typed on purpose, so that nobody leaves by a slip of the finger."""

    WORD = "QUITTER"
    word = forms.CharField(
        label="Pour confirmer, écrivez QUITTER",
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )

    def clean_word(self) -> str:
        word = str(self.cleaned_data["word"]).strip().upper()
        if word != self.WORD:
            raise forms.ValidationError("Écrivez le mot QUITTER, en entier.")
        return word


class ColleagueField(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django's own class takes no argument
    """Whom one asks: a name, and never an address."""

    def label_from_instance(self, obj: User) -> str:
        return obj.get_full_name() or obj.email.partition("@")[0]


class PhoneField(forms.CharField):
    """A telephone number as people write it, of twenty signs at most."""

    def __init__(self, **words: Any) -> None:
        super().__init__(max_length=20, **words)

    def clean(self, value: Any) -> str:
        phone = str(super().clean(value)).strip()
        if phone and not re.fullmatch(r"\+?[\d .()-]{4,20}", phone):
            raise forms.ValidationError("Écrivez un numéro, par exemple 03 22 00 00 00.")
        return phone


class AbsenceForm(forms.Form):
    """Who takes one's place, from when to when; both days are included."""

    taker = ColleagueField(
        label="Qui vous remplace", queryset=User.objects.none(), empty_label="Choisissez",
        error_messages={"invalid_choice": "Choisissez une personne de la liste."},
    )  # fmt: skip
    start_date = forms.DateField(label="Premier jour", widget=day_input(), initial=timezone.localdate)
    end_date = forms.DateField(
        label="Dernier jour", widget=day_input(), help_text="Compris. Le lendemain, tout vous revient."
    )

    def __init__(self, data: Any = None, *, colleagues: QuerySet[User]) -> None:
        super().__init__(data)
        cast("ColleagueField", self.fields["taker"]).queryset = colleagues


class CardForm(forms.Form):
    """How a liaison officer is reached."""

    phone = PhoneField(
        label="Téléphone", required=False, widget=forms.TelInput(attrs={"autocomplete": "tel"}),
        help_text="Celui du travail. Tout le monde le verra.",
    )  # fmt: skip
    how_to_reach = forms.CharField(
        label="Quand et où vous trouver", max_length=200, required=False,
        help_text="Par exemple : le mardi après-midi, au siège de la communauté de communes.",
    )  # fmt: skip


class MandateForm(forms.Form):
    """Which role, from when to when; both days are included."""

    role = forms.ChoiceField(label="Rôle", choices=Role.choices)
    epci = forms.ModelChoiceField(
        label="Communauté de communes",
        queryset=Epci.objects.order_by("position", "siren"),
        required=False,
        empty_label="Tout le territoire",
    )
    start_date = forms.DateField(label="Début", widget=day_input(), initial=timezone.localdate)
    end_date = forms.DateField(
        label="Dernier jour",
        widget=day_input(),
        required=False,
        help_text="Vide : sans fin prévue. Le mandat s’arrête à minuit à la fin de ce jour.",
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("start_date") and data.get("end_date") and data["end_date"] < data["start_date"]:
            self.add_error("end_date", "Le dernier jour vient avant le premier.")
        return data
