"""All that proves a measure, kind by kind."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from maillage.kernel.page_cache import cache_public
from maillage.strategy.queries.evidence import PER_PAGE, described, evidence_of, groups_of
from maillage.strategy.views.plan import find_measure


@cache_public
def proofs(request: HttpRequest, code: str) -> HttpResponse:
    """`?quoi=` the kind of object; the first one that is there when it says nothing known."""
    measure = find_measure(code)
    groups = groups_of(measure, latest=0)
    chosen = next((one for one in groups if one.slug == request.GET.get("quoi")), groups[0] if groups else None)
    found = evidence_of(measure, chosen.slug if chosen else "")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "measure": measure, "groups": groups, "chosen": chosen, "page": page, "rows": described(page),
        "trail": [
            {"label": "Stratégie", "url": reverse("strategy:index")},
            {"label": measure.title, "url": measure.get_absolute_url()},
        ],
    }  # fmt: skip
    return render(request, "strategy/evidence.html", context)
