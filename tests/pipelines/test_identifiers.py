"""Numbers people type: spaces, keys, the La Poste exception, eaten zeros."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.contracts.identifiers import check_rna, check_siren, check_siret, luhn_is_right, with_luhn_key


@pytest.mark.parametrize(
    ("raw", "value", "problem"),
    [
        ("200 078 244", "200078244", None),
        ("200\u00a0078\u202f244", "200078244", None),
        ("200078245", "200078245", "key"),
        ("20007824", "20007824", "length"),
        ("2000782440", "2000782440", "length"),
        ("20007824X", "20007824X", "not_digits"),
        ("２00078244", "２00078244", "not_digits"),
        ("000000000", "000000000", "key"),
        ("", "", "empty"),
        (None, "", "empty"),
    ],
)
def test_a_siren_is_cleaned_and_its_fault_named(raw: str | None, value: str, problem: str | None) -> None:
    found = check_siren(raw)
    assert (found.value, found.problem) == (value, problem)


def test_zeros_eaten_by_a_spreadsheet_come_back_on_demand() -> None:
    assert check_siren("5520135", restore_zeros=True).value == "005520135"
    assert check_siren("5520135").problem == "length"


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        ("200 078 244 00016", "key"),
        ("356 000 000 00048", None),
        ("356 000 000 49837", None),
        ("356 000 000 49838", "key"),
        ("7328293200007", "length"),
        ("732 829 320 00074", None),
        ("732 829 320 00075", "key"),
    ],
)
def test_a_siret_is_checked_with_the_exception_of_la_poste(raw: str, problem: str | None) -> None:
    assert check_siret(raw).problem == problem


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        ("W802001234", None),
        ("w80 2001234", None),
        ("W9R1000123", None),
        ("W80200123", "length"),
        ("X802001234", "not_digits"),
        ("", "empty"),
    ],
)
def test_an_rna_number_is_recognised_overseas_too(raw: str, problem: str | None) -> None:
    assert check_rna(raw).problem == problem


@given(st.text("0123456789", min_size=8, max_size=8), st.integers(1, 9))
def test_exactly_one_key_is_right_for_any_eight_digits(start: str, shift: int) -> None:
    right = [key for key in "0123456789" if luhn_is_right(start + key)]
    assert [start + key for key in right] == [with_luhn_key(start)]
    wrong = start + str((int(right[0]) + shift) % 10)
    assert check_siren(wrong).problem == "key"


@given(st.text())
def test_any_text_gets_an_answer(raw: str) -> None:
    for found in (check_siren(raw), check_siret(raw), check_rna(raw)):
        assert found.is_valid == (found.problem is None)
