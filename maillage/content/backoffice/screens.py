"""Resources as agents keep them: what is to verify or to mend; and the heads of the themes' pages."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages

from maillage.accounts.backoffice.screens import OfficeRequest, behind, find, show, today
from maillage.content import actions, phrases, queries
from maillage.content.forms import HubForm
from maillage.content.models import Resource
from maillage.content.rules import may_write_resources
from maillage.strategy.queries import home_measures

PAGE_SIZE = 30
ICON = "doc-full-inverse"


@require_GET
@behind(may_write_resources)
def resources(request: OfficeRequest) -> HttpResponse:
    """One of the lists; ?liste= and ?q= choose."""
    which = request.GET.get("liste", "")
    which = which if which in phrases.LISTS else "publiees"
    words = request.GET.get("q", "")[:60]
    rows = queries.office_resources(which, words=words, on=today())
    return show(
        request, "content/backoffice/resources.html", title="Ressources", icon=ICON, which=which, words=words,
        lists=phrases.LISTS.items(), page=Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
    )  # fmt: skip


@require_GET
@behind(may_write_resources)
def new(request: OfficeRequest) -> HttpResponse:
    """To the page editor, under the one list of resources."""
    parent = queries.index_key()
    if parent is None:
        messages.error(request, phrases.NO_INDEX)
        return redirect("content_office:resources")
    return redirect("wagtailadmin_pages:add", "content", "resource", parent)


@require_POST
@behind(may_write_resources)
def verify(request: OfficeRequest, pk: int) -> HttpResponse:
    """Somebody read it again, today."""
    found = find(Resource.objects.all(), pk)
    actions.verify(resource=found, by=request.user, at=timezone.now())
    messages.success(request, f"« {found.title} » est vérifiée, à la date d’aujourd’hui.")
    return redirect("content_office:resources")


@require_GET
@behind(may_write_resources)
def hubs(request: OfficeRequest) -> HttpResponse:
    """The themes, each with its page."""
    return show(
        request, "content/backoffice/hubs.html", title="Pages des thèmes", icon=ICON, cards=queries.hub_cards(),
        crumbs=_crumbs()[:1],
    )  # fmt: skip


@behind(may_write_resources)
def hub(request: OfficeRequest, code: str) -> HttpResponse:
    """The introduction of a theme's page, and its measures."""
    term = queries.hub_term(code)
    if term is None:
        raise Http404
    form = HubForm(request.POST or None, hub=queries.written_hub(term), measures=home_measures())
    if form.is_valid():
        actions.write_hub(term=term, by=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, "La page du thème est enregistrée.")
        return redirect("content_office:hubs")
    return show(
        request, "content/backoffice/hub.html", title=term.label, icon=ICON, crumbs=_crumbs(), form=form, term=term,
        status=422 if form.is_bound else 200,
    )  # fmt: skip


def _crumbs() -> list[tuple[str, str]]:
    return [
        ("Ressources", reverse("content_office:resources")),
        ("Pages des thèmes", reverse("content_office:hubs")),
    ]
