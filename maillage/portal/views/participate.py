from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from maillage.kernel.page_cache import cache_public
from maillage.portal.queries.participate import ways_of


@cache_public
def participate(request: HttpRequest) -> HttpResponse:
    """`/participer/`: what one may say, choose or come to, today."""
    return render(request, "portal/participate.html", {"ways": ways_of(timezone.now())})
