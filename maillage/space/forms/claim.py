from __future__ import annotations

from django import forms

from ui.noted import PrefilledForm


class ClaimForm(PrefilledForm):
    """Who asks for a sheet, and how one can be sure."""

    name = forms.CharField(label="Votre nom", max_length=120)
    email = forms.EmailField(
        label="Votre adresse électronique", max_length=254, help_text="La réponse y arrivera, puis vos codes."
    )
    proof = forms.CharField(
        label="Qu’est-ce qui vous lie à cette structure ?",
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Par exemple : je suis la trésorière, appelez au siège. N’envoyez pas de pièce d’identité.",
    )
    # A field that nobody sees: only a machine fills it in.
    website = forms.CharField(required=False, widget=forms.HiddenInput)

    def is_from_a_machine(self) -> bool:
        return bool(self.data.get("website"))


class InvitationForm(forms.Form):
    """Whom to invite."""

    email = forms.EmailField(label="Adresse de la personne à inviter", max_length=254)
