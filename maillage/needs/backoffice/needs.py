"""Needs as agents sort them: read, publish or set aside, see what is alike, gather, note one for somebody."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages

from maillage.accounts.backoffice.screens import OfficeRequest, behind, find, show
from maillage.kernel.once import SentBefore, once
from maillage.kernel.registry import asides
from maillage.needs import actions, phrases, queries
from maillage.needs.forms import GroupForm, NoteForm, PublishForm, SetAsideForm
from maillage.needs.forms.sorting import NEW
from maillage.needs.models import Need, Theme
from maillage.needs.queries import sorting
from maillage.needs.rules import may_sort_needs

PAGE_SIZE = 30


@require_GET
@behind(may_sort_needs)
def needs(request: OfficeRequest) -> HttpResponse:
    """One of four lists; ?liste= chooses."""
    which = request.GET.get("liste", "")
    which = which if which in sorting.LISTS else "a-lire"
    waiting = sorting.counts()
    return show(
        request, "needs/backoffice/needs.html", title="Besoins", icon="comment", which=which,
        lists=[(key, label, waiting.get(key)) for key, label in sorting.LISTS.items()],
        page=Paginator(sorting.listed(which), PAGE_SIZE).get_page(request.GET.get("page")),
    )  # fmt: skip


@behind(may_sort_needs)
def need(request: OfficeRequest, pk: int) -> HttpResponse:
    """GET shows a need and those that are alike; POST publishes it, or corrects what is published."""
    found = find(Need.objects.all(), pk)
    form, status = PublishForm(request.POST or None, need=found), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.publish_need(need=found, by=request.user, at=timezone.now(), **form.cleaned_data)
            except actions.NeedRefused as refusal:
                form.add_error(refusal.field or None, refusal.phrase)
                status = 422 if refusal.field else 409
            else:
                messages.success(request, "Publié. Rapprochez-le maintenant de ceux qui lui ressemblent.")
                return redirect("needs_office:need", found.pk)
    return _need_page(request, pk, status=status, publish=form)


@require_POST
@behind(may_sort_needs)
def aside(request: OfficeRequest, pk: int) -> HttpResponse:
    """Set a need aside, with the reason that its author reads."""
    found = find(Need.objects.all(), pk)
    form, status = SetAsideForm(request.POST, need=found), 422
    if form.is_valid():
        try:
            actions.set_aside(need=found, by=request.user, at=timezone.now(), **form.cleaned_data)
        except actions.NeedRefused as refusal:
            form.add_error(refusal.field or None, refusal.phrase)
            status = 422 if refusal.field else 409
        else:
            messages.success(request, "Mis de côté. La personne en lit la raison, si elle a laissé une adresse.")
            return redirect("needs_office:needs")
    return _need_page(request, pk, status=status, aside_form=form)


@require_POST
@behind(may_sort_needs)
def group(request: OfficeRequest) -> HttpResponse:
    """Gather the needs that are ticked, in a theme that is there or a new one."""
    form, status = GroupForm(request.POST), 422
    if form.is_valid():
        try:
            theme = _gather(form.cleaned_data, request)
        except actions.NeedRefused as refusal:
            form.add_error(refusal.field or None, refusal.phrase)
            status = 422 if refusal.field else 409
        else:
            messages.success(request, "Regroupés. Les personnes qui ont laissé une adresse l’apprennent.")
            return redirect("needs_office:theme", theme.pk)
    back = request.POST.get("back", "")
    if back.isascii() and back.isdigit() and len(back) < 19:
        return _need_page(request, int(back), status=status, group_form=form)
    for faults in form.errors.values():
        messages.error(request, " ".join(str(one) for one in faults))
    return redirect("needs_office:needs")


def _gather(said: dict[str, Any], request: OfficeRequest) -> Theme:
    at, by = timezone.now(), request.user
    if said["theme"] == NEW:
        told = {name: said[name] for name in ("title", "summary", "measure", "needs")}
        return actions.propose_theme(by=by, at=at, **told)
    theme = find(Theme.objects.all(), int(said["theme"]))
    actions.group_needs(theme=theme, needs=said["needs"], by=by, at=at)
    return theme


@require_POST
@behind(may_sort_needs)
def ungroup(request: OfficeRequest, pk: int) -> HttpResponse:
    """Take a need out of its theme."""
    found = find(Need.objects.all(), pk)
    actions.ungroup(need=found, by=request.user, at=timezone.now())
    messages.success(request, "Sorti du thème. La lettre qui l’annonçait, si elle n’est pas partie, ne partira pas.")
    return redirect("needs_office:need", found.pk)


@behind(may_sort_needs)
def note(request: OfficeRequest) -> HttpResponse:
    """Note a need for somebody on the telephone, or type in a paper form."""
    form, status = NoteForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                once(request, actions.say_need, noted_by=request.user, at=timezone.now(), **form.facts())
            except (actions.NeedRefused, SentBefore) as refusal:
                field = getattr(refusal, "field", "")
                form.add_error(field if field in form.fields else None, refusal.phrase)
                status = 409 if isinstance(refusal, SentBefore) else 422
            else:
                messages.success(request, "Besoin noté. Il attend d’être lu et publié.")
                return redirect("needs_office:note")
    return show(
        request, "needs/backoffice/note.html", title="Noter un besoin", icon="plus", status=status, form=form,
        crumbs=[("Besoins", reverse("needs_office:needs"))], health=phrases.HEALTH_NOTED,
    )  # fmt: skip


def _need_page(request: OfficeRequest, pk: int, *, status: int, **forms: Any) -> HttpResponse:
    """The page of one need; a form that was refused takes the place of the fresh one."""
    rows = (
        Need.objects.with_places()
        .with_people()
        .select_related("commune__epci", "theme", "topic", "organisation", "read_by", "consent_by")
    )
    found = find(rows, pk)
    group_form = forms.get("group_form")
    ticked = set(request.POST.getlist("needs")) if group_form else {str(found.pk)}
    return show(
        request, "needs/backoffice/need.html", title=str(found), icon="comment", status=status,
        crumbs=[("Besoins", reverse("needs_office:needs"))], need=found, alike=queries.alike_need(found),
        publish=forms.get("publish") or PublishForm(need=found),
        aside_form=forms.get("aside_form") or SetAsideForm(need=found), group_form=group_form or GroupForm(),
        ticked=ticked, asides=asides(found),
    )  # fmt: skip
