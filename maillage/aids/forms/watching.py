from __future__ import annotations

from typing import Any

from django import forms

from maillage.accounts.models import User
from maillage.accounts.strangers import StrangerForm
from maillage.aids.enums import Pace


class WatchForm(StrangerForm):
    """Keep a search: how often, and where to write. Whoever is signed in is not asked for an address."""

    asked = forms.CharField(required=False, max_length=500, widget=forms.HiddenInput)
    pace = forms.ChoiceField(
        label="Au plus", choices=Pace.choices, initial=Pace.WEEKLY,
        help_text="Nous n’écrivons que s’il y a du nouveau.",
    )  # fmt: skip
    email = forms.EmailField(
        label="Votre adresse électronique", max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text="Nous y envoyons d’abord une lettre à confirmer. Elle n’est jamais publiée.",
        error_messages={"required": "Donnez l’adresse à laquelle vous écrire."},
    )  # fmt: skip

    def __init__(self, data: Any = None, *, by: User | None = None, **kwargs: Any) -> None:
        super().__init__(data, auto_id="id_%s", **kwargs)
        self.by = by
        if by is not None:
            del self.fields["email"]
