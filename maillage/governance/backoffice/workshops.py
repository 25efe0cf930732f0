"""Set a workshop up from a theme, or from a need that opens one."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from wagtail.admin import messages

from maillage.accounts.backoffice.screens import OfficeRequest, behind, find, show
from maillage.directory.models import Organisation
from maillage.governance import actions, phrases
from maillage.governance.backoffice.bodies import refuse
from maillage.governance.forms.workshops import ThemeTitleForm, WorkshopForm
from maillage.governance.models import Meeting
from maillage.governance.queries import workshops as reads
from maillage.governance.rules import may_keep_bodies
from maillage.kernel.once import SentBefore, once
from maillage.needs import actions as needs
from maillage.needs.models import Need, Theme

NEEDS = ("Besoins", "/gestion/besoins/")


@behind(may_keep_bodies)
def workshop(request: OfficeRequest, pk: int) -> HttpResponse:
    """GET proposes who fits the theme; ?structure= finds others by name; POST announces the meeting and writes."""
    theme, form = find(Theme.objects.all(), pk), WorkshopForm(request.POST or None)
    fits = reads.fitting(theme)
    if request.method == "POST" and form.is_valid():
        try:
            made = once(request, _set_up, theme, form, fits, request)
        except (actions.GovernanceRefused, SentBefore) as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, "L’atelier est annoncé. Les structures, les membres et les personnes le savent.")
            return redirect("governance_office:meeting", made.pk)
    return _page(request, theme, form, fits)


def _set_up(theme: Theme, form: WorkshopForm, fits: list[reads.Fit], request: OfficeRequest) -> Meeting:
    reasons = {one.organisation.pk: one.reason for one in fits}
    asked = {one: reasons.get(one.pk, phrases.CHOSEN_BY_TEAM) for one in form.cleaned_data["organisations"]}
    return actions.set_up_workshop(
        theme=theme, organisations=asked, by=request.user, at=timezone.now(), **form.facts
    )  # fmt: skip


def _page(request: OfficeRequest, theme: Theme, form: WorkshopForm, fits: list[reads.Fit]) -> HttpResponse:
    words = request.GET.get("structure", "")
    known = {one.organisation.pk for one in fits}
    ticked = {int(one) for one in request.POST.getlist("organisations") if one.isdecimal() and len(one) < 19}
    others: list[Organisation] = [one for one in reads.named(words) if one.pk not in known]
    others += list(reads.open_organisations().filter(pk__in=ticked - known - {one.pk for one in others})[:40])
    return show(
        request, "governance/backoffice/workshop.html", title="Monter un atelier", icon="group", theme=theme, form=form,
        crumbs=[NEEDS, (theme.title, reverse("needs_office:theme", args=[theme.pk]))], words=words, others=others,
        fits=[(one, one.organisation.pk in ticked or not form.is_bound) for one in fits], ticked=ticked,
        status=422 if form.errors else 200,
    )  # fmt: skip


@behind(may_keep_bodies)
def of_need(request: OfficeRequest, pk: int) -> HttpResponse:
    """A need without a theme opens one first, which whoever said it hears of; the workshop is then the theme's."""
    need, form = find(Need.objects.published().select_related("theme"), pk), ThemeTitleForm(request.POST or None)
    if need.theme is not None:
        return redirect("governance_office:workshop", need.theme.pk)
    if request.method == "POST" and form.is_valid():
        try:
            theme = needs.propose_theme(
                title=form.cleaned_data["title"], needs=[need], is_example=need.is_example, by=request.user,
                at=timezone.now(),
            )  # fmt: skip
        except needs.NeedRefused as refusal:
            form.add_error(refusal.field or None, refusal.phrase)
        else:
            return redirect("governance_office:workshop", theme.pk)
    return show(
        request, "governance/backoffice/workshop_need.html", title="Monter un atelier", icon="group", need=need,
        form=form, crumbs=[NEEDS, (str(need), reverse("needs_office:need", args=[pk]))],
        status=422 if form.errors else 200,
    )  # fmt: skip
