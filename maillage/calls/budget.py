"""The budget of a project, as the Cerfa forms lay it out: the same grid for what is foreseen and for what was done.

Words: an *account* is a line of the grid; a *given* account counts what nobody pays (volunteers, premises lent), apart
from the total. Neighbours: the file of a demand keeps `ForecastLine`; the room above reports with the same grid.
Source: Cerfa 12156*06 and 15059*02, in `data/budget_grid.json`; the plan of accounts changes with time.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Literal, Protocol

from ui import french

GRID = Path(__file__).parent / "data/budget_grid.json"
Side = Literal["charges", "products", "given_charges", "given_products"]
NOTHING = Decimal(0)
REFUSED = "refused"
EMPTY = "Aucune dépense n’est écrite\u00a0: commencez par ce que le projet coûtera."


@dataclass(frozen=True)
class Account:
    """One line of the grid. parent: code of its heading, "" none; a heading carries no amount.

    asks_funder: whoever gives is named, with where their money stands.
    """

    code: str
    label: str
    side: Side
    asks_funder: bool
    parent: str
    is_heading: bool


class Line(Protocol):
    """What `totals` reads of a line. funding: "refused" does not count."""

    @property
    def code(self) -> str: ...
    @property
    def amount(self) -> Decimal: ...
    @property
    def funding(self) -> str: ...


@dataclass(frozen=True)
class Totals:
    """Sums in euros. gaps: French sentences that say what is missing, none when balanced."""

    charges: Decimal
    products: Decimal
    given_charges: Decimal
    given_products: Decimal

    @property
    def is_balanced(self) -> bool:
        return not self.gaps

    @property
    def gaps(self) -> tuple[str, ...]:
        if not self.charges and not self.products:
            return (EMPTY,)
        return tuple(filter(None, (
            _gap(self.charges, self.products, "de recettes", "de dépenses"),
            _gap(self.given_charges, self.given_products, "de contributions (87)", "d’emplois des contributions (86)"),
        )))  # fmt: skip


def grid(on: date) -> tuple[Account, ...]:
    """The accounts that hold that day, in the order of the form. Raises LookupError before the first grid."""
    begun = [(start, accounts) for start, accounts in _grids() if start <= on]
    if not begun:
        raise LookupError(f"no budget grid on {on}")
    return max(begun, key=lambda one: one[0])[1]


def side_of(code: str) -> Side:
    """Where an account stands, whatever the year: 86 and 87 apart. Raises ValueError for what is no account."""
    if code.startswith(("86", "87")):
        return "given_charges" if code[1] == "6" else "given_products"
    if not code.startswith(("6", "7")):
        raise ValueError(code)
    return "charges" if code[0] == "6" else "products"


def totals(lines: Iterable[Line]) -> Totals:
    """The four sums; money that was refused counts for nothing."""
    sums: dict[Side, Decimal] = dict.fromkeys(("charges", "products", "given_charges", "given_products"), NOTHING)
    for line in lines:
        if line.funding != REFUSED:
            sums[side_of(line.code)] += line.amount
    return Totals(**sums)


def is_grant(code: str) -> bool:
    """Does somebody else give it (class 74)? The rest of the products is the applicant's own."""
    return code.startswith("74")


def _gap(spent: Decimal, found: Decimal, lacking: str, over: str) -> str:
    if spent == found:
        return ""
    less, more = (lacking, over) if found < spent else (over, lacking)
    return (
        f"Il manque {french.euros(abs(spent - found))} {less}\u00a0: "
        f"{french.euros(max(spent, found))} {more}, {french.euros(min(spent, found))} {less}."
    )


@lru_cache(maxsize=1)
def _grids() -> tuple[tuple[date, tuple[Account, ...]], ...]:
    groups = json.loads(GRID.read_text(encoding="utf-8"))
    return tuple(
        (date.fromisoformat(group["start_date"]), tuple(Account(**row) for row in group["accounts"]))
        for group in groups
    )
