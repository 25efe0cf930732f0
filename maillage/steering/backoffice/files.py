"""The committee's files: make one, read what it says, take its three forms, set it aside."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages

from maillage.accounts.backoffice.screens import OfficeRequest, behind, find, show, today
from maillage.steering import actions
from maillage.steering.forms import DiscardForm, PrepareForm
from maillage.steering.models import CommitteeFile, Form
from maillage.steering.rules import may_prepare
from maillage.strategy.queries import home_strategy
from ui.print.blocks import from_json

MEDIA_TYPES = {
    Form.PDF: "application/pdf",
    Form.ODT: "application/vnd.oasis.opendocument.text",
    Form.ODP: "application/vnd.oasis.opendocument.presentation",
}
PER_PAGE = 20


@require_GET
@behind(may_prepare)
def files(request: OfficeRequest) -> HttpResponse:
    """Every file, the latest day first."""
    return _list(request, PrepareForm(initial={"as_of": today()}))


def _list(request: OfficeRequest, form: PrepareForm, status: int = 200) -> HttpResponse:
    found = CommitteeFile.objects.select_related("made_by").defer("document").order_by("-as_of", "-pk")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return show(
        request, "steering/backoffice/files.html", title="Comité de pilotage", icon="doc-full", page=page, form=form,
        has_strategy=home_strategy() is not None, status=status,
    )  # fmt: skip


@require_POST
@behind(may_prepare)
def prepare(request: OfficeRequest) -> HttpResponse:
    """One button: the file of that day, made or found."""
    strategy, form = home_strategy(), PrepareForm(request.POST)
    if strategy is None:
        raise Http404
    if form.is_valid():
        try:
            made = actions.prepare_file(
                strategy=strategy, as_of=form.cleaned_data["as_of"], by=request.user, at=timezone.now()
            )
        except actions.FileRefused as refusal:
            form.add_error(refusal.field or None, refusal.phrase)
        else:
            messages.success(request, f"Voici le {made}.")
            return redirect("steering_office:file", made.pk)
    return _list(request, form, status=422)


@require_GET
@behind(may_prepare)
def file(request: OfficeRequest, pk: int) -> HttpResponse:
    """What it asks, what it says in short, and its three forms."""
    return _file(request, find(CommitteeFile.objects.select_related("made_by"), pk), DiscardForm())


def _file(request: OfficeRequest, found: CommitteeFile, form: DiscardForm, status: int = 200) -> HttpResponse:
    return show(
        request, "steering/backoffice/file.html", title=str(found).capitalize(), icon="doc-full", status=status,
        crumbs=[("Comité de pilotage", reverse("steering_office:files"))], file=found, form=form,
        papers=found.papers.defer("content").order_by("pk"), document=from_json(found.document),
    )  # fmt: skip


@require_GET
@behind(may_prepare)
def paper(request: OfficeRequest, pk: int, form: str) -> HttpResponse:
    """Its bytes as they were made."""
    if form not in Form.values:
        raise Http404
    found = find(CommitteeFile.objects.all(), pk).papers.select_related("file").filter(form=form).first()
    if found is None:
        raise Http404
    name = f'attachment; filename="comite-de-pilotage-{found.file.as_of.isoformat()}.{form}"'
    return HttpResponse(
        bytes(found.content), content_type=MEDIA_TYPES[Form(form)], headers={"Content-Disposition": name}
    )


@require_POST
@behind(may_prepare)
def discard(request: OfficeRequest, pk: int) -> HttpResponse:
    """Set it aside, so that another may be made for its day."""
    found, form = find(CommitteeFile.objects.select_related("made_by"), pk), DiscardForm(request.POST)
    if form.is_valid():
        try:
            actions.discard_file(file=found, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now())
        except actions.FileRefused as refusal:
            form.add_error(refusal.field or None, refusal.phrase)
        else:
            messages.success(request, "Le dossier est écarté : vous pouvez en faire un autre pour ce jour.")
            return redirect("steering_office:files")
    return _file(request, found, form, status=422)
