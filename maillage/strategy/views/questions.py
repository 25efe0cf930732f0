"""Ask about a measure without an account; read what was answered."""

from __future__ import annotations

from typing import cast

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from maillage.accounts.models import User
from maillage.accounts.rules import Person
from maillage.accounts.strangers import TOO_SOON
from maillage.accounts.views.limits import LETTERS_TO_ONE_ADDRESS, MESSAGES, is_too_fast, too_fast
from maillage.kernel.once import SentBefore, once
from maillage.kernel.page_cache import cache_public
from maillage.strategy import actions
from maillage.strategy.forms.questions import QuestionForm
from maillage.strategy.models import Measure
from maillage.strategy.queries.questions import answered
from maillage.strategy.views.plan import find_measure

PER_PAGE = 10


@cache_public
def questions(request: HttpRequest, code: str) -> HttpResponse:
    """All that was answered about a measure, the latest first."""
    measure = find_measure(code)
    page = Paginator(answered(measure), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "strategy/questions.html", {"measure": measure, "page": page, "trail": _trail(measure)})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, code: str) -> HttpResponse:
    """The question, then a letter to confirm it; nothing is published before its answer."""
    measure = find_measure(code)
    if request.method != "POST":
        return _page(request, measure, QuestionForm(initial={"email": _own_address(cast("Person", request.user))}))
    if is_too_fast(request, "question", MESSAGES):
        return too_fast(request)
    form = QuestionForm(request.POST)
    if not form.is_valid():
        return _page(request, measure, form)
    said = {"text": form.cleaned_data["text"], "email": form.cleaned_data["email"]}
    if form.is_from_a_machine():
        return _thanks(request, measure, said["email"])
    if form.is_too_soon():
        form.add_error(None, TOO_SOON)
        return _page(request, measure, form)
    if is_too_fast(request, "question_from", LETTERS_TO_ONE_ADDRESS, key=said["email"].lower()):
        return too_fast(request)
    try:
        once(request, actions.ask_question, measure=measure, at=timezone.now(), **said)
    except SentBefore as refusal:
        form.add_error(None, refusal.phrase)
        return _page(request, measure, form, status=409)
    except actions.SteeringRefused as refusal:
        form.add_error(refusal.field or None, refusal.phrase)
        return _page(request, measure, form)
    return _thanks(request, measure, said["email"])


def _own_address(person: Person) -> str:
    return person.email if isinstance(person, User) else ""


def _page(request: HttpRequest, measure: Measure, form: QuestionForm, *, status: int = 422) -> HttpResponse:
    context = {"measure": measure, "form": form, "trail": _trail(measure), "canonical_url": ""}
    return render(request, "strategy/ask.html", context, status=status if form.errors else 200)


def _thanks(request: HttpRequest, measure: Measure, address: str) -> HttpResponse:
    context = {"measure": measure, "address": address, "trail": _trail(measure), "canonical_url": ""}
    return render(request, "strategy/asked.html", context)


def _trail(measure: Measure) -> list[dict[str, str]]:
    return [
        {"label": "Stratégie", "url": reverse("strategy:index")},
        {"label": measure.title, "url": measure.get_absolute_url()},
    ]
