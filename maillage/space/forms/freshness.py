from __future__ import annotations

from django import forms

from maillage.space.enums import Months


class MonthsForm(forms.Form):
    """How often the organisation wants to be asked whether its sheet is right."""

    months = forms.TypedChoiceField(
        label="Nous demander si la fiche est juste", choices=Months.choices, coerce=lambda value: Months(int(value))
    )


class AgreementForm(forms.Form):
    """Does what contributors change wait for the manager?"""

    contributors_wait = forms.BooleanField(
        label="Ce que changent les autres personnes attend mon accord", required=False,
        help_text="Vous recevez une lettre qui dit ce qui attend. Rien ne change sur la fiche avant votre réponse.",
    )  # fmt: skip
