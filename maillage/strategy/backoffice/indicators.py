"""The figures of the strategy as agents keep them: what is due, one page to type a value or an aim."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages

from maillage.accounts.backoffice.screens import OfficeRequest, behind, find, show, today
from maillage.strategy.actions import measuring as actions
from maillage.strategy.forms.indicators import ReadingForm, TargetForm
from maillage.strategy.models import Indicator
from maillage.strategy.queries import counted as lists
from maillage.strategy.queries import home_strategy
from maillage.strategy.queries import indicators as queries
from maillage.strategy.rules import may_steer

TITLE, ICON = "Indicateurs", "order"


@require_GET
@behind(may_steer)
def indicators(request: OfficeRequest) -> HttpResponse:
    """All of them with their last value as it was read (some fifty: no paging)."""
    strategy = home_strategy()
    rows = queries.office_rows(strategy, today()) if strategy else []
    return show(
        request, "strategy/backoffice/indicators.html", title=TITLE, icon=ICON, rows=rows, year=today().year,
    )  # fmt: skip


@behind(may_steer)
def indicator(request: OfficeRequest, pk: int) -> HttpResponse:
    """One indicator and its readings; POST keeps a typed value, or corrects the one of that day."""
    found = find(Indicator.objects.select_related("strategy", "axis", "measure"), pk)
    known = queries.reading_on(found, request.GET.get("jour", ""))
    form = ReadingForm(request.POST or None, indicator=found, reading=known)
    if request.method == "POST" and form.is_valid():
        try:
            actions.record_reading(indicator=found, **form.cleaned_data, by=request.user, at=timezone.now())
        except actions.ReadingRefused as refusal:
            form.add_error(refusal.field or None, refusal.phrase)
        else:
            messages.success(request, "La valeur est gardée.")
            return redirect("strategy_office:indicator", found.pk)
    return _page(request, found, form, TargetForm(indicator=found))


@require_POST
@behind(may_steer)
def aim(request: OfficeRequest, pk: int) -> HttpResponse:
    """Set the target of a year, or take it away."""
    found = find(Indicator.objects.select_related("strategy", "axis", "measure"), pk)
    form = TargetForm(request.POST, indicator=found)
    if form.is_valid():
        try:
            actions.set_target(indicator=found, **form.cleaned_data, by=request.user, at=timezone.now())
        except actions.ReadingRefused as refusal:
            form.add_error(refusal.field or None, refusal.phrase)
        else:
            messages.success(request, "La cible est gardée.")
            return redirect("strategy_office:indicator", found.pk)
    return _page(request, found, ReadingForm(indicator=found), form)


@require_GET
@behind(may_steer)
def counted(request: OfficeRequest, pk: int) -> HttpResponse:
    """What its figure counts, line by line, as far as this agent may read it."""
    found = find(Indicator.objects.select_related("strategy", "axis", "measure"), pk)
    listing = lists.listing_of(found)
    if listing is None:
        raise Http404
    counted = lists.counted(found, listing, page=request.GET.get("page", ""), on=today(), reader=request.user)
    trail = [(TITLE, reverse("strategy_office:indicators"))]
    return show(
        request, "strategy/backoffice/counted.html", title="La liste comptée", icon=ICON,
        crumbs=[*trail, (str(found), reverse("strategy_office:indicator", args=[found.pk]))], indicator=found,
        list=counted, since=lists.since_reading(found, today()), missing=lists.missing(found, counted, today()),
    )  # fmt: skip


def _page(request: OfficeRequest, found: Indicator, form: ReadingForm, target_form: TargetForm) -> HttpResponse:
    return show(
        request, "strategy/backoffice/indicator.html", title=str(found), icon=ICON,
        crumbs=[(TITLE, reverse("strategy_office:indicators"))], indicator=found, form=form, target_form=target_form,
        readings=queries.latest_readings(found), targets=queries.targets_of(found),
        history=queries.corrections(found),
        list_path=lists.public_path(found) or lists.office_path(found),
        status=422 if form.errors or target_form.errors else 200,
    )  # fmt: skip
