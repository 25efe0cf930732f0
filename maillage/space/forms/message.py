from __future__ import annotations

from django import forms

from ui.noted import PrefilledForm


class MessageForm(PrefilledForm):
    """A visitor's words to somebody whose address they do not see."""

    name = forms.CharField(label="Votre nom", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(
        label="Votre adresse électronique", max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text="Nous y envoyons d’abord un lien à confirmer\u00a0; la réponse y arrivera ensuite.",
    )  # fmt: skip
    words = forms.CharField(
        label="Votre message", max_length=4_000, widget=forms.Textarea(attrs={"rows": 7}),
        help_text="Dites ce que vous cherchez, et pour quand.",
    )  # fmt: skip
    # A field that nobody sees: only a machine fills it in.
    fax = forms.CharField(required=False, widget=forms.HiddenInput)

    def is_from_a_machine(self) -> bool:
        return bool(self.data.get("fax"))
