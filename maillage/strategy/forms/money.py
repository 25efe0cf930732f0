"""What agents type of a measure's money."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

from maillage.strategy.enums import Money
from maillage.strategy.models import BudgetLine
from ui.money import EurosField


def _amount() -> EurosField:
    return EurosField(label="Montant, en euros", least=Decimal("0.01"))


class BudgetLineForm(forms.Form):
    """One more line."""

    funder = forms.CharField(label="Qui finance", max_length=120)
    year = forms.IntegerField(label="Année", widget=forms.TextInput(attrs={"inputmode": "numeric"}))
    stage = forms.TypedChoiceField(label="Stade", choices=Money, coerce=Money)
    amount = _amount()

    def __init__(self, data: Any = None, *, year: int | None = None) -> None:
        super().__init__(data, initial={"year": year}, auto_id="new-line-%s")


class BudgetChangeForm(forms.Form):
    """A line moves: from hoped for to promised, or to another sum."""

    stage = forms.TypedChoiceField(label="Stade", choices=Money, coerce=Money)
    amount = _amount()

    def __init__(self, data: Any = None, *, line: BudgetLine) -> None:
        self.line = line
        super().__init__(data, initial={"stage": line.stage, "amount": line.amount}, auto_id=f"line-{line.pk}-%s")
