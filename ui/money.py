"""Euros as people type them: « 1 234,56 », « 1234.56 € », with any kind of space; told back as French writes them."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django import forms

from ui import french

_SPACES = re.compile(r"[\s\u00a0\u202f']+")
# « 1.234,56 », as some pocket calculators and foreign files have it.
_DOTTED = re.compile(r"[0-9]{1,3}(\.[0-9]{3})+,[0-9]{1,2}")
_PLAIN = re.compile(r"([0-9]{1,13})([.,]([0-9]{1,2}))?")
NOTHING, MOST = Decimal(0), Decimal("9999999999.99")
WRONG = "Écrivez un montant en euros, par exemple 1\u00a0234,56."


def parse_euros(text: str) -> Decimal:
    """The sum that somebody typed, to the cent, never negative. Raises ValueError for anything doubtful.

    « 1.234 » is doubtful: a thousand, or more cents than there are.
    """
    bare = _SPACES.sub("", text).lower().removesuffix("euros").removesuffix("eur").removesuffix("€")
    if _DOTTED.fullmatch(bare):
        bare = bare.replace(".", "")
    found = _PLAIN.fullmatch(bare)
    if found is None:
        raise ValueError(text)
    return Decimal(f"{found[1]}.{(found[3] or '0').ljust(2, '0')}")


class EurosField(forms.CharField):
    """A sum in euros; a Decimal with two decimals, None when left empty. least, most: bounds, both allowed."""

    widget = forms.TextInput(attrs={"inputmode": "decimal"})

    def __init__(
        self, *, label: str, required: bool = True, least: Decimal = NOTHING, most: Decimal = MOST, **words: Any
    ) -> None:
        super().__init__(label=label, required=required, max_length=30, **words)
        self.least, self.most = least, most

    def prepare_value(self, value: Any) -> Any:
        return french.number(value, 2) if isinstance(value, Decimal) else value

    def clean(self, value: Any) -> Decimal | None:
        typed = str(super().clean(value))
        if not typed:
            return None
        try:
            amount = parse_euros(typed)
        except ValueError as error:
            raise forms.ValidationError(WRONG) from error
        if not self.least <= amount <= self.most:
            bounds = f"entre {french.euros(self.least)} et {french.euros(self.most)}"
            raise forms.ValidationError(f"Ce montant doit être {bounds}.")
        return amount
