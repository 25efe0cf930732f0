"""The sheet in its people's own space: one form that says what is public and what came from where."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone

from maillage.accounts.models import User
from maillage.directory import actions as directory
from maillage.directory.models import Organisation
from maillage.directory.queries.origins import origins
from maillage.space import actions, phrases, queries_suggestions, rules
from maillage.space.enums import Part
from maillage.space.forms import OwnSheetForm
from maillage.space.views.own import opens_to
from ui import french


@opens_to(rules.may_revise)
def sheet(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """What was typed is saved by its button, or as one goes when scripts run; or it waits for the manager's yes."""
    user = cast("User", request.user)
    form = form_for(user, organisation, request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, organisation, form)
    at = timezone.now()
    try:
        waits = actions.revise_or_propose(
            organisation=organisation, facts=form.facts(at), by=user, at=at, seen=form.seen()
        )  # fmt: skip
    except directory.SheetMoved:  # at this very moment: the form compares again, and shows both texts
        organisation.refresh_from_db()
        form = form_for(user, organisation, request.POST)
        form.is_valid()
        return _page(request, organisation, form)
    except directory.SheetRefused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.phrase)
        return _page(request, organisation, form)
    said = form.decision_awaited if waits else phrases.SAVED
    if not request.headers.get("HX-Request"):
        messages.success(request, said)
        return redirect("space:sheet", organisation.pk)
    organisation.refresh_from_db()
    fresh = form_for(user, organisation, None)
    context = {"said": f"{said} ({french.time(timezone.localtime(at))})", "changed": fresh.after(form.changed_data)}
    return render(request, "space/_sheet_saved.html", context)


def form_for(user: User, organisation: Organisation, data: QueryDict | None) -> OwnSheetForm:
    """The form as this member fills it; what of theirs waits for a yes is shown in it."""
    mine, decider = None, ""
    if queries_suggestions.must_wait(user, organisation):
        mine = queries_suggestions.waiting_by(user, organisation)
        decider = phrases.agreement_of(queries_suggestions.decider_of(organisation))
    return OwnSheetForm(data, organisation=organisation, origins=origins(organisation), mine=mine, decider=decider)


def _page(request: HttpRequest, organisation: Organisation, form: OwnSheetForm) -> HttpResponse:
    status = 422 if form.errors else 200
    if request.headers.get("HX-Request"):
        context: dict[str, object] = {"said": phrases.not_saved(form.faults()), "changed": ()}
        return render(request, "space/_sheet_saved.html", context, status=status)
    is_manager = rules.part_in(cast("User", request.user), organisation) == Part.MANAGER
    context = {"organisation": organisation, "form": form, "is_manager": is_manager}
    return render(request, "space/sheet.html", context, status=status)
