"""The list of consultations, and a draft as agents write it."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods
from wagtail.admin import messages

from maillage.accounts.backoffice.screens import OfficeRequest, behind, find, show
from maillage.choosing import actions
from maillage.choosing.enums import State
from maillage.choosing.forms.office import DraftForm
from maillage.choosing.models import Consultation
from maillage.choosing.queries.listing import office_list
from maillage.choosing.rules import may_run
from maillage.kernel.once import SentBefore, once

TITLE, ICON, PER_PAGE = "Consultations", "tick-inverse", 50


@require_GET
@behind(may_run)
def consultations(request: OfficeRequest) -> HttpResponse:
    """All of them, drafts too, the latest change first."""
    page, now = Paginator(office_list(), PER_PAGE).get_page(request.GET.get("page")), timezone.now()
    rows = [(one, one.phase_at(now)) for one in page]
    return show(request, "choosing/backoffice/consultations.html", title=TITLE, icon=ICON, page=page, rows=rows)


@require_http_methods(["GET", "POST"])
@behind(may_run)
def new(request: OfficeRequest) -> HttpResponse:
    """A first draft."""
    form = DraftForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = once(request, actions.draft, what=form.draft, by=request.user, at=timezone.now())
        except (actions.ConsultationRefused, SentBefore) as refusal:
            form.add_error(getattr(refusal, "field", "") or None, refusal.phrase)
        else:
            messages.success(request, "Le brouillon est gardé. Personne d’autre que l’équipe ne le voit.")
            return redirect("choosing_office:consultation", made.pk)
    return _page(request, form, "Nouvelle consultation")


@require_http_methods(["GET", "POST"])
@behind(may_run)
def revise(request: OfficeRequest, pk: int) -> HttpResponse:
    """Change a draft; once open, what is asked stays."""
    found = find(Consultation.objects.select_related("measure"), pk)
    if found.state != State.DRAFT:
        return redirect("choosing_office:consultation", pk)
    form, status = DraftForm(request.POST or None, consultation=found), 422
    if request.method == "POST" and form.is_valid():
        try:
            actions.revise(
                consultation=found, what=form.draft, by=request.user, at=timezone.now(),
                seen_at=form.cleaned_data["seen_at"],
            )  # fmt: skip
        except actions.ConsultationRefused as refusal:
            form.add_error(refusal.field or None, refusal.phrase)
            status = 422 if refusal.field else 409
        else:
            messages.success(request, "Le brouillon est enregistré.")
            return redirect("choosing_office:consultation", pk)
    return _page(request, form, str(found), status)


def _page(request: OfficeRequest, form: DraftForm, title: str, status: int = 422) -> HttpResponse:
    return show(
        request, "choosing/backoffice/draft.html", title=title, icon=ICON, form=form,
        crumbs=[(TITLE, reverse("choosing_office:consultations"))], status=status if form.errors else 200,
    )  # fmt: skip
