"""The list of partners: what each brings, where, at which stage, and how it answered."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET
from wagtail.admin import messages

from maillage.accounts.backoffice.screens import OfficeRequest, behind, find, show
from maillage.desk import actions, queries
from maillage.desk.backoffice.files import crumbs
from maillage.desk.forms.office import PartnerForm
from maillage.desk.models import Partner
from maillage.desk.rules import may_follow
from maillage.kernel.once import SentBefore, once
from maillage.territories.queries import home_epcis

TITLE, ICON, PER_PAGE = "Partenaires", "group", 40


@require_GET
@behind(may_follow)
def partners(request: OfficeRequest) -> HttpResponse:
    page = Paginator(queries.partners(), PER_PAGE).get_page(request.GET.get("page"))
    return show(
        request, "desk/backoffice/partners.html", title=TITLE, icon=ICON, crumbs=crumbs(), page=page
    )  # fmt: skip


@behind(may_follow)
def new(request: OfficeRequest) -> HttpResponse:
    return _edit(request, None)


@behind(may_follow)
def partner(request: OfficeRequest, pk: int) -> HttpResponse:
    return _edit(request, find(Partner.objects.select_related("organisation"), pk))


def _edit(request: OfficeRequest, found: Partner | None) -> HttpResponse:
    form = PartnerForm(request.POST or None, partner=found, epcis=home_epcis())
    if request.method == "POST" and form.is_valid():
        try:
            once(request, actions.save_partner, partner=found, by=request.user, at=timezone.now(), **form.facts)
        except (actions.DeskRefused, SentBefore) as refusal:
            field = getattr(refusal, "field", "")
            form.add_error(field if field in form.fields else None, refusal.phrase)
        else:
            messages.success(request, "C’est enregistré.")
            return redirect("desk_office:partners")
    return show(
        request, "desk/backoffice/act.html", title=found.name if found else "Un nouveau partenaire", icon=ICON,
        form=form, crumbs=[*crumbs(), (TITLE, reverse("desk_office:partners"))], button="Enregistrer",
        lead="Proposé aux projets de ces thèmes, de ces lieux et de ces étapes.", status=422 if form.errors else 200,
    )  # fmt: skip
