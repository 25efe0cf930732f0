"""Propositions: what visitors would correct; agents decide when nobody nearer does, or before them."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET
from wagtail.admin import messages

from maillage.accounts.backoffice.screens import OfficeRequest, behind, find, show
from maillage.directory.rules import may_edit_sheets
from maillage.space import queries_suggestions
from maillage.space.models import Suggestion
from maillage.space.queries_officers import message_figures
from maillage.space.views import suggestions as pages

PAGE_SIZE = 30


@require_GET
@behind(may_edit_sheets)
def suggestions(request: HttpRequest) -> HttpResponse:
    """What is open; with ?decidees=1 what was decided."""
    is_done = request.GET.get("decidees") == "1"
    rows = queries_suggestions.decided() if is_done else queries_suggestions.waiting()
    return show(
        request,
        "space/backoffice/suggestions.html",
        title="Propositions",
        icon="edit",
        page=Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        is_done=is_done,
        figures=message_figures(),
    )


@behind(may_edit_sheets)
def suggestion(request: OfficeRequest, pk: int) -> HttpResponse:
    """GET shows the difference, POST keeps what was ticked."""
    found = find(Suggestion.objects.select_related("organisation", "decided_by"), pk)
    form, told, refusal = pages.answer(request, found)
    if told:
        messages.success(request, told)
        return redirect("space_office:suggestions")
    return show(
        request,
        "space/backoffice/suggestion.html",
        title=found.organisation.name,
        icon="edit",
        crumbs=[("Propositions", reverse("space_office:suggestions"))],
        **pages.show(found, form, refusal),
    )
