"""Keep a search, with or without an account; stop one's own."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from maillage.accounts.models import User
from maillage.accounts.strangers import TOO_SOON
from maillage.accounts.views import limits
from maillage.aids import actions, queries
from maillage.aids.enums import Pace
from maillage.aids.forms import WatchForm
from maillage.aids.models import Watch
from maillage.kernel.once import SentBefore, once

WATCHING = "5/m/ip,30/h/ip"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def watch(request: HttpRequest) -> HttpResponse:
    """`/aides/alerte/`: the search of this address is kept, and told as often as one likes."""
    by = request.user if isinstance(request.user, User) else None
    if request.method != "POST":
        asked = queries.Asked.read(request.GET.urlencode()).address
        return _page(request, WatchForm(by=by, initial={"asked": asked}), asked)
    form = WatchForm(request.POST, by=by)
    asked = queries.Asked.read(request.POST.get("asked", "")).address
    if limits.is_too_fast(request, "watch", WATCHING):
        return limits.too_fast(request)
    if not form.is_valid():
        return _page(request, form, asked)
    if form.is_from_a_machine():
        return _thanks(request, form, asked)
    if form.is_too_soon():
        form.add_error(None, TOO_SOON)
        return _page(request, form, asked)
    email = form.cleaned_data.get("email", "").lower()
    if email and limits.is_too_fast(request, "write_from", limits.LETTERS_TO_ONE_ADDRESS, key=email):
        return limits.too_fast(request)
    pace = Pace(form.cleaned_data["pace"])
    try:
        once(request, actions.keep_watch, asked=asked, pace=pace, user=by, email=email, at=timezone.now())
    except (actions.AidRefused, SentBefore) as refusal:
        field = getattr(refusal, "field", "")
        form.add_error(field if field in form.fields else None, refusal.phrase)
        return _page(request, form, asked, status=409 if isinstance(refusal, SentBefore) else 422)
    return _thanks(request, form, asked)


def _page(request: HttpRequest, form: WatchForm, asked: str, *, status: int = 422) -> HttpResponse:
    context = {"form": form, "asked": queries.Asked.read(asked), "canonical_url": ""}
    return render(request, "aids/watch.html", context, status=status if form.errors else 200)


def _thanks(request: HttpRequest, form: WatchForm, asked: str) -> HttpResponse:
    context = {"address": form.cleaned_data.get("email", ""), "asked": asked, "canonical_url": ""}
    return render(request, "aids/watched.html", context)


@require_POST
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """`/moi/aides/<pk>/arreter/`: stop one's own search; somebody else's is not found."""
    held = get_object_or_404(Watch, pk=min(pk, 2**63 - 1), user_id=request.user.pk)
    actions.stop_watch(watch=held, at=timezone.now())
    messages.success(request, "C’est noté\u00a0: plus de lettre pour cette recherche.")
    return redirect("own:home")
