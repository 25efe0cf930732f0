"""What people type about accounts: sign-in, a new person, a mandate."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.forms.auth import LoginForm

from maillage.accounts import attempts, rules
from maillage.accounts.enums import Role
from maillage.accounts.models import User
from maillage.territories.models import Epci

TOO_MANY = (
    "Trop d’essais. Attendez un quart d’heure, puis recommencez. "
    "Si vous ne vous souvenez plus du mot de passe, une administratrice ou un administrateur "
    "peut vous en donner un nouveau."
)
WRONG = "L’adresse ou le mot de passe ne convient pas. Vérifiez les majuscules, puis recommencez."


class SignInForm(LoginForm):  # type: ignore[misc]  # Wagtail has no types
    """Address and password, within the number of tries; the answer never says which of the two is wrong."""

    def __init__(self, request: HttpRequest | None = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(request, *args, **kwargs)
        for name, label, hint in (
            ("username", "Adresse électronique", "username"),
            ("password", "Mot de passe", "current-password"),
        ):
            self.fields[name].label = label
            self.fields[name].widget.attrs.pop("placeholder", None)
            self.fields[name].widget.attrs["autocomplete"] = hint

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = self.cleaned_data
        address, password = data.get("username", ""), data.get("password", "")
        if not address or not password:
            return data
        origin = self.request.META.get("REMOTE_ADDR", "") if self.request else ""
        if not attempts.take(account=address, origin=origin):
            raise forms.ValidationError(TOO_MANY, code="too_many")
        self.user_cache = authenticate(self.request, username=address, password=password)
        if self.user_cache is None:
            raise forms.ValidationError(WRONG, code="invalid_login")
        attempts.forgive(account=address, origin=origin)
        self.confirm_login_allowed(self.user_cache)
        return data

    def confirm_login_allowed(self, user: User) -> None:
        decision = rules.may_enter_back_office(user, on=timezone.localdate())
        if not decision:
            raise forms.ValidationError(decision.reason, code="no_mandate")


def day_input() -> forms.DateInput:
    """The browser's own date field: no script, so no hole in the content policy."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class PersonForm(forms.Form):
    """Who the person is."""

    email = forms.EmailField(label="Adresse électronique", max_length=254)
    first_name = forms.CharField(label="Prénom", max_length=100, required=False)
    last_name = forms.CharField(label="Nom", max_length=100, required=False)


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
