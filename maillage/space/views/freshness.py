"""From their own space: the sheet is still right; how often to ask."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from maillage.accounts.models import User
from maillage.directory.models import Organisation
from maillage.kernel.once import once
from maillage.space import actions, rules
from maillage.space.forms import MonthsForm
from maillage.space.views.own import opens_to as behind


@require_POST
@behind(rules.may_revise)
def confirm(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    at = timezone.now()
    source = actions.member_source(organisation, at)
    once(request, actions.confirm_sheet, organisation=organisation, source=source, by=cast("User", request.user), at=at)
    messages.success(request, "Merci\u00a0: la fiche dit aujourd’hui qu’elle est vérifiée.")
    return redirect("space:sheet", organisation.pk)


@require_POST
@behind(rules.may_manage)
def choose_months(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    form = MonthsForm(request.POST)
    if form.is_valid():
        actions.choose_months(
            organisation=organisation, months=form.cleaned_data["months"], by=cast("User", request.user),
            at=timezone.now(),
        )  # fmt: skip
        messages.success(request, "C’est noté.")
    else:
        messages.error(request, "Choisissez trois mois, six mois ou un an.")
    return redirect("space:sheet", organisation.pk)


@require_POST
@behind(rules.may_manage)
def set_contributors_wait(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """« Les changements attendent mon accord »: a box ticked or not."""
    is_on = request.POST.get("contributors_wait") == "on"
    actions.set_contributors_wait(
        organisation=organisation, is_on=is_on, by=cast("User", request.user), at=timezone.now()
    )
    told = "Ce que changent les autres attendra votre accord." if is_on else "Leurs changements se voient aussitôt."
    messages.success(request, f"C’est noté. {told}")
    return redirect("space:sheet", organisation.pk)
