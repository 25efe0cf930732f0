"""`/moi/referent/portrait/`: the portrait of a liaison officer, by themself, without a script."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from maillage.accounts import queries
from maillage.accounts.models import User
from maillage.accounts.rules import NO_CARD
from maillage.space import actions, phrases, queries_officers
from maillage.space.forms import PortraitForm
from maillage.space.views.picture import LARGEST_REQUEST


@csrf_exempt  # the length is looked at before a byte is read; the token is asked just after
def portrait(request: HttpRequest) -> HttpResponse:
    """Too heavy a request is answered without reading it; the rest goes on."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_REQUEST:
        return render(request, "ui/error.html", {"code": 413, **phrases.TOO_HEAVY}, status=413)
    return _portrait(request)


@csrf_protect
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def _portrait(request: HttpRequest) -> HttpResponse:
    user, at = cast("User", request.user), timezone.now()
    mandate = queries.own_card(user, on=timezone.localdate(at))
    if mandate is None:
        return render(request, "accounts/refused.html", {"decision": NO_CARD}, status=403)
    is_sent = request.method == "POST"
    if is_sent and "remove" in request.POST:
        actions.withdraw_portrait(of=user, at=at)
        messages.success(request, "Le portrait est retiré, et son fichier effacé.")
        return redirect("space:portrait")
    form = PortraitForm(request.POST if is_sent else None, request.FILES if is_sent else None)
    if is_sent and form.is_valid():
        actions.show_portrait(picture=form.picture, of=user, at=at)
        messages.success(request, "C’est enregistré : votre page publique montre votre portrait.")
        return redirect("space:portrait")
    context = {"form": form, "mandate": mandate, "portrait": queries_officers.portraits_of([user.pk]).get(user.pk)}
    return render(request, "space/portrait.html", context, status=422 if form.errors else 200)
