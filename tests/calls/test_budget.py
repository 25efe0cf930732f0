"""The grid of the Cerfa forms and its sums."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest

from maillage.calls import budget

ON = date(2026, 11, 25)


@dataclass(frozen=True)
class Typed:
    code: str
    amount: Decimal
    funding: str = ""


def lines(*told: tuple[str, str] | tuple[str, str, str]) -> list[Typed]:
    return [Typed(one[0], Decimal(one[1]), *one[2:]) for one in told]


def test_the_grid_holds_the_classes_of_the_form_in_order_and_each_account_once() -> None:
    accounts = budget.grid(ON)

    classes = list(dict.fromkeys(one.code[:2] for one in accounts))
    assert classes == [
        "60", "61", "62", "63", "64", "65", "66", "67", "68", "69", "6I", "70", "73", "74", "75", "76", "77", "78",
        "79", "7O", "86", "87",
    ]  # fmt: skip
    assert len({one.code for one in accounts}) == len(accounts)
    assert all(one.side == budget.side_of(one.code) for one in accounts)


def test_each_funder_has_its_line_under_74() -> None:
    funders = [one.label for one in budget.grid(ON) if one.asks_funder]

    assert funders == [
        "État", "Région", "Département", "Communautés de communes, communes", "Organismes sociaux", "Fonds européens",
        "Emplois aidés", "Autres établissements publics", "Aides privées",
    ]  # fmt: skip


def test_a_heading_holds_the_lines_that_name_it() -> None:
    accounts = budget.grid(ON)
    headings = {one.code for one in accounts if one.is_heading}

    assert {one.parent for one in accounts if one.parent} == headings


def test_no_grid_holds_before_the_first_one() -> None:
    with pytest.raises(LookupError):
        budget.grid(date(2010, 1, 1))


@pytest.mark.parametrize(
    ("told", "gaps"),
    [
        ((("601", "1000"), ("70", "1000")), ()),
        ((("601", "1000"), ("70", "800")),
         ("Il manque 200,00\u00a0€ de recettes\u00a0: 1\u202f000,00\u00a0€ de dépenses, 800,00\u00a0€ de recettes.",)),
        ((("601", "800"), ("70", "1000.50")),
         ("Il manque 200,50\u00a0€ de dépenses\u00a0: 1\u202f000,50\u00a0€ de recettes, 800,00\u00a0€ de dépenses.",)),
        ((("601", "5"), ("70", "5"), ("864", "10"), ("870", "4")),
         (("Il manque 6,00\u00a0€ de contributions (87)\u00a0: 10,00\u00a0€ d’emplois des contributions (86), "
           "4,00\u00a0€ de contributions (87)."),)),
        ((), (budget.EMPTY,)),
    ],
)  # fmt: skip
def test_a_budget_says_what_is_missing_to_the_cent(told: tuple[tuple[str, str], ...], gaps: tuple[str, ...]) -> None:
    sums = budget.totals(lines(*told))

    assert sums.gaps == gaps
    assert sums.is_balanced is (not gaps)


def test_volunteers_stay_out_of_the_total() -> None:
    sums = budget.totals(lines(("601", "100"), ("7OWN", "100"), ("864", "50"), ("870", "50")))

    assert [str(one) for one in (sums.charges, sums.products, sums.given_charges, sums.given_products)] == [
        "100", "100", "50", "50"
    ]  # fmt: skip
    assert sums.is_balanced


def test_money_that_was_refused_does_not_count() -> None:
    sums = budget.totals(lines(("601", "100"), ("742", "100", "refused"), ("741", "60", "granted")))

    assert sums.products == 60


@pytest.mark.parametrize("code", ["", "12", "95"])
def test_what_is_no_account_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match=code or None):
        budget.side_of(code)
