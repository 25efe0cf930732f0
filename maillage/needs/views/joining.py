"""Say « moi aussi » on the page of a need."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from maillage.accounts.models import User
from maillage.accounts.strangers import TOO_SOON
from maillage.accounts.views import limits
from maillage.kernel.once import SentBefore, once
from maillage.needs import actions
from maillage.needs.forms import JoinForm
from maillage.needs.models import Need
from maillage.needs.views.saying import SAYING


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, reference: str) -> HttpResponse:
    """`/besoins/<reference>/moi-aussi/`: an address, then thanks; whoever is signed in only presses the button."""
    need = get_object_or_404(Need.objects.published().with_places(), reference=reference)
    by = request.user if isinstance(request.user, User) else None
    if request.method != "POST":
        return _page(request, need, JoinForm(by=by))
    form = JoinForm(request.POST, by=by)
    if limits.is_too_fast(request, "need", SAYING):
        return limits.too_fast(request)
    if not form.is_valid():
        return _page(request, need, form)
    if form.is_from_a_machine():
        return _thanks(request, need, form)
    if form.is_too_soon():
        form.add_error(None, TOO_SOON)
        return _page(request, need, form)
    email = form.cleaned_data.get("email", "").lower()
    if email and limits.is_too_fast(request, "write_from", limits.LETTERS_TO_ONE_ADDRESS, key=email):
        return limits.too_fast(request)
    try:
        once(request, actions.join_need, need=need, email=email, user=by, at=timezone.now())
    except (actions.NeedRefused, SentBefore) as refusal:
        form.add_error(None, refusal.phrase)
        return _page(request, need, form, status=409 if isinstance(refusal, SentBefore) else 422)
    return _thanks(request, need, form)


def _page(request: HttpRequest, need: Need, form: JoinForm, *, status: int = 422) -> HttpResponse:
    context = {"need": need, "form": form, "canonical_url": ""}
    return render(request, "needs/join.html", context, status=status if form.errors else 200)


def _thanks(request: HttpRequest, need: Need, form: JoinForm) -> HttpResponse:
    context = {
        "need": need, "is_joined": True, "address": form.cleaned_data.get("email", ""),
        "is_known": form.by is not None, "canonical_url": "",
    }  # fmt: skip
    return render(request, "needs/said.html", context)
