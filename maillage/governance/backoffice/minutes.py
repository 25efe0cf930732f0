"""Minutes as an agent types them: saved by a button, or as one goes when scripts run."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from maillage.accounts.backoffice.screens import OfficeRequest, behind, find
from maillage.governance import actions, phrases
from maillage.governance.backoffice.meetings import show_meeting
from maillage.governance.forms.meetings import MinutesForm
from maillage.governance.models import AgendaItem
from maillage.governance.rules import may_keep_bodies


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
