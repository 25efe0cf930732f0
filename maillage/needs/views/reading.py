"""What everybody reads: the list, one need and its line of turns, one theme, the file, the paper form."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from maillage.kernel.page_cache import cache_public
from maillage.kernel.spreadsheets import csv_lines
from maillage.needs import paper, phrases, queries
from maillage.needs.enums import Reading
from maillage.needs.forms import NeedFilters
from maillage.strategy.queries.evidence import measures_proved_by
from maillage.territories.queries import epcis_of, home_territory

PER_PAGE = 20


@require_safe
@cache_public
def needs(request: HttpRequest) -> HttpResponse:
    """`/besoins/`: themes first, then needs, filtered by the address."""
    themes = queries.themes()
    filters = _filters(request, themes)
    asked = filters.asked()
    page = Paginator(queries.found(asked), PER_PAGE).get_page(request.GET.get("page"))
    context = {"themes": themes, "filters": filters, "asked": asked, "page": page, "tones": phrases.TONES}
    return render(request, "needs/needs.html", context)


def _filters(request: HttpRequest, themes: list[Any]) -> NeedFilters:
    home = home_territory()
    return NeedFilters(request.GET, themes=themes, epcis=epcis_of(home) if home else [], topics=queries.topics())


@require_safe
def needs_csv(request: HttpRequest) -> HttpResponseBase:
    """`/besoins.csv`: the same list, whole; never who said a need."""
    rows = queries.exported(_filters(request, queries.themes()).asked(), settings.SITE_URL)
    answer = StreamingHttpResponse(csv_lines(phrases.CSV_COLUMNS, rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="besoins-{timezone.localdate():%Y-%m-%d}.csv"'
    return answer


@require_safe
@never_cache
def need(request: HttpRequest, reference: str) -> HttpResponse:
    """`/besoins/<reference>/`: before an agent read it, where it stands and nothing of its words."""
    found = queries.find_need(reference)
    if found is None:
        raise Http404
    is_public = found.reading == Reading.PUBLISHED
    context = {
        "need": found, "is_public": is_public, "chain": queries.chain_of_need(found),
        "alike": queries.alike_need(found, most=3) if is_public and found.theme is None else [],
    }  # fmt: skip
    return render(request, "needs/need.html", context)


@require_safe
@cache_public
def theme(request: HttpRequest, slug: str) -> HttpResponse:
    """`/besoins/themes/<slug>/`"""
    found = queries.find_theme(slug)
    if found is None:
        raise Http404
    rows = queries.found(queries.Asked(theme=slug))
    context = {
        "theme": found, "chain": queries.chain_of_theme(found), "tone": phrases.TONES[found.state],
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")), "measures": measures_proved_by(found),
    }  # fmt: skip
    return render(request, "needs/theme.html", context)


@require_safe
@cache_public
def paper_form(request: HttpRequest) -> HttpResponse:
    """`/besoins/formulaire.pdf`: A5, to leave on a counter."""
    content = paper.pdf_of(timezone.localdate())
    name = 'inline; filename="dire-un-besoin.pdf"'
    return HttpResponse(content, content_type="application/pdf", headers={"Content-Disposition": name})
