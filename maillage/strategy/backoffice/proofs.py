"""What proves a measure: attach by hand, take away, switch a rule on or off."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from maillage.accounts.backoffice.screens import OfficeRequest, behind, find
from maillage.strategy import actions
from maillage.strategy.models import Evidence, Measure
from maillage.strategy.rules import may_steer
from ui import french


@require_POST
@behind(may_steer)
def attach(request: OfficeRequest, pk: int) -> HttpResponse:
    """`what` is « directory.organisation:12 », as the search of the page offers it."""
    measure = find(Measure.objects.all(), pk)
    object_type, _, key = request.POST.get("what", "").partition(":")
    try:
        actions.attach_evidence(
            measure=measure, object_type=object_type, object_id=int(key) if key.isdecimal() and len(key) < 19 else 0,
            by=request.user, at=timezone.now(),
        )  # fmt: skip
    except actions.SteeringRefused as refusal:
        messages.error(request, refusal.phrase)
    else:
        messages.success(request, "La preuve est attachée : elle se lit sur la page de la mesure.")
    return redirect("strategy_office:measure", pk)


@require_POST
@behind(may_steer)
def detach(request: OfficeRequest, pk: int) -> HttpResponse:
    """Take a proof away from its measure."""
    evidence = find(Evidence.objects.all(), pk)
    actions.detach_evidence(evidence=evidence, by=request.user, at=timezone.now())
    messages.success(request, "La preuve est détachée. Rien d’autre n’est effacé.")
    return redirect("strategy_office:measure", evidence.measure_id)


@require_POST
@behind(may_steer)
def rule(request: OfficeRequest, pk: int) -> HttpResponse:
    """`rule` is its key; `off` switches it off."""
    measure, key = find(Measure.objects.all(), pk), request.POST.get("rule", "")
    try:
        if "off" in request.POST:
            gone = actions.drop_rule(measure=measure, key=key, by=request.user, at=timezone.now())
            told = f"La règle est retirée : {french.plural(gone, 'preuve')} de moins."
        else:
            more = actions.use_rule(measure=measure, key=key, by=request.user, at=timezone.now())
            told = f"La règle est choisie : {french.plural(more, 'preuve')} de plus. Elle se met à jour chaque heure."
    except actions.SteeringRefused as refusal:
        messages.error(request, refusal.phrase)
    else:
        messages.success(request, told)
    return redirect("strategy_office:measure", pk)
