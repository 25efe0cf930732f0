"""Euros are read from what people type, and what is doubtful is asked again."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from ui import french
from ui.money import EurosField, parse_euros


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1 234,56", "1234.56"), ("1\u202f234,56\u00a0€", "1234.56"), ("1234.5", "1234.50"), ("12", "12.00"),
        ("1.234,56", "1234.56"), ("0,05 euros", "0.05"), (" 7 € ", "7.00"), ("1'000", "1000.00"),
    ],
)  # fmt: skip
def test_it_is_read_as_it_is_typed(typed: str, amount: str) -> None:
    assert parse_euros(typed) == Decimal(amount)
    assert parse_euros(typed).as_tuple().exponent == -2


@pytest.mark.parametrize("typed", ["", "1.234", "12,345", "-5", "1e3", "1,2,3", "douze", "٣", "1 234,56 $", "9" * 14])
def test_what_is_doubtful_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        parse_euros(typed)


@given(st.decimals(min_value=0, max_value=9_999_999_999, places=2))
def test_what_is_told_is_read_back(amount: Decimal) -> None:
    assert parse_euros(french.euros(amount)) == amount


def test_a_field_says_what_to_write_and_shows_a_sum_as_french_does() -> None:
    field = EurosField(label="Montant", least=Decimal("0.01"), most=Decimal(100))
    for wrong in ("1.234", "0", "100,01", ""):
        with pytest.raises(forms.ValidationError):
            field.clean(wrong)
    assert field.clean("99,9") == Decimal("99.90")
    assert field.prepare_value(Decimal("1234.5")) == "1\u202f234,50"
    assert EurosField(label="Montant", required=False).clean("") is None
