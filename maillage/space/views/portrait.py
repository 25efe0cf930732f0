"""`/moi/referent/portrait/`: the face of a liaison officer, put there and withdrawn by themself, without a script."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from maillage.accounts.models import User
from maillage.accounts.queries import own_card
from maillage.accounts.rules import NO_CARD
from maillage.kernel.once import SentBefore, once
from maillage.space import actions, phrases
from maillage.space.forms import PortraitForm
from maillage.space.queries_officers import portrait_of
from maillage.space.views.limits import takes_a_picture


@takes_a_picture
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def portrait(request: HttpRequest) -> HttpResponse:
    """Preview, first or other picture, withdrawal, while one's own mandate runs; after it, withdrawal only."""
    user, at = cast("User", request.user), timezone.now()
    mandate, present = own_card(user, on=timezone.localdate(at)), portrait_of(user)
    if mandate is None and (present is None or request.FILES):
        return render(request, "accounts/refused.html", {"decision": NO_CARD}, status=403)
    if "withdraw" in request.POST:
        actions.withdraw_portrait(officer=user, at=at)
        return _done(request, phrases.PORTRAIT_WITHDRAWN, "space:portrait" if mandate else "own:home")
    if mandate is None:  # an agreement is taken back whenever one likes; only a new picture asks for a mandate
        return render(request, "space/portrait.html", {"form": None, "mandate": None, "portrait": present, "where": ""})
    form, status = PortraitForm(request.POST or None, request.FILES or None, is_first=present is None), 422
    if request.method == "POST" and form.is_valid() and form.picture is not None:
        try:
            once(request, actions.put_portrait, officer=user, picture=form.picture, at=at)
        except SentBefore as refusal:
            form.add_error(None, refusal.phrase)
            status = 409
        else:
            return _done(request, phrases.PORTRAIT_SHOWN)
    context: dict[str, Any] = {"form": form, "mandate": mandate, "portrait": present, "where": str(mandate.epci)}
    return render(request, "space/portrait.html", context, status=status if form.errors else 200)


def _done(request: HttpRequest, said: str, to: str = "space:portrait") -> HttpResponse:
    messages.success(request, said)
    return redirect(to)
