from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from maillage.kernel.page_cache import cache_public
from maillage.portal.queries.searching import KINDS, MANY, search_site


@require_safe
@cache_public
def everything(request: HttpRequest) -> HttpResponse:
    """`/recherche/`: structures, aids, resources and communes, by kind; `?sorte=` lists one kind whole."""
    slug, page = request.GET.get("sorte", ""), request.GET.get("page", "")
    number = min(int(page), 1_000) if page.isascii() and page.isdigit() and len(page) < 6 else 1
    found = search_site(request.GET.get("q", ""), slug=slug, page=max(1, number))
    alone = next((kind for kind in KINDS if kind.slug == slug), None)
    context = {"found": found, "alone": alone, "per_page": MANY}
    return render(request, "portal/search.html", context)
