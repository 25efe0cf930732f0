"""What agents type on the page of a grant, each form as its verb takes it (`facts`)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from maillage.accounts.forms import day_input
from maillage.calls.enums import DecidingBody
from maillage.grants.actions import Deliberation, Sent
from maillage.grants.enums import SIGNED_COPIES, CancelGround, FileKind, InstalmentKind, ReduceGround
from maillage.grants.forms.documents import checked_document, document_field
from maillage.grants.models import Agreement, Decision, Instalment
from maillage.grants.queries.agreements import Planned, Proposal, proposal
from maillage.kernel.uploads import CheckedDocument
from ui import french
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
            initial |= {
                f"kind{rank}": one.kind, f"amount{rank}": one.amount, f"day{rank}": one.planned_on,
                f"asks{rank}": one.asks,
            }  # fmt: skip
        super().__init__(data, initial=initial, **kwargs)
        for rank in range(MOST_INSTALMENTS):
            self.fields[f"kind{rank}"] = forms.TypedChoiceField(
                label=f"Versement {rank + 1}", choices=_KINDS, coerce=InstalmentKind, required=False
            )
            self.fields[f"amount{rank}"] = EurosField(label="Montant", required=False)
            self.fields[f"day{rank}"] = forms.DateField(label="Vers le", widget=day_input(), required=False)
            self.fields[f"asks{rank}"] = forms.CharField(
                label="Pièce à recevoir d’abord (facultatif)", max_length=200, required=False
            )

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
            Planned(said[f"kind{rank}"], said[f"amount{rank}"], said[f"day{rank}"], said[f"asks{rank}"])
            for rank in range(MOST_INSTALMENTS)
            if said[f"amount{rank}"]
        )
        return {"rate": said["rate"], "report_due_on": said["report_due_on"], "instalments": planned}


def _drawn(agreement: Agreement) -> Proposal:
    rows = agreement.instalments.order_by("planned_on", "pk")
    planned = tuple(Planned(InstalmentKind(one.kind), one.amount, one.planned_on, one.asks) for one in rows)
    return Proposal(agreement.kind, agreement.rate, agreement.report_due_on, planned)  # type: ignore[arg-type]


class SignForm(OfficeForm):
    word = "sign"
    on = forms.DateField(
        label="Signée par l’autorité, ou envoyée, le", widget=day_input(), initial=timezone.localdate
    )  # fmt: skip
    holder_on = forms.DateField(
        label="Signée par la structure le", widget=day_input(), required=False,
        help_text="Vide\u00a0: le jour que dit l’exemplaire qu’elle a déposé.",
    )  # fmt: skip


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


class FileForm(OfficeForm):
    """A document that the team received or scanned."""

    word = "file"
    kind = forms.ChoiceField(label="Ce que c’est", choices=FileKind.choices, initial=FileKind.SIGNED_COPY)
    document = document_field()
    signed_on = forms.DateField(
        label="Jour de la signature, pour un exemplaire signé", widget=day_input(), required=False
    )  # fmt: skip
    instalment = forms.ModelChoiceField(
        label="Pour quel versement, si c’en est le justificatif", queryset=Instalment.objects.none(), required=False
    )  # fmt: skip
    label = forms.CharField(label="Précision (facultatif)", max_length=100, required=False)

    def __init__(self, data: Any = None, files: Any = None, *, agreement: Agreement | None, **kwargs: Any) -> None:
        super().__init__(data, files=files, **kwargs)
        rows = agreement.instalments.exclude(kind=InstalmentKind.CLAWBACK) if agreement else Instalment.objects.none()
        choice = self.fields["instalment"]
        choice.queryset = rows.order_by("planned_on", "pk")  # type: ignore[attr-defined]
        choice.label_from_instance = _payment  # type: ignore[attr-defined]

    def clean_document(self) -> CheckedDocument:
        return checked_document(self.cleaned_data["document"])

    @property
    def facts(self) -> dict[str, Any]:
        said = self.cleaned_data
        kind, is_proof = FileKind(said["kind"]), said["kind"] == FileKind.PAYMENT
        return {"sent": Sent(
            kind, said["document"], said["label"], said["signed_on"] if kind in SIGNED_COPIES else None,
            said["instalment"] if is_proof else None,
        )}  # fmt: skip


def _payment(one: Instalment) -> str:
    return f"{one.get_kind_display()}, {french.euros(one.amount)}"


class RemoveFileForm(OfficeForm):
    word = "remove"
    why = forms.CharField(label="Pourquoi", max_length=400, help_text="Cela reste dans l’historique.")


class CancelForm(OfficeForm):
    word = "cancel"
    ground = forms.TypedChoiceField(label="Motif", choices=CancelGround.choices, coerce=CancelGround)
    reason = forms.CharField(
        label="Raison, dite dans la lettre", max_length=1_000, widget=forms.Textarea(attrs={"rows": 3})
    )  # fmt: skip


class ReduceForm(OfficeForm):
    word = "reduce"
    amount = EurosField(label="Nouveau montant accordé", help_text="Ce qui reste, en euros, et non ce qui est retiré.")
    ground = forms.TypedChoiceField(label="Motif", choices=ReduceGround.choices, coerce=ReduceGround)
    reason = forms.CharField(
        label="Raison, dite dans la lettre", max_length=1_000, widget=forms.Textarea(attrs={"rows": 3})
    )  # fmt: skip


class ConfirmCancelForm(OfficeForm):
    """By which act the deciding body ended the award. seen: when what the person reads was prepared."""

    word = "confirm-cancel"
    number = forms.CharField(label="Délibération n°", max_length=60)
    day = forms.DateField(label="Du", widget=day_input(), initial=timezone.localdate)
    body = forms.TypedChoiceField(label="Qui a délibéré", choices=DecidingBody.choices, coerce=DecidingBody)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    @property
    def facts(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {
            "deliberation": Deliberation(said["number"], said["day"], said["body"]),
            "seen": parse_datetime(said["seen"]) if said["seen"] else None,
        }  # fmt: skip


class ConfirmReduceForm(ConfirmCancelForm):
    """By which act the deciding body made the award smaller."""

    word = "confirm-reduce"


class WithdrawForm(OfficeForm):
    word = "withdraw"
    why = forms.CharField(label="Pourquoi", max_length=400, help_text="Cela reste dans l’historique.")
