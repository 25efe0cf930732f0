"""Themes as agents follow them: what is in each, its turns, the next one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages

from maillage.accounts.backoffice.screens import OfficeRequest, behind, find, show
from maillage.kernel.registry import asides
from maillage.needs import actions, phrases, queries
from maillage.needs.enums import ThemeState
from maillage.needs.forms import TakeBackForm, TurnForm
from maillage.needs.models import Theme, Turn
from maillage.needs.rules import may_sort_needs

PAGE_SIZE = 30
_VERBS: dict[ThemeState, Callable[..., Turn]] = {
    ThemeState.TO_VOTE: actions.put_to_vote, ThemeState.IN_CALL: actions.offer_in_call,
    ThemeState.OPEN: actions.open_theme, ThemeState.CLOSED: actions.close_theme,
}  # fmt: skip


@require_GET
@behind(may_sort_needs)
def themes(request: OfficeRequest) -> HttpResponse:
    """Every theme, those that moved last first."""
    page = Paginator(queries.themes(), PAGE_SIZE).get_page(request.GET.get("page"))
    crumbs = [("Besoins", reverse("needs_office:needs"))]
    return show(
        request, "needs/backoffice/themes.html", title="Thèmes", icon="folder-open-inverse", crumbs=crumbs, page=page
    )


@behind(may_sort_needs)
def theme(request: OfficeRequest, pk: int) -> HttpResponse:
    """GET shows one theme; POST says what happens to it, and everybody behind it hears."""
    found = find(Theme.objects.with_counts().select_related("measure"), pk)
    form, status = TurnForm(request.POST or None, theme=found), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                _take(found, form.cleaned_data, request)
            except actions.NeedRefused as refusal:
                form.add_error(refusal.field or None, refusal.phrase)
                status = 422 if refusal.field else 409
            else:
                messages.success(request, "C’est dit. Les personnes qui suivent ces besoins reçoivent une lettre.")
                return redirect("needs_office:theme", found.pk)
    return _theme_page(request, found, form=form, status=status)


@require_POST
@behind(may_sort_needs)
def take_back(request: OfficeRequest, pk: int) -> HttpResponse:
    """The last turn of today was a mistake."""
    found = find(Theme.objects.with_counts().select_related("measure"), pk)
    form = TakeBackForm(request.POST)
    if form.is_valid():
        try:
            actions.take_back(theme=found, by=request.user, at=timezone.now(), **form.cleaned_data)
        except actions.NeedRefused as refusal:
            form.add_error(refusal.field or None, refusal.phrase)
        else:
            messages.success(request, "L’étape est reprise. Les personnes déjà prévenues reçoivent une correction.")
            return redirect("needs_office:theme", found.pk)
    return _theme_page(request, found, form=TurnForm(theme=found), taking=form, status=422)


def _theme_page(
    request: OfficeRequest, found: Any, *, form: TurnForm, status: int, taking: TakeBackForm | None = None
) -> HttpResponse:
    """The page of one theme; a form that was refused takes the place of the fresh one."""
    rows = queries.found(queries.Asked(theme=found.slug))
    return show(
        request, "needs/backoffice/theme.html", title=found.title, icon="folder-open-inverse", status=status,
        crumbs=[("Besoins", reverse("needs_office:needs")), ("Thèmes", reverse("needs_office:themes"))],
        theme=found, chain=queries.chain_of_theme(found), form=form, asides=asides(found),
        last=queries.last_turn_of_today(found, timezone.now()), taking=taking or TakeBackForm(),
        tone=phrases.TONES[ThemeState(found.state)],
        page=Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
    )  # fmt: skip


def _take(theme: Theme, said: dict[str, Any], request: OfficeRequest) -> None:
    at, by, words, address = timezone.now(), request.user, said["sentence"], said["address"]
    state = ThemeState(said["state"])
    if state in {ThemeState.CHOSEN, ThemeState.NOT_CHOSEN}:
        is_chosen = state == ThemeState.CHOSEN
        actions.settle(theme=theme, is_chosen=is_chosen, reason=words, address=address, by=by, at=at)
    else:
        _VERBS[state](theme=theme, words=words, address=address, by=by, at=at)
