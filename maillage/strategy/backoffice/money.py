"""The money of a measure, line by line; a refused form comes back with what was typed."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from maillage.accounts.backoffice.screens import OfficeRequest, behind, find
from maillage.kernel.once import SentBefore, once
from maillage.strategy import actions
from maillage.strategy.backoffice.plan import show_measure
from maillage.strategy.forms.money import BudgetChangeForm, BudgetLineForm
from maillage.strategy.models import BudgetLine, Measure
from maillage.strategy.rules import may_steer


@require_POST
@behind(may_steer)
def add(request: OfficeRequest, pk: int) -> HttpResponse:
    """One more line."""
    measure, form = find(Measure.objects.select_related("strategy"), pk), BudgetLineForm(request.POST)
    if form.is_valid():
        facts = form.cleaned_data
        try:
            once(request, actions.add_budget_line, measure=measure, by=request.user, at=timezone.now(), **facts)
        except (actions.SteeringRefused, SentBefore) as refusal:
            form.add_error(getattr(refusal, "field", "") or None, refusal.phrase)
        else:
            messages.success(request, "La ligne de budget est ajoutée.")
            return redirect("strategy_office:measure", pk)
    return show_measure(request, measure, new_line=form, status=422)


@require_POST
@behind(may_steer)
def change(request: OfficeRequest, pk: int) -> HttpResponse:
    """Another stage, another sum."""
    line = find(BudgetLine.objects.select_related("measure__strategy"), pk)
    form = BudgetChangeForm(request.POST, line=line)
    if form.is_valid():
        try:
            actions.change_budget_line(line=line, by=request.user, at=timezone.now(), **form.cleaned_data)
        except actions.SteeringRefused as refusal:
            form.add_error(refusal.field or None, refusal.phrase)
        else:
            messages.success(request, "La ligne de budget est enregistrée.")
            return redirect("strategy_office:measure", line.measure_id)
    return show_measure(request, line.measure, line_form=form, status=422)


@require_POST
@behind(may_steer)
def remove(request: OfficeRequest, pk: int) -> HttpResponse:
    """Take a line away; the journal keeps it."""
    line = find(BudgetLine.objects.select_related("measure"), pk)
    actions.remove_budget_line(line=line, by=request.user, at=timezone.now())
    messages.success(request, f"La ligne « {line} » est retirée.")
    return redirect("strategy_office:measure", line.measure_id)
