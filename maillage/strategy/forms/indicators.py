"""What agents type about an indicator: a value of a day with where it comes from, an aim for a year."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from maillage.accounts.forms import day_input
from maillage.strategy.models import Indicator, Reading
from ui import french


def _number(label: str, indicator: Indicator, **words: Any) -> forms.DecimalField:
    """Takes « 12,5 », with no more decimals than the indicator shows."""
    too_many = f"Écrivez {french.plural(indicator.decimals, 'chiffre')} au plus après la virgule."
    return forms.DecimalField(
        label=f"{label} ({indicator.unit_words})", localize=True, min_value=0, max_digits=14,
        decimal_places=indicator.decimals,
        error_messages={"max_decimal_places": too_many if indicator.decimals else "Écrivez un nombre entier."}, **words,
    )  # fmt: skip


class ReadingForm(forms.Form):
    """A value, its day, its source."""

    on = forms.DateField(label="Date de la valeur", widget=day_input(), initial=timezone.localdate)
    note = forms.CharField(
        label="D’où vient la valeur", max_length=300,
        help_text="Le document, le tableau ou la réunion, sans nommer personne : les habitants le lisent.",
    )  # fmt: skip

    field_order = ("on", "value", "note")

    def __init__(self, data: Any = None, *, indicator: Indicator, reading: Reading | None = None) -> None:
        # One that is corrected comes with what was typed.
        known: dict[str, Any] = {}
        if reading is not None:
            value = round(reading.value, indicator.decimals)
            known = {"on": reading.on, "value": value, "note": reading.note}
        super().__init__(data, initial=known, auto_id="reading-%s")
        self.fields["value"] = _number("Valeur", indicator)
        self.order_fields(self.field_order)


class TargetForm(forms.Form):
    """What to reach in a year of the plan; empty takes the aim away."""

    year = forms.TypedChoiceField(label="Année", coerce=int)

    def __init__(self, data: Any = None, *, indicator: Indicator) -> None:
        super().__init__(data, initial={"year": timezone.localdate().year}, auto_id="target-%s")
        plan = indicator.strategy
        years = self.fields["year"]
        assert isinstance(years, forms.TypedChoiceField)
        years.choices = [(year, str(year)) for year in range(plan.start_year, plan.end_year + 1)]
        self.fields["value"] = _number("Cible", indicator, required=False, help_text="Vide : il n’y a plus de cible.")
