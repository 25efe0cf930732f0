"""Minutes as an agent types them, by a button or as one goes; their typed lines; written, then right."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from maillage.accounts.backoffice.screens import OfficeRequest, behind, find
from maillage.governance import actions, phrases
from maillage.governance.backoffice.bodies import refuse
from maillage.governance.backoffice.meetings import MEETINGS, act, show_meeting
from maillage.governance.forms.meetings import LineForm, MinutesForm
from maillage.governance.models import Action, AgendaItem, Decision
from maillage.governance.queries import bodies as seats
from maillage.governance.rules import may_keep_bodies
from maillage.kernel.once import SentBefore, once
from maillage.strategy.queries import home_measures


@require_POST
@behind(may_keep_bodies)
def write(request: OfficeRequest, pk: int) -> HttpResponse:
    """What was said at one point; what somebody else wrote meanwhile is shown beside, and not overwritten."""
    item = find(AgendaItem.objects.select_related("meeting__body"), pk)
    form, at = MinutesForm(request.POST, auto_id=f"minutes-{pk}-%s"), timezone.now()
    kept, status = _kept(form, item, request, at), 409 if form.has_error("minutes", "moved") else 422
    if request.headers.get("HX-Request"):
        return _told(request, item, kept, form, at)
    if kept is None:
        return show_meeting(request, item.meeting, point_form=form, point_id=pk, status=status)
    messages.success(request, "C’est enregistré.")
    return redirect(f"/gestion/instances/reunions/{item.meeting_id}/#point-{pk}")


def _kept(form: MinutesForm, item: AgendaItem, request: OfficeRequest, at: datetime) -> AgendaItem | None:
    """The point once written; None when it is not, and then the form says why."""
    if not form.is_valid():
        return None
    text, seen = form.cleaned_data["minutes"], form.cleaned_data["seen_at"]
    try:
        return actions.write_minutes(item=item, text=text, seen_at=seen, by=request.user, at=at)
    except actions.MinutesMoved as moved:
        form.show_beside(moved.item, moved.phrase)
    except actions.GovernanceRefused as refusal:
        form.add_error("minutes", refusal.phrase)
    return None


def _told(
    request: OfficeRequest, item: AgendaItem, kept: AgendaItem | None, form: MinutesForm, at: datetime
) -> HttpResponse:
    """A sentence for the state of the point, and the moment of what is kept; what is being typed stays."""
    faults = [str(fault) for errors in form.errors.values() for fault in errors]
    said = phrases.saved_at(at) if kept else phrases.not_saved(faults)
    context = {"item": kept or item, "said": said, "is_kept": kept is not None}
    return render(request, "governance/backoffice/minutes_saved.html", context, status=200 if kept else 422)


@require_POST
@behind(may_keep_bodies)
def add_line(request: OfficeRequest, pk: int) -> HttpResponse:
    """A decision or an action under one point."""
    item = find(AgendaItem.objects.select_related("meeting__body"), pk)
    owners = seats.running_members(item.meeting.body, item.meeting.starts_at or timezone.now())
    form = LineForm(request.POST, item_id=pk, owners=owners, measures=home_measures())
    if form.is_valid():
        try:
            once(request, _line, item, form.cleaned_data, request)
        except (actions.GovernanceRefused, SentBefore) as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, "La ligne est écrite.")
            return redirect(f"/gestion/instances/reunions/{item.meeting_id}/#point-{pk}")
    return show_meeting(request, item.meeting, point_form=form, point_id=pk, status=422)


def _line(item: AgendaItem, said: dict[str, Any], request: OfficeRequest) -> Decision | Action:
    facts: dict[str, Any] = {
        "meeting": item.meeting, "item": item, "text": said["text"], "measure": said["measure"], "by": request.user,
        "at": timezone.now(),
    }  # fmt: skip
    if said["kind"] == LineForm.DECISION:
        return actions.decide(**facts)
    return actions.entrust(**facts, owner=said["owner"], due_date=said["due_date"])


@require_POST
@behind(may_keep_bodies)
def remove_decision(request: OfficeRequest, pk: int) -> HttpResponse:
    line = find(Decision.objects.select_related("meeting"), pk)
    return act(request, line.meeting, "La décision est retirée.", actions.remove_line, line=line)


@require_POST
@behind(may_keep_bodies)
def remove_action(request: OfficeRequest, pk: int) -> HttpResponse:
    line = find(Action.objects.select_related("meeting"), pk)
    return act(request, line.meeting, "L’action est retirée.", actions.remove_line, line=line)


@require_POST
@behind(may_keep_bodies)
def finish(request: OfficeRequest, pk: int) -> HttpResponse:
    found = find(MEETINGS, pk)
    return act(request, found, "Le compte rendu attend d’être validé.", actions.finish_minutes, meeting=found)


@require_POST
@behind(may_keep_bodies)
def validate(request: OfficeRequest, pk: int) -> HttpResponse:
    found, said = find(MEETINGS, pk), "Le compte rendu est validé. Les personnes présentes le reçoivent."
    return act(request, found, said, actions.validate_minutes, meeting=found)
