"""The jury of each call: who is named, who has promised, who has handed in what."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages

from maillage.accounts.backoffice.acting import pressed, tried
from maillage.accounts.backoffice.screens import OfficeRequest, behind, find, show
from maillage.calls import actions
from maillage.calls.backoffice.applications import crumbs
from maillage.calls.forms.review import NameForm
from maillage.calls.models import Call
from maillage.calls.queries.jury import calls_under_review, reviewers_of
from maillage.calls.rules import may_examine

ICON = "group"


@require_GET
@behind(may_examine)
def juries(request: OfficeRequest) -> HttpResponse:
    """Every call whose jury may be named."""
    return show(
        request, "calls/backoffice/applications/juries.html", title="Jurys", icon=ICON, crumbs=crumbs(),
        calls=calls_under_review(),
    )  # fmt: skip


@behind(may_examine)
def jury(request: OfficeRequest, pk: int) -> HttpResponse:
    """The jury of one call; naming somebody writes them a letter."""
    call = find(calls_under_review(), pk)
    form = NameForm(request.POST or None)
    made = tried(
        form,
        lambda: actions.name_reviewer(call=call, by=request.user, at=timezone.now(), **form.facts),
        actions.CallRefused,
    )
    if made is not None:
        messages.success(request, "Membre du jury. Une lettre lui dit comment commencer.")
        return redirect("applications_office:jury", pk)
    return _page(request, call, form)


def _page(request: OfficeRequest, call: Call, form: Any) -> HttpResponse:
    return show(
        request, "calls/backoffice/applications/jury.html", title=f"Jury\u00a0: {call.title}", icon=ICON,
        crumbs=crumbs(), call=call, members=reviewers_of(call), form=form, status=422 if form.errors else 200,
    )  # fmt: skip


@require_POST
@behind(may_examine)
def remove(request: OfficeRequest, pk: int, item: int) -> HttpResponse:
    call = find(calls_under_review(), pk)
    row = find(call.reviewers.all(), item)
    verb = partial(actions.remove_reviewer, reviewer=row, by=request.user, at=timezone.now())
    pressed(request, "Cette personne n’est plus membre du jury.", verb, actions.CallRefused)
    return redirect("applications_office:jury", pk)
