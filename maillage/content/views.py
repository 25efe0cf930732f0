"""What everybody reads: resources, one of them, its file or its link, the themes and the page of each."""

from __future__ import annotations

from typing import Any, cast

from csp.constants import SELF
from csp.decorators import csp_replace
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from maillage.content import actions, queries
from maillage.content.forms import ResourceFilters
from maillage.content.models import Resource
from maillage.kernel.handing import held_page
from maillage.kernel.page_cache import cache_public
from maillage.strategy.queries.evidence import measures_proved_by

PER_PAGE = 20


@require_safe
@cache_public
def resources(request: HttpRequest) -> HttpResponse:
    """`/ressources/`: filtered by the address."""
    asked, themes = queries.Asked.read(request.GET.urlencode()), queries.theme_labels()
    page = Paginator(queries.found(asked), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "asked": asked, "page": page, "filters": ResourceFilters(request.GET, themes=themes),
        "most_used": [] if asked.active or page.number > 1 else queries.most_used(),
    }  # fmt: skip
    return render(request, "content/resources.html", context)


@require_safe
@never_cache
def resource(request: HttpRequest, slug: str) -> HttpResponse:
    """`/ressources/<slug>/`; one that is all on its page counts a use here, of nobody. Hence it is not kept."""
    found = queries.find_resource(slug)
    if found is None:
        raise Http404
    if request.method == "GET" and found.is_all_here:
        actions.count_use(resource=found)
    return render(request, "content/resource.html", _read(found))


def _read(found: Resource) -> dict[str, Any]:
    """What its page says."""
    on = timezone.localdate()
    return {
        "resource": found, "file": queries.file_of(found), "aids": queries.linked_aids(found, on=on), "on": on,
        "themes": queries.themes_of(found), "measures": measures_proved_by(found),
    }  # fmt: skip


def preview(request: HttpRequest, found: Resource) -> HttpResponse:
    """A resource as its form stands, published or not, inside the page editor: the one page of ours that this site, and
    no other, may frame. Who may read it is Wagtail's to say: it asks for the right to change the page."""
    found.slug = found.slug or "apercu"  # a page that was never saved has no address
    draw = csp_replace({"frame-ancestors": [SELF]})(lambda asked: render(asked, "content/resource.html", _read(found)))
    response = cast("HttpResponse", draw(request))
    response["X-Frame-Options"] = "SAMEORIGIN"
    return response


@require_safe
@never_cache
def take(request: HttpRequest, slug: str) -> HttpResponseBase:
    """`/ressources/<slug>/ouvrir/`: its file, or else the page that its link leads to. Counts one use, of nobody."""
    found = queries.find_resource(slug)
    if found is None or found.is_all_here:
        raise Http404
    if request.method == "HEAD":
        return HttpResponse()
    if found.document is not None and queries.is_document_held(found.document):
        return held_page(request)
    actions.count_use(resource=found)
    if found.document is None:
        return HttpResponseRedirect(found.link)
    try:
        content = found.document.file.open("rb")
    except OSError as error:
        raise Http404 from error
    return FileResponse(content, as_attachment=True, filename=found.document.filename)


@require_safe
@cache_public
def hubs(request: HttpRequest) -> HttpResponse:
    """`/themes/`"""
    return render(request, "content/hubs.html", {"cards": queries.hub_cards()})


@require_safe
@cache_public
def hub(request: HttpRequest, code: str) -> HttpResponse:
    """`/themes/<code>/`"""
    term = queries.hub_term(code)
    if term is None:
        raise Http404
    return render(request, "content/hub.html", {"page": queries.hub_page(term)})
