"""What agents type on the page of a grant, each form as its verb takes it (`facts`)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from maillage.accounts.forms import day_input
from maillage.grants.enums import InstalmentKind
from maillage.grants.models import Agreement, Decision
from maillage.grants.queries.agreements import Planned, Proposal, proposal
from ui.money import EurosField

MOST_INSTALMENTS = 4
_KINDS = [one for one in InstalmentKind.choices if one[0] != InstalmentKind.CLAWBACK]


class OfficeForm(forms.Form):
    """A form of one act; its ids begin with its word: many are on a page."""

    word = "form"

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, auto_id=f"{self.word}-%s", **kwargs)

    @property
    def facts(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class AgreementForm(OfficeForm):
    """The terms of an award, as the rules of its call give them; an empty amount leaves a payment out."""

    word = "agreement"
    rate = forms.DecimalField(
        label="Part des dépenses retenues (%)", max_digits=5, decimal_places=2, localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )  # fmt: skip
    report_due_on = forms.DateField(label="Bilan attendu le", widget=day_input())

    def __init__(self, data: Any = None, *, decision: Decision, **kwargs: Any) -> None:
        agreement = decision.drawn
        found = _drawn(agreement) if agreement else proposal(decision, timezone.localdate())
        initial: dict[str, Any] = {"rate": found.rate, "report_due_on": found.report_due_on}
        for rank, one in enumerate(found.instalments):
            initial |= {f"kind{rank}": one.kind, f"amount{rank}": one.amount, f"day{rank}": one.planned_on}
        super().__init__(data, initial=initial, **kwargs)
        for rank in range(MOST_INSTALMENTS):
            self.fields[f"kind{rank}"] = forms.TypedChoiceField(
                label=f"Versement {rank + 1}", choices=_KINDS, coerce=InstalmentKind, required=False
            )
            self.fields[f"amount{rank}"] = EurosField(label="Montant", required=False)
            self.fields[f"day{rank}"] = forms.DateField(label="Vers le", widget=day_input(), required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for rank in range(MOST_INSTALMENTS):
            if said.get(f"amount{rank}") and not said.get(f"day{rank}"):
                self.add_error(f"day{rank}", "Dites vers quel jour.")
        return said

    @property
    def facts(self) -> dict[str, Any]:
        said = self.cleaned_data
        planned = tuple(
            Planned(said[f"kind{rank}"], said[f"amount{rank}"], said[f"day{rank}"])
            for rank in range(MOST_INSTALMENTS)
            if said[f"amount{rank}"]
        )
        return {"rate": said["rate"], "report_due_on": said["report_due_on"], "instalments": planned}


def _drawn(agreement: Agreement) -> Proposal:
    rows = agreement.instalments.order_by("planned_on", "pk")
    planned = tuple(Planned(InstalmentKind(one.kind), one.amount, one.planned_on) for one in rows)
    return Proposal(agreement.kind, agreement.rate, agreement.report_due_on, planned)  # type: ignore[arg-type]


class SignForm(OfficeForm):
    word = "sign"
    on = forms.DateField(label="Signée, ou envoyée, le", widget=day_input(), initial=timezone.localdate)


class PaymentForm(OfficeForm):
    word = "payment"
    paid_on = forms.DateField(label="Payé par le comptable le", widget=day_input(), initial=timezone.localdate)
    order_number = forms.CharField(label="Mandat (ou titre) n°", max_length=40)


class AcceptForm(OfficeForm):
    word = "accept"
    eligible = EurosField(label="Dépenses retenues", help_text="Celles que l’appel aide, dans la limite du bilan.")


class AskAgainForm(OfficeForm):
    word = "again"
    words = forms.CharField(
        label="Ce qui manque", max_length=1_500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="La structure le lit dans sa lettre, et corrige son bilan.",
    )  # fmt: skip


class WithdrawForm(OfficeForm):
    word = "withdraw"
    why = forms.CharField(label="Pourquoi", max_length=400, help_text="Cela reste dans l’historique.")
