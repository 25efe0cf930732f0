"""What everybody reads: the catalogue, one aid, the file, the calendar of deadlines."""

from __future__ import annotations

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from maillage.aids import ics, phrases, queries
from maillage.aids.forms import AidFilters
from maillage.kernel.page_cache import cache_public
from maillage.kernel.spreadsheets import csv_lines

PER_PAGE = 20


@require_safe
@cache_public
def aids(request: HttpRequest) -> HttpResponse:
    """`/aides/`: open aids, filtered by the address."""
    asked, on, themes = queries.Asked.read(request.GET.urlencode()), timezone.localdate(), queries.theme_labels()
    page = Paginator(queries.found(asked, on=on), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "asked": asked,
        "page": page,
        "filters": AidFilters(request.GET, themes=themes),
        "themes": themes,
        "on": on,
    }
    return render(request, "aids/aids.html", context)


@require_safe
def aids_csv(request: HttpRequest) -> HttpResponseBase:
    """`/aides.csv`: the same list, whole."""
    on = timezone.localdate()
    rows = queries.exported(queries.Asked.read(request.GET.urlencode()), on=on, site=settings.SITE_URL)
    answer = StreamingHttpResponse(csv_lines(phrases.CSV_COLUMNS, rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="aides-{on:%Y-%m-%d}.csv"'
    return answer


@require_safe
@cache_public
def aid(request: HttpRequest, slug: str) -> HttpResponse:
    """`/aides/<slug>/`: over or not, as long as nobody withdrew it."""
    found = queries.find_aid(slug)
    if found is None:
        raise Http404
    on, themes = timezone.localdate(), queries.theme_labels()
    context = {
        "aid": found, "is_over": found.is_over(on), "on": on, "places": queries.place_labels(found.coverage),
        "themes": [(code, themes[code]) for code in found.themes if code in themes],
    }  # fmt: skip
    return render(request, "aids/aid.html", context)


@require_safe
@cache_public
def deadlines(request: HttpRequest) -> HttpResponse:
    """`/aides/echeances.ics`: the deadlines to come, for a calendar that follows them."""
    rows = queries.with_deadlines(timezone.localdate())
    return HttpResponse(ics.deadlines(rows, site=settings.SITE_URL, at=timezone.now()), content_type=ics.CONTENT_TYPE)
