"""Five questions, and the aids that may fit, each with its reasons. Nothing of the answers is kept."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from maillage.aids import queries
from maillage.aids.forms import PossibleForm

PER_PAGE = 10
MOST_ASIDE = 30


@require_safe
@never_cache
def possible(request: HttpRequest) -> HttpResponse:
    """`/aides/possibles/`"""
    form = PossibleForm(request.GET or None)
    if not form.is_bound:
        return render(request, "aids/possible.html", {"form": form, "found": None, "canonical_url": ""})
    seeker = form.seeker()
    found = queries.possible_for(seeker)
    context = {
        "form": form, "found": found, "on": seeker.on,
        "page": Paginator(found.fitting, PER_PAGE).get_page(request.GET.get("page")),
        "aside": found.aside[:MOST_ASIDE], "canonical_url": "",
    }  # fmt: skip
    return render(request, "aids/possible.html", context)
