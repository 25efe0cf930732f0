"""The decision sheet as it is typed: one small form for each application, then the deliberation for all of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from maillage.accounts.forms import day_input
from maillage.calls.enums import DecidingBody
from maillage.calls.models import Call, Criterion
from maillage.grants.actions import Deliberation, Proposed
from maillage.grants.enums import Ground, Outcome
from maillage.grants.models import Decision
from maillage.grants.queries.sheet import Row
from ui.money import EurosField

_CRITERION = "criterion:"


class RowForm(forms.Form):
    """What is proposed for one application; nothing chosen leaves it as it is."""

    outcome = forms.ChoiceField(label="Décision", required=False, choices=[("", "À décider"), *Outcome.choices])
    amount = EurosField(label="Montant proposé", required=False)
    why = forms.ChoiceField(label="Motif d’un refus", required=False)
    reason = forms.CharField(label="Raison, dite dans la lettre", max_length=1_000, required=False)
    override = forms.CharField(label="Raison de dépasser le plafond de minimis", max_length=400, required=False)

    def __init__(self, data: Any = None, *, row: Row, criteria: list[Criterion]) -> None:
        super().__init__(data, prefix=f"d{row.application.pk}", initial=_initial(row))
        self.row, self.criteria = row, criteria
        chosen = [(f"{_CRITERION}{one.pk}", f"Critère\u00a0: {one.label}") for one in criteria]
        grounds = [one for one in Ground.choices if one[0] != Ground.CRITERION]
        self.fields["why"].choices = [("", "Motif"), *chosen, *grounds]  # type: ignore[attr-defined]
        for name, bound in self.fields.items():
            bound.widget.attrs["aria-label"] = f"{bound.label}, {row.application.number}"
            if name in ("why", "reason", "override"):
                # As wide as its column: the longest ground of a refusal would squeeze the name of who asks.
                bound.widget.attrs["class"] = "w-w-full"
            if name == "amount":
                bound.widget.attrs["data-amount"] = ""

    @property
    def is_typed(self) -> bool:
        return bool(self.cleaned_data.get("outcome")) and self.has_changed()

    @property
    def proposed(self) -> Proposed:
        said, why = self.cleaned_data, self.cleaned_data["why"]
        criterion = next((one for one in self.criteria if why == f"{_CRITERION}{one.pk}"), None)
        return Proposed(
            outcome=Outcome(said["outcome"]), amount=said["amount"], reason=said["reason"], criterion=criterion,
            ground=Ground.CRITERION if criterion else why, override=said["override"],
        )  # fmt: skip


def _initial(row: Row) -> dict[str, Any]:
    decision = row.decision
    if decision is None:
        return {"amount": row.proposed}
    why = f"{_CRITERION}{decision.criterion_id}" if decision.criterion_id else decision.ground
    return {
        "outcome": decision.outcome, "amount": decision.amount, "why": why, "reason": decision.reason,
        "override": decision.override,
    }  # fmt: skip


def row_forms(data: Any, rows: Iterable[Row], call: Call) -> list[RowForm]:
    """A form for each row that is not confirmed."""
    criteria = list(call.criteria.order_by("position"))
    return [RowForm(data, row=row, criteria=criteria) for row in rows if not row.is_confirmed]


class DeliberationForm(forms.Form):
    """By which act the deciding body decided."""

    number = forms.CharField(label="Délibération n°", max_length=60)
    day = forms.DateField(label="Du", widget=day_input(), initial=timezone.localdate)
    body = forms.ChoiceField(label="Qui a délibéré", choices=DecidingBody.choices)

    @property
    def deliberation(self) -> Deliberation:
        said = self.cleaned_data
        return Deliberation(said["number"], said["day"], DecidingBody(said["body"]))


def chosen(data: Mapping[str, Any], decisions: Iterable[Decision]) -> list[tuple[Decision, datetime]]:
    """The decisions that were ticked, with when what was read of them was prepared."""
    found = []
    for one in decisions:
        seen = parse_datetime(str(data.get(f"c{one.pk}", "")))
        if seen is not None:
            found.append((one, seen))
    return found
