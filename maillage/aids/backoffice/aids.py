"""The catalogue as agents keep it: list, add, correct, take back the source's words, withdraw, tell."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages

from maillage.accounts.backoffice.screens import OfficeRequest, behind, find, show, today
from maillage.aids import actions
from maillage.aids.forms import AidForm, PushForm, WithdrawForm
from maillage.aids.models import Aid
from maillage.aids.queries import office
from maillage.aids.rules import may_keep_aids
from maillage.kernel.once import SentBefore, once

PAGE_SIZE = 30


@require_GET
@behind(may_keep_aids)
def aids(request: OfficeRequest) -> HttpResponse:
    """One of the lists; ?liste=, ?q= and ?source= choose."""
    which = request.GET.get("liste", "")
    which = which if which in office.LISTS else "ouvertes"
    words, source = request.GET.get("q", "")[:60], request.GET.get("source", "")[:120]
    rows = office.listed(which, words=words, source=source, on=today())
    return show(
        request, "aids/backoffice/aids.html", title="Aides", icon="folder-open-inverse", which=which, words=words,
        source=source, lists=office.LISTS.items(), sources=office.sources(), readings=office.last_readings(),
        page=Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
    )  # fmt: skip


@behind(may_keep_aids)
def new(request: OfficeRequest) -> HttpResponse:
    """Add an aid that somebody found."""
    form, status = AidForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = once(request, actions.create_aid, values=form.values(), by=request.user, at=timezone.now())
            except (actions.AidRefused, SentBefore) as refusal:
                status = _refused(form, refusal)
            else:
                messages.success(request, "Aide ajoutée au catalogue.")
                return redirect("aids_office:aid", made.pk)
    return show(
        request, "aids/backoffice/new.html", title="Ajouter une aide", icon="plus", status=status, form=form,
        crumbs=_crumbs(),
    )  # fmt: skip


@behind(may_keep_aids)
def aid(request: OfficeRequest, pk: int) -> HttpResponse:
    """GET shows an aid; POST corrects it."""
    found = find(Aid.objects.all(), pk)
    form, status = AidForm(request.POST or None, aid=found), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                seen = form.cleaned_data["seen"]
                actions.edit_aid(aid=found, values=form.values(), seen=seen, by=request.user, at=timezone.now())
            except actions.AidRefused as refusal:
                status = _refused(form, refusal)
            else:
                messages.success(request, "Corrigée. Ce que vous avez changé reste, même quand la source est relue.")
                return redirect("aids_office:aid", found.pk)
    return _page(request, pk, status=status, form=form)


@require_POST
@behind(may_keep_aids)
def restore(request: OfficeRequest, pk: int, name: str) -> HttpResponse:
    """Take back the source's words for one field."""
    found = find(Aid.objects.all(), pk)
    try:
        actions.restore_field(aid=found, field=name, by=request.user, at=timezone.now())
    except actions.AidRefused as refusal:
        messages.error(request, refusal.phrase)
    else:
        messages.success(request, "Repris de la source, qui sera suivie de nouveau pour ce champ.")
    return redirect("aids_office:aid", found.pk)


@require_POST
@behind(may_keep_aids)
def withdraw(request: OfficeRequest, pk: int) -> HttpResponse:
    """Take an aid out of the catalogue, with a reason."""
    found = find(Aid.objects.all(), pk)
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        return _page(request, pk, status=422, withdraw_form=form)
    try:
        actions.withdraw_aid(aid=found, by=request.user, at=timezone.now(), **form.cleaned_data)
    except actions.AidRefused as refusal:
        return _page(request, pk, status=_refused(form, refusal), withdraw_form=form)
    messages.success(request, "Retirée du catalogue. Vous pouvez la remettre.")
    return redirect("aids_office:aid", found.pk)


@require_POST
@behind(may_keep_aids)
def put_back(request: OfficeRequest, pk: int) -> HttpResponse:
    """Show an aid again."""
    found = find(Aid.objects.all(), pk)
    actions.put_back_aid(aid=found, by=request.user, at=timezone.now())
    messages.success(request, "Remise dans le catalogue.")
    return redirect("aids_office:aid", found.pk)


@require_POST
@behind(may_keep_aids)
def push(request: OfficeRequest, pk: int) -> HttpResponse:
    """Tell an aid to several organisations, with two lines."""
    found = find(Aid.objects.all(), pk)
    form = PushForm(request.POST)
    if not form.is_valid():
        return _page(request, pk, status=422, push_form=form)
    try:
        count = actions.push_aid(aid=found, by=request.user, at=timezone.now(), **form.cleaned_data)
    except actions.AidRefused as refusal:
        return _page(request, pk, status=_refused(form, refusal), push_form=form)
    messages.success(
        request, f"Signalée. Lettres prêtes\u00a0: {count}. Qui l’avait déjà reçue n’en reçoit pas d’autre."
    )
    return redirect("aids_office:aid", found.pk)


def _crumbs() -> list[tuple[str, str]]:
    return [("Aides", reverse("aids_office:aids"))]


def _refused(form: Any, refusal: actions.AidRefused | SentBefore) -> int:
    """Put what was refused where it belongs; the status to answer."""
    field = getattr(refusal, "field", "")
    form.add_error(field if field in form.fields else None, refusal.phrase)
    return 422 if field else 409


def _page(request: OfficeRequest, pk: int, *, status: int, **forms: Any) -> HttpResponse:
    """The page of one aid; a form that was refused takes the place of the fresh one."""
    found = find(Aid.objects.select_related("withdrawn_by"), pk)
    return show(
        request, "aids/backoffice/aid.html", title=found.name, icon="folder-open-inverse", status=status,
        crumbs=_crumbs(), aid=found, is_over=found.is_over(today()), corrected=office.corrected(found),
        form=forms.get("form") or AidForm(aid=found), withdraw_form=forms.get("withdraw_form") or WithdrawForm(),
        push_form=forms.get("push_form") or PushForm(),
    )  # fmt: skip
