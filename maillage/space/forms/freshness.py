from __future__ import annotations

from django import forms

from maillage.space.enums import Months


class MonthsForm(forms.Form):
    """How often the organisation wants to be asked whether its sheet is right."""

    months = forms.TypedChoiceField(
        label="Nous demander si la fiche est juste", choices=Months.choices, coerce=lambda value: Months(int(value))
    )
