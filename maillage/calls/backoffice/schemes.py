"""Schemes and their envelopes."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages

from maillage.accounts.backoffice.acting import tried
from maillage.accounts.backoffice.screens import OfficeRequest, behind, find, show
from maillage.calls import actions
from maillage.calls.forms import office_calls as forms
from maillage.calls.models import Scheme
from maillage.calls.phrases.calls import LOOKS_LIKE_A_PURCHASE
from maillage.calls.queries import calls as reads
from maillage.calls.rules import may_keep_calls
from maillage.kernel.once import SentBefore, once

ICON = "folder"


def crumbs() -> list[tuple[str, str]]:
    return [("Appels", reverse("calls_office:calls")), ("Dispositifs", reverse("calls_office:schemes"))]


@require_GET
@behind(may_keep_calls)
def schemes(request: OfficeRequest) -> HttpResponse:
    """Every scheme with its envelopes."""
    return show(
        request, "calls/backoffice/schemes.html", title="Dispositifs", icon=ICON, crumbs=crumbs()[:1],
        schemes=reads.schemes(),
    )  # fmt: skip


@behind(may_keep_calls)
def new(request: OfficeRequest) -> HttpResponse:
    """A scheme that the authority created."""
    form, status = forms.SchemeForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        made = tried(
            form,
            lambda: once(request, actions.save_scheme, by=request.user, at=timezone.now(), **form.facts),
            (actions.CallRefused, SentBefore),
        )
        if made is not None:
            messages.success(request, "Dispositif créé. Donnez-lui une enveloppe, puis ouvrez un appel.")
            return redirect("calls_office:scheme", made.pk)
    return show(
        request, "calls/backoffice/form.html", title="Nouveau dispositif", icon="plus", status=status, form=form,
        crumbs=crumbs(), button="Créer le dispositif", lead="Ce qu’une autorité peut attribuer, et sur quelle base.",
    )  # fmt: skip


@behind(may_keep_calls)
def scheme(request: OfficeRequest, pk: int) -> HttpResponse:
    """GET shows a scheme; POST corrects it."""
    found = find(Scheme.objects.select_related("authority"), pk)
    form, status = forms.SchemeForm(request.POST or None, scheme=found), 200
    if request.method == "POST":
        status = 422
        if tried(
            form,
            lambda: actions.save_scheme(scheme=found, by=request.user, at=timezone.now(), **form.facts),
            actions.CallRefused,
        ):
            messages.success(request, "Enregistré.")
            return redirect("calls_office:scheme", pk)
    return _page(request, found, status=status, form=form)


@require_POST
@behind(may_keep_calls)
def envelope(request: OfficeRequest, pk: int) -> HttpResponse:
    """The amount of a year."""
    found = find(Scheme.objects.select_related("authority"), pk)
    form = forms.EnvelopeForm(request.POST)
    if tried(
        form,
        lambda: actions.set_envelope(scheme=found, by=request.user, at=timezone.now(), **form.cleaned_data),
        actions.CallRefused,
    ):
        messages.success(request, "Enveloppe enregistrée.")
        return redirect("calls_office:scheme", pk)
    return _page(request, found, status=422, envelope_form=form)


def _page(request: OfficeRequest, found: Scheme, *, status: int, **given: Any) -> HttpResponse:
    return show(
        request, "calls/backoffice/scheme.html", title=found.title, icon=ICON, crumbs=crumbs(), status=status,
        scheme=found, lines=reads.lines_of(found), warning=LOOKS_LIKE_A_PURCHASE if found.defines_need else "",
        calls=found.calls.order_by("-pk"), form=given.get("form") or forms.SchemeForm(scheme=found),
        envelope_form=given.get("envelope_form") or forms.EnvelopeForm(),
    )  # fmt: skip
