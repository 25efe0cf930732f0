"""Single undertakings: which organisations count as one for aids de minimis; join two, part one."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages

from maillage.accounts.backoffice.screens import OfficeRequest, behind, find, show, today
from maillage.grants import actions
from maillage.grants.backoffice.sheets import ICON, crumbs
from maillage.grants.forms.undertakings import JoinForm, PartForm
from maillage.grants.models import Undertaking
from maillage.grants.queries import undertakings as queries
from maillage.grants.rules import may_decide

PER_PAGE, TITLE = 30, "Entreprises uniques"


@require_GET
@behind(may_decide)
def undertakings(request: OfficeRequest) -> HttpResponse:
    """Those of several organisations first; ?q= narrows."""
    return _list(request, JoinForm())


def _list(request: OfficeRequest, form: JoinForm, *, status: int = 200) -> HttpResponse:
    words = request.GET.get("q", "").strip()[:100]
    page = Paginator(queries.listed(words), PER_PAGE).get_page(request.GET.get("page"))
    return show(
        request, "grants/backoffice/undertakings.html", title=TITLE, icon=ICON, crumbs=crumbs(), page=page, words=words,
        form=form, wrong=form.word if form.errors else "", status=status,
    )  # fmt: skip


@require_POST
@behind(may_decide)
def join(request: OfficeRequest) -> HttpResponse:
    """Two organisations, and their people, are one undertaking from now on."""
    form = JoinForm(request.POST)
    if form.is_valid():
        try:
            made = actions.join_undertaking(
                to=actions.undertaking_of(form.cleaned_data["first"]), by=request.user, at=timezone.now(), **form.facts
            )
        except actions.GrantRefused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.phrase)
        else:
            messages.success(request, "Ces structures comptent ensemble.")
            return redirect("grants_office:undertaking", made.pk)
    return _list(request, form, status=422)


@require_GET
@behind(may_decide)
def undertaking(request: OfficeRequest, pk: int) -> HttpResponse:
    """Who stands in it, what it was given, what it may still receive."""
    return _whole(request, find(Undertaking.objects.all(), pk))


def _whole(
    request: OfficeRequest, found: Undertaking, *, status: int = 200, wrong: Any = None, item: int = 0
) -> HttpResponse:
    return show(
        request, "grants/backoffice/undertaking.html", title=found.name, icon=ICON, status=status,
        crumbs=[*crumbs(), (TITLE, reverse("grants_office:undertakings"))],
        whole=queries.whole(found, by=request.user, on=today()), wrong=wrong, wrong_item=item,
    )  # fmt: skip


@require_POST
@behind(may_decide)
def part(request: OfficeRequest, pk: int, item: int) -> HttpResponse:
    """This organisation is an undertaking of its own from now on."""
    found = find(Undertaking.objects.all(), pk)
    member, form = find(found.members.select_related("organisation"), item), PartForm(request.POST)
    if form.is_valid():
        try:
            made = actions.part_undertaking(
                organisation=member.organisation, by=request.user, at=timezone.now(), **form.facts
            )
        except actions.GrantRefused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.phrase)
        else:
            messages.success(request, "Cette structure compte seule.")
            return redirect("grants_office:undertaking", made.pk)
    return _whole(request, found, status=422, wrong=form, item=item)
