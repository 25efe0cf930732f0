"""While I am away: who takes my place, until when."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from maillage.accounts import actions, queries, rules
from maillage.accounts.forms import AbsenceForm
from maillage.accounts.models import Delegation, User
from maillage.kernel.once import SentBefore, once


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def absence(request: HttpRequest) -> HttpResponse:
    """`/moi/absence/`: what runs, and the form to ask a colleague."""
    user, at = cast("User", request.user), timezone.now()
    today = timezone.localdate(at)
    decision = rules.may_delegate(user, on=today)
    told = queries.own_absence(user)
    if not decision and told is None:
        return render(request, "accounts/refused.html", {"decision": decision}, status=403)
    form = AbsenceForm(request.POST or None, colleagues=queries.colleagues(on=today, but=user))
    if request.method == "POST" and form.is_valid():
        try:
            once(request, actions.delegate, giver=user, by=user, at=at, **form.cleaned_data)
        except actions.PersonRefused as refusal:
            form.add_error(refusal.field or None, refusal.phrase)
        except SentBefore as refusal:
            form.add_error(None, refusal.phrase)
        else:
            messages.success(request, "C’est noté : une lettre le lui dit.")
            return redirect("own:absence")
    context = {"form": form, "panel": told, "may_delegate": bool(decision)}
    return render(request, "accounts/absence.html", context, status=422 if form.errors else 200)


@require_POST
@never_cache
def end_absence(request: HttpRequest, pk: int) -> HttpResponse:
    """Either of the two ends it; to others it is as if it did not exist."""
    user = cast("User", request.user)
    known = user.delegations_given.all() | user.delegations_held.all()
    delegation: Delegation = get_object_or_404(known, pk=min(pk, 2**63 - 1))
    actions.end_delegation(delegation=delegation, by=user, at=timezone.now())
    messages.success(request, "C’est fini : chacun reprend sa place.")
    return redirect("own:home")
