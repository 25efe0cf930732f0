from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from maillage.kernel.page_cache import cache_public
from maillage.portal.queries.glossary import by_letter


@cache_public
def glossary(request: HttpRequest) -> HttpResponse:
    """The words of the field, by letter, with a filter that works without script."""
    words = request.GET.get("q", "")[:100]
    letters = by_letter(words)
    context = {"letters": letters, "words": words, "total": sum(len(one.entries) for one in letters)}
    return render(request, "portal/glossary.html", context)
