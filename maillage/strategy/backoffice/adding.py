"""Measures that the document does not have: add, copy, rename, take away."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from maillage.accounts.backoffice.screens import OfficeRequest, behind, find, show
from maillage.kernel.once import SentBefore, once
from maillage.strategy import actions
from maillage.strategy.forms.book import AddMeasureForm, RenameForm
from maillage.strategy.models import Axis, Measure
from maillage.strategy.queries import axes_of, home_strategy
from maillage.strategy.rules import may_steer


@behind(may_steer)
def add(request: OfficeRequest) -> HttpResponse:
    """One more measure of an axis."""
    strategy = home_strategy()
    if strategy is None:
        raise Http404
    form, status = AddMeasureForm(request.POST or None, axes=axes_of(strategy)), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            said = form.cleaned_data
            axis = get_object_or_404(Axis, strategy=strategy, number=said["axis"])
            try:
                measure = once(
                    request, actions.add_measure, axis=axis, title=said["title"], summary=said["summary"],
                    by=request.user, at=timezone.now(),
                )  # fmt: skip
            except (actions.SteeringRefused, SentBefore) as refusal:
                form.add_error(None, refusal.phrase)
            else:
                messages.success(request, f"La mesure {measure.code} est ajoutée.")
                return redirect("strategy_office:measure", measure.pk)
    return show(
        request, "strategy/backoffice/add_measure.html", title="Ajouter une mesure", icon="plus", status=status,
        crumbs=[("Plan d’action", reverse("strategy_office:measures"))], form=form,
    )  # fmt: skip


@require_POST
@behind(may_steer)
def duplicate(request: OfficeRequest, pk: int) -> HttpResponse:
    """A copy to change, on its own page."""
    measure = find(Measure.objects.select_related("axis"), pk)
    try:
        copy = once(request, actions.duplicate_measure, measure=measure, by=request.user, at=timezone.now())
    except (actions.SteeringRefused, SentBefore) as refusal:
        messages.error(request, refusal.phrase)
        return redirect("strategy_office:measure", pk)
    messages.success(request, f"Voici la copie, {copy.code} : donnez-lui son titre et ses dates.")
    return redirect("strategy_office:measure", copy.pk)


@require_POST
@behind(may_steer)
def rename(request: OfficeRequest, pk: int) -> HttpResponse:
    """Other words for an added measure."""
    measure, form = find(Measure.objects.all(), pk), RenameForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Donnez un titre, de deux cents signes au plus.")
        return redirect("strategy_office:measure", pk)
    try:
        actions.rename_measure(measure=measure, by=request.user, at=timezone.now(), **form.cleaned_data)
    except actions.SteeringRefused as refusal:
        messages.error(request, refusal.phrase)
    else:
        messages.success(request, "C’est enregistré.")
    return redirect("strategy_office:measure", pk)


@require_POST
@behind(may_steer)
def remove(request: OfficeRequest, pk: int) -> HttpResponse:
    """Take an added measure away."""
    measure = find(Measure.objects.all(), pk)
    try:
        actions.remove_measure(measure=measure, by=request.user, at=timezone.now())
    except actions.SteeringRefused as refusal:
        messages.error(request, refusal.phrase)
        return redirect("strategy_office:measure", pk)
    messages.success(request, f"La mesure « {measure.title} » est retirée.")
    return redirect("strategy_office:measures")
