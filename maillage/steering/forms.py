"""What agents type of a committee's file."""

from __future__ import annotations

from django import forms

from maillage.accounts.forms import day_input


class PrepareForm(forms.Form):
    """The day of the file."""

    as_of = forms.DateField(
        label="État au", widget=day_input(),
        help_text="Les chiffres sont figés à ce jour. Le même jour redonne le même dossier.",
    )  # fmt: skip


class DiscardForm(forms.Form):
    """Why a file is set aside."""

    reason = forms.CharField(
        label="Pourquoi l’écarter ?", max_length=300,
        help_text="Par exemple : des étapes ont été mises à jour depuis. Il reste dans la liste, avec cette raison.",
    )  # fmt: skip
