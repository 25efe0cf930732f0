"""Steps and news of a measure, each by its own small form; a refused form comes back with what was typed."""

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
from maillage.strategy.forms.plan import NewsForm, StepForm
from maillage.strategy.models import Measure, News, Step
from maillage.strategy.rules import may_steer


@require_POST
@behind(may_steer)
def add(request: OfficeRequest, pk: int) -> HttpResponse:
    """One more step."""
    measure, form = find(Measure.objects.select_related("strategy"), pk), StepForm(request.POST)
    if form.is_valid():
        try:
            once(request, actions.add_step, measure=measure, by=request.user, at=timezone.now(), **form.cleaned_data)
        except (actions.SteeringRefused, SentBefore) as refusal:
            form.add_error(None, refusal.phrase)
        else:
            messages.success(request, "L’étape est ajoutée.")
            return redirect("strategy_office:measure", pk)
    return show_measure(request, measure, new_step=form, status=422)


@require_POST
@behind(may_steer)
def change(request: OfficeRequest, pk: int) -> HttpResponse:
    """Other words, another day; done, or not after all."""
    step = find(Step.objects.select_related("measure__strategy"), pk)
    form = StepForm(request.POST, step=step)
    if form.is_valid():
        facts = form.cleaned_data
        if "today" in request.POST:
            facts = {**facts, "done_date": timezone.localdate()}
        try:
            actions.change_step(step=step, facts=facts, by=request.user, at=timezone.now())
        except actions.SteeringRefused as refusal:
            form.add_error(refusal.field or None, refusal.phrase)
        else:
            messages.success(request, "L’étape est enregistrée.")
            return redirect("strategy_office:measure", step.measure_id)
    return show_measure(request, step.measure, step_form=form, status=422)


@require_POST
@behind(may_steer)
def remove(request: OfficeRequest, pk: int) -> HttpResponse:
    """Take a step away; the journal keeps it."""
    step = find(Step.objects.select_related("measure"), pk)
    actions.remove_step(step=step, by=request.user, at=timezone.now())
    messages.success(request, f"L’étape « {step.title} » est retirée.")
    return redirect("strategy_office:measure", step.measure_id)


@require_POST
@behind(may_steer)
def tell(request: OfficeRequest, pk: int) -> HttpResponse:
    """A few words to inhabitants."""
    measure, form = find(Measure.objects.select_related("strategy"), pk), NewsForm(request.POST)
    if form.is_valid():
        try:
            once(request, actions.tell_news, measure=measure, by=request.user, at=timezone.now(), **form.cleaned_data)
        except (actions.SteeringRefused, SentBefore) as refusal:
            form.add_error(getattr(refusal, "field", "") or None, refusal.phrase)
        else:
            messages.success(request, "La nouvelle est publiée.")
            return redirect("strategy_office:measure", pk)
    return show_measure(request, measure, news_form=form, status=422)


@require_POST
@behind(may_steer)
def withdraw(request: OfficeRequest, pk: int) -> HttpResponse:
    """Take a piece of news away."""
    news = find(News.objects.select_related("measure"), pk)
    actions.withdraw_news(news=news, by=request.user, at=timezone.now())
    messages.success(request, "La nouvelle est retirée.")
    return redirect("strategy_office:measure", news.measure_id)
