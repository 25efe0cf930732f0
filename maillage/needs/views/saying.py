"""Say a need without an account: one screen, then needs that are alike if there are any, then thanks."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from maillage.accounts.models import User
from maillage.accounts.strangers import TOO_SOON
from maillage.accounts.views import limits
from maillage.kernel.once import SentBefore, once
from maillage.needs import actions, phrases, queries
from maillage.needs.forms import SayForm
from maillage.needs.models import Need, Voice

# Two posts a need: what is missing, then « Non, c’est autre chose ».
SAYING = "10/m/ip,60/h/ip"
LOOKING = "40/m/ip,400/h/ip"
# Shorter, nothing is worth comparing.
LEAST = 12


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def say(request: HttpRequest) -> HttpResponse:
    """`/besoins/dire/`"""
    by = request.user if isinstance(request.user, User) else None
    if request.method != "POST":
        return _page(request, SayForm(by=by, initial={"commune": request.GET.get("commune", "")}))
    if limits.is_too_fast(request, "need", SAYING):
        return limits.too_fast(request)
    if "back" in request.POST:
        return _page(request, SayForm(by=by, initial=request.POST.dict()))
    form = SayForm(request.POST, by=by)
    if not form.is_valid():
        return _page(request, form)
    if form.is_from_a_machine():
        return _thanks(request, form, None)
    if form.is_too_soon():
        form.add_error(None, TOO_SOON)
        return _page(request, form)
    email = form.cleaned_data.get("email", "").lower()
    if email and limits.is_too_fast(request, "write_from", limits.LETTERS_TO_ONE_ADDRESS, key=email):
        return limits.too_fast(request)
    return _answer(request, form)


def _answer(request: HttpRequest, form: SayForm) -> HttpResponse:
    is_joining = bool(request.POST.get("join"))
    if not is_joining and "alone" not in request.POST:
        alike = queries.alike_words(form.cleaned_data["words"])
        if alike:
            return _alike(request, form, alike)
    try:
        made: Need | Voice = once(request, _join, request, form) if is_joining else once(request, _say, form)
    except (actions.NeedRefused, SentBefore) as refusal:
        field = getattr(refusal, "field", "")
        form.add_error(field if field in form.fields else None, refusal.phrase)
        return _page(request, form, status=409 if isinstance(refusal, SentBefore) else 422)
    return _thanks(request, form, made)


def _say(form: SayForm) -> Need:
    return actions.say_need(at=timezone.now(), **form.facts())


def _join(request: HttpRequest, form: SayForm) -> Voice:
    need = Need.objects.published().filter(reference=request.POST["join"]).first()
    if need is None:
        raise actions.NeedRefused(phrases.NOT_PUBLISHED)
    return actions.join_need(need=need, email=form.cleaned_data.get("email", ""), user=form.by, at=timezone.now())


def _page(request: HttpRequest, form: SayForm, *, status: int = 422) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "health": phrases.HEALTH, "canonical_url": ""}
    return render(request, "needs/say.html", context, status=status if form.errors else 200)


def _alike(request: HttpRequest, form: SayForm, alike: list[queries.Alike]) -> HttpResponse:
    has_address = form.by is not None or bool(form.cleaned_data.get("email"))
    context = {"form": form, "alike": alike, "has_address": has_address, "canonical_url": ""}
    return render(request, "needs/say_alike.html", context)


def _thanks(request: HttpRequest, form: SayForm, made: Need | Voice | None) -> HttpResponse:
    need = made.need if isinstance(made, Voice) else made
    context = {
        "need": need, "is_joined": isinstance(made, Voice), "address": form.cleaned_data.get("email", ""),
        "is_known": form.by is not None, "canonical_url": "",
    }  # fmt: skip
    return render(request, "needs/said.html", context)


@never_cache
@require_POST
def resembling(request: HttpRequest) -> HttpResponse:
    """`/besoins/semblables/`: what is alike while one types, for HTMX. By POST: the words stay out of every log."""
    words = request.POST.get("words", "")[:500]
    if len(words.strip()) < LEAST or limits.is_too_fast(request, "need_alike", LOOKING):
        return render(request, "needs/_resembling.html", {"alike": []})
    return render(request, "needs/_resembling.html", {"alike": queries.alike_words(words)})
