"""From the page of a workshop to the file of a project."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from wagtail.admin import messages

from maillage.accounts.backoffice.screens import OfficeRequest, behind, find, show
from maillage.desk import actions
from maillage.desk.backoffice.files import crumbs
from maillage.desk.forms.workshops import OutputForm
from maillage.desk.rules import may_follow
from maillage.governance.models import Meeting
from maillage.kernel.once import SentBefore, once


@behind(may_follow)
def open_file(request: OfficeRequest, pk: int) -> HttpResponse:
    """`/gestion/guichet/atelier/<meeting>/`: what came out of it, then its file."""
    meeting = find(Meeting.objects.select_related("body"), pk)
    form, status = OutputForm(request.POST or None, meeting=meeting), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = once(
                    request, actions.open_from_workshop, meeting=meeting, by=request.user, at=timezone.now(),
                    **form.facts,
                )  # fmt: skip
            except (actions.DeskRefused, SentBefore) as refusal:
                field = getattr(refusal, "field", "").replace("idea", "aim")
                form.add_error(field if field in form.fields else None, refusal.phrase)
                status = 409 if isinstance(refusal, SentBefore) else 422
            else:
                messages.success(request, f"Dossier ouvert, référence {made.reference}.")
                return redirect("desk_office:project", made.pk)
    return show(
        request, "desk/backoffice/act.html", title="Ce qui sort de l’atelier", icon="plus", status=status, form=form,
        crumbs=[*crumbs(), (str(meeting), reverse("governance_office:meeting", args=[meeting.pk]))],
        button="Ouvrir le dossier",
        lead="Le guichet suivra ce projet. Les personnes qui ont dit ce besoin apprennent qu’il est né.",
    )  # fmt: skip
