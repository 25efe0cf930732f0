"""One consultation as agents run it: open, follow, count, decide, cancel."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.admin import messages

from maillage.accounts.backoffice.screens import OfficeRequest, behind, find, show, today
from maillage.accounts.models import User
from maillage.choosing import actions
from maillage.choosing.backoffice.drafts import ICON, TITLE
from maillage.choosing.enums import Phase
from maillage.choosing.forms.office import DecisionForm
from maillage.choosing.models import Consultation
from maillage.choosing.queries import watching
from maillage.choosing.rules import may_run
from maillage.kernel.registry import electorates


@require_GET
@behind(may_run)
def consultation(request: OfficeRequest, pk: int) -> HttpResponse:
    """Where it stands, who voted (never what), what can be done next."""
    found = find(Consultation.objects.select_related("measure__strategy"), pk)
    asked = electorates()
    return show(
        request, "choosing/backoffice/consultation.html", title=str(found), icon=ICON, consultation=found,
        crumbs=[(TITLE, reverse("choosing_office:consultations"))], phase=found.phase_at(timezone.now()),
        turnout=watching.turnout(found), waiting=watching.waiting_papers(found),
        options=found.options.order_by("letter"),
        who=[asked[key].title for key in found.electorates if key in asked],
    )  # fmt: skip


@require_POST
@behind(may_run)
def open_it(request: OfficeRequest, pk: int) -> HttpResponse:
    """Freeze who votes, and write to them."""
    told = "La liste des voix est arrêtée. Les lettres partent à l’ouverture du vote."
    return _do(request, pk, actions.open_consultation, told)


@require_POST
@behind(may_run)
def close(request: OfficeRequest, pk: int) -> HttpResponse:
    """Count."""
    return _do(request, pk, actions.close, "C’est dépouillé. Le résultat est publié.")


@require_POST
@behind(may_run)
def cancel(request: OfficeRequest, pk: int) -> HttpResponse:
    """Give it up, for a reason."""
    return _do(request, pk, actions.cancel, "La consultation est annulée.", reason=request.POST.get("reason", ""))


def _do(request: OfficeRequest, pk: int, verb: Callable[..., Consultation], told: str, **said: Any) -> HttpResponse:
    found = find(Consultation.objects.all(), pk)
    try:
        verb(consultation=found, by=request.user, at=timezone.now(), **said)
    except actions.ConsultationRefused as refusal:
        messages.error(request, refusal.phrase)
    else:
        messages.success(request, told)
    return redirect("choosing_office:consultation", pk)


@require_http_methods(["GET", "POST"])
@behind(may_run)
def decide(request: OfficeRequest, pk: int) -> HttpResponse:
    """Write the decision down, with how each college was followed."""
    found = find(Consultation.objects.all(), pk)
    if found.phase_at(timezone.now()) != Phase.CLOSED or found.result is None:
        return redirect("choosing_office:consultation", pk)
    is_apart = found.result["colleges_shown"]
    voted = [one for one in found.colleges.order_by("pk") if found.result["tally"]["colleges"][one.key]["ballots"]]
    differ = found.result["tally"]["differ"] if is_apart else []
    form = DecisionForm(
        request.POST or None, options=found.options.order_by("letter"), colleges=voted if is_apart else [],
        differ=differ,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            actions.decide(
                consultation=found, decision=form.cleaned_data["decision"], followings=form.followings,
                chosen=form.cleaned_data.get("chosen", ()), by=request.user, at=timezone.now(),
            )  # fmt: skip
        except actions.ConsultationRefused as refusal:
            form.refuse(refusal.phrase, refusal.field)
        else:
            messages.success(request, "La décision est publiée.")
            return redirect("choosing_office:consultation", pk)
    crumbs = [
        (TITLE, reverse("choosing_office:consultations")),
        (str(found), reverse("choosing_office:consultation", args=[pk])),
    ]
    return show(
        request, "choosing/backoffice/decision.html", title="La décision", icon=ICON, crumbs=crumbs, form=form,
        consultation=found, status=422 if form.errors else 200,
    )  # fmt: skip


def office_panel(user: User) -> dict[str, Any] | None:
    """On the home: what must be typed, counted or decided; None when nothing waits."""
    if not may_run(user, on=today()):
        return None
    waiting = watching.waiting_consultations(timezone.now())
    return {"waiting": waiting} if waiting else None
