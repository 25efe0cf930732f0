"""What the search field offers while one types."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.views.decorators.http import require_safe

from maillage.directory.forms import clean
from maillage.search import queries as search

NOTES = {"organisation": "structure", "commune": "commune", "aid": "aide", "resource": "ressource", "mot": ""}
MOST = 8
LONGEST = 60
SECONDS = 60


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """`/suggestions/?q=`: {"suggestions": [{label, note, url}]}, or the same as a list of links for HTMX."""
    typed = " ".join(clean(request.GET.get("q") or "").split())[:LONGEST]
    found = search.suggest(typed, limit=MOST) if len(typed) >= 2 else []
    offered = [{"label": one.text, "note": NOTES.get(one.kind, ""), "url": one.url} for one in found]
    response: HttpResponse
    if request.headers.get("HX-Request") == "true":
        response = render(request, "directory/_suggestions.html", {"suggestions": offered, "typed": typed})
    else:
        response = JsonResponse({"suggestions": offered})
    patch_cache_control(response, public=True, max_age=SECONDS)
    patch_vary_headers(response, ["HX-Request"])
    return response
