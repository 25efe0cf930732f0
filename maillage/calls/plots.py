"""Where the money of a budget comes from, and where it goes: bars with their figures, ready to be drawn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from maillage.calls import budget
from maillage.calls.enums import Funding
from maillage.calls.models import ForecastLine
from ui import french


@dataclass(frozen=True)
class Bar:
    """label: French; amount: « 1 234,50 € »; share: « 12 % » of the whole; length: 0 to 100 of the longest."""

    label: str
    amount: str
    share: str
    length: Decimal


@dataclass(frozen=True)
class Plot:
    """title: what is compared, in French; bars: none when nothing is written."""

    title: str
    bars: tuple[Bar, ...]


def plots_of(lines: Iterable[ForecastLine], *, on: date) -> tuple[Plot, Plot]:
    """(where the money comes from, where it goes); what volunteers give and what was refused are left out."""
    accounts = {one.code: one for one in budget.grid(on)}
    sums: dict[str, dict[str, Decimal]] = {"products": {}, "charges": {}}
    for line in lines:
        account = accounts.get(line.code)
        if account is None or account.side not in sums or line.funding == Funding.REFUSED:
            continue
        label = line.label or account.label
        if not account.asks_funder and account.parent:
            label = accounts[account.parent].label
        side = sums[account.side]
        side[label] = side.get(label, Decimal(0)) + line.amount
    return Plot("D’où vient l’argent", _bars(sums["products"])), Plot("Où va l’argent", _bars(sums["charges"]))


def _bars(sums: dict[str, Decimal]) -> tuple[Bar, ...]:
    whole, longest = sum(sums.values()), max(sums.values(), default=Decimal(0))
    if not longest:
        return ()
    return tuple(
        Bar(label, french.euros(amount), f"{french.number(100 * amount / whole)}\u00a0%",
            (100 * amount / longest).quantize(Decimal("0.1")))
        for label, amount in sorted(sums.items(), key=lambda one: (-one[1], one[0]))
        if amount
    )  # fmt: skip
