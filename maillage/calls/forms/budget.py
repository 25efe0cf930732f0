"""The grid of the budget, to be filled in: one amount for each account, and the funders by name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils import timezone

from maillage.calls import budget, keys
from maillage.calls.actions import BudgetLine
from maillage.calls.budget import Account, Side
from maillage.calls.enums import Funding
from maillage.calls.forms.applying import StepForm
from maillage.calls.models import ForecastLine
from ui.money import EurosField

OTHERS: dict[Side, str] = {
    "charges": "Autres charges", "products": "Ventes, ressources propres, autres produits", "given_charges": "",
    "given_products": "",
}  # fmt: skip
TWICE = "Ce financeur est écrit deux fois\u00a0: gardez une seule ligne."


@dataclass(frozen=True)
class Row:
    """A line of the page: an amount alone, or with whose money it is and where it stands."""

    account: Account
    amount: forms.BoundField
    label: forms.BoundField | None = None
    funding: forms.BoundField | None = None


@dataclass(frozen=True)
class Section:
    """A heading of the grid and its lines. is_used: does it hold an amount?"""

    title: str
    rows: list[Row]
    is_used: bool


class BudgetForm(StepForm):
    """The whole grid. Names: `a:<code>` for an amount, `f:<code>:<rank>:<part>` for a funder, the last rank empty."""

    def build(self) -> None:
        self.accounts = list(budget.grid(timezone.localdate(self.application.created_at)))
        kept: dict[str, list[ForecastLine]] = {}
        for line in self.application.forecast.order_by("code", "pk"):
            kept.setdefault(line.code, []).append(line)
        self.funders: dict[str, int] = {}
        for account in self.accounts:
            if account.is_heading:
                continue
            if account.asks_funder:
                self._funders(account, kept.get(account.code, []))
            else:
                self._amount(f"a:{account.code}", account, account.label)
                self.initial[f"a:{account.code}"] = next((x.amount for x in kept.get(account.code, [])), None)

    def _amount(self, name: str, account: Account, label: str) -> None:
        field = EurosField(label=label, required=False)
        field.widget.attrs |= {"data-side": account.side, "size": "12"}
        self.fields[name] = field

    def _funders(self, account: Account, lines: list[ForecastLine]) -> None:
        for rank, line in enumerate([*lines, None]):
            name = f"f:{account.code}:{rank}"
            self.fields[f"{name}:label"] = forms.CharField(label="Qui", max_length=120, required=False)
            self._amount(f"{name}:amount", account, "Montant")
            self.fields[f"{name}:funding"] = forms.ChoiceField(
                label="Où en est cet argent\u202f?", required=False, choices=Funding.choices
            )
            if line is not None:
                told = {"label": line.label, "amount": line.amount, "funding": line.funding}
                self.initial.update({f"{name}:{part}": value for part, value in told.items()})
        self.funders[account.code] = len(lines) + 1

    def is_wanted(self, name: str) -> bool:
        # The page says once that lines may stay empty; forty times « facultatif » would say less.
        return True

    def key_of(self, name: str) -> str:
        return keys.BUDGET

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        for code, count in self.funders.items():
            seen: set[str] = set()
            for rank in range(count):
                label = str(data.get(f"f:{code}:{rank}:label") or "").strip()
                if data.get(f"f:{code}:{rank}:amount") is None:
                    continue
                if label in seen:
                    self.add_error(f"f:{code}:{rank}:label", TWICE)
                seen.add(label)
        return data

    def values(self) -> dict[str, Any]:
        return {keys.BUDGET: list(self._lines())}

    def _lines(self) -> Iterable[BudgetLine]:
        data = self.cleaned_data
        for account in self.accounts:
            if account.is_heading:
                continue
            for rank in range(self.funders.get(account.code, 0)):
                name = f"f:{account.code}:{rank}"
                if data.get(f"{name}:amount"):
                    label = data[f"{name}:label"].strip()
                    yield BudgetLine(account.code, data[f"{name}:amount"], label, data[f"{name}:funding"])
            if data.get(f"a:{account.code}"):
                yield BudgetLine(account.code, data[f"a:{account.code}"])

    def sections(self, *sides: Side) -> list[Section]:
        """The accounts of these sides by heading, those without one under their own name."""
        told: dict[str, list[Account]] = {}
        titles = {one.code: one.label for one in self.accounts if one.is_heading}
        for one in self.accounts:
            if one.side in sides and not one.is_heading:
                told.setdefault(titles.get(one.parent, OTHERS[one.side]), []).append(one)
        return [self._section(title, accounts) for title, accounts in told.items()]

    @property
    def charges(self) -> list[Section]:
        return self.sections("charges")

    @property
    def products(self) -> list[Section]:
        return self.sections("products")

    @property
    def given(self) -> list[Section]:
        return self.sections("given_charges", "given_products")

    def _section(self, title: str, accounts: list[Account]) -> Section:
        rows = [row for account in accounts for row in self._rows(account)]
        return Section(title, rows, any(row.amount.value() or row.amount.errors for row in rows))

    def _rows(self, account: Account) -> list[Row]:
        if not account.asks_funder:
            return [Row(account, self[f"a:{account.code}"])]
        names = [f"f:{account.code}:{rank}" for rank in range(self.funders[account.code])]
        return [Row(account, self[f"{name}:amount"], self[f"{name}:label"], self[f"{name}:funding"]) for name in names]
