"""The report as its people type it: words, then the realised amount of each account."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from maillage.calls.budget import Account, grid
from maillage.grants.actions import Realised
from maillage.grants.models import Agreement, Report
from maillage.grants.phrases import agreements as phrases
from ui import french
from ui.money import EurosField

SIDES = {
    "charges": "Dépenses", "products": "Recettes", "given_charges": "Emploi des contributions volontaires (86)",
    "given_products": "Contributions volontaires (87)",
}  # fmt: skip
_ROWS = {"done": 6, "goals": 4, "gaps": 4}


class ReportForm(forms.Form):
    """Words of the report, and an amount for each line; empty means zero.

    What was done and who attests are asked to hand it in, not to keep it for later.
    """

    use_required_attribute = False
    people = forms.IntegerField(label="Combien de personnes", min_value=0, max_value=10_000_000, required=False)
    jobs = forms.DecimalField(
        label="Emplois créés ou gardés grâce au projet", min_value=0, max_digits=6, decimal_places=2, required=False,
        localize=True, widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        help_text="En équivalents temps plein\u00a0: un mi-temps compte 0,5.",
    )  # fmt: skip
    honour_by = forms.CharField(
        label="J’atteste sur l’honneur que ce bilan est exact\u00a0: prénom et nom", max_length=120, required=False
    )

    def __init__(self, data: Any = None, *, agreement: Agreement, on: date | None = None) -> None:
        self.report = agreement.written
        report = self.report
        initial = {name: getattr(report, name) for name in phrases.REPORT_FIELDS} if report else {}
        counted = {"people": report.people, "jobs": report.jobs} if report else {}
        super().__init__(data, initial={**initial, **counted})
        is_asked = data is None or "send" in data
        self.fields["honour_by"].required = is_asked
        for name, label in phrases.REPORT_FIELDS.items():
            longest = 4_000 if name in _ROWS else 2_000
            self.fields[name] = forms.CharField(
                label=label, required=name == "done" and is_asked, max_length=longest,
                widget=forms.Textarea(attrs={"rows": _ROWS.get(name, 2)}),
            )  # fmt: skip
        self.rows = _rows(agreement, report, on or timezone.localdate())
        for account, detail, forecast, realised in self.rows:
            self.fields[_key(account.code, detail)] = EurosField(
                label=f"{account.code} {account.label}{f', {detail}' if detail else ''}", required=False,
                initial=realised or None, help_text=f"Prévu\u00a0: {french.euros(forecast)}" if forecast else "",
            )  # fmt: skip

    @property
    def words(self) -> list[forms.BoundField]:
        return [
            self["done"],
            self["public"],
            self["people"],
            self["jobs"],
            self["places"],
            self["goals"],
            self["volunteers"],
        ]

    @property
    def sides(self) -> list[tuple[str, list[forms.BoundField], list[forms.BoundField]]]:
        """(heading, fields that were forecast or filled, the other accounts) of each side of the grid."""
        found = []
        for side, heading in SIDES.items():
            own = [row for row in self.rows if row[0].side == side]
            bound = [(self[_key(row[0].code, row[1])], bool(row[2] or row[3])) for row in own]
            shown = [field for field, is_used in bound if is_used or field.errors]
            found.append((heading, shown, [field for field, is_used in bound if not is_used and not field.errors]))
        return found

    @property
    def facts(self) -> dict[str, Any]:
        said = self.cleaned_data
        lines = [
            Realised(account.code, said[_key(account.code, detail)], detail)
            for account, detail, _, _ in self.rows
            if said[_key(account.code, detail)]
        ]
        return {
            "words": {name: said[name] for name in phrases.REPORT_FIELDS}, "people": said["people"],
            "jobs": said["jobs"], "lines": lines,
        }  # fmt: skip


def _key(code: str, detail: str) -> str:
    # The name of a funder has spaces, and the id of a field has none: its letters are told as numbers.
    return f"r{code}-{detail.encode().hex()}" if detail else f"r{code}"


def _rows(agreement: Agreement, report: Report | None, on: date) -> list[tuple[Account, str, Any, Any]]:
    """(account, detail, forecast, realised) of every account that may be filled; forecast lines with their funder."""
    accounts = [one for one in grid(on) if not one.is_heading]
    known: dict[tuple[str, str], list[Any]] = {}
    for line in agreement.decision.application.forecast.order_by("code", "label"):
        known[line.code, line.label] = [line.amount, 0]
    for row in report.lines.order_by("code", "label") if report else ():
        known.setdefault((row.code, row.label), [row.forecast, 0])[1] = row.realised
    rows = []
    for account in accounts:
        details = sorted(label for code, label in known if code == account.code) or [""]
        rows += [(account, detail, *known.get((account.code, detail), [0, 0])) for detail in details]
    return rows
