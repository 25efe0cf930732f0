from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from maillage.kernel.page_cache import cache_public
from maillage.portal.queries.home import home_page
from maillage.territories.queries import home_territory


@cache_public
def home(request: HttpRequest) -> HttpResponse:
    """The first page: one search, the map, six doors, what one may do these days."""
    return render(request, "portal/home.html", {"home": home_page(home_territory(), timezone.now())})
