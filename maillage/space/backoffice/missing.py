"""Organisations that the directory lacks, as agents decide them: where nobody nearer does, or before them."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET
from wagtail.admin import messages

from maillage.accounts.backoffice.screens import OfficeRequest, behind, find, show
from maillage.directory.rules import may_edit_sheets
from maillage.space import queries_missing
from maillage.space.models import MissingActor
from maillage.space.views import missing as pages

PAGE_SIZE = 30


@require_GET
@behind(may_edit_sheets)
def missing_actors(request: HttpRequest) -> HttpResponse:
    """What is open; with ?decidees=1 what was decided."""
    is_done = request.GET.get("decidees") == "1"
    rows = queries_missing.missing_decided() if is_done else queries_missing.missing_waiting()
    return show(
        request,
        "space/backoffice/missing_actors.html",
        title="Structures proposées",
        icon="plus",
        page=Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        is_done=is_done,
    )


@behind(may_edit_sheets)
def missing_actor(request: OfficeRequest, pk: int) -> HttpResponse:
    """GET shows what is proposed and what it may already be, POST decides."""
    found = find(MissingActor.objects.select_related("commune__epci", "sheet", "decided_by"), pk)
    context, told = pages.answer(request, found)
    if told:
        messages.success(request, told)
        return redirect("space_office:missing_actors")
    page = show(
        request,
        "space/backoffice/missing_actor.html",
        title=found.proposed_name,
        icon="plus",
        crumbs=[("Structures proposées", reverse("space_office:missing_actors"))],
        **context,
    )
    page.status_code = pages.status_of(context)
    return page
