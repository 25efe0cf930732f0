"""Dialogues as everybody reads them: the question, who takes part, the kit, the synthesis, what came of it."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from maillage.discussion import queries
from maillage.kernel.page_cache import cache_public
from maillage.strategy.queries.evidence import measures_proved_by

PER_PAGE = 20


@cache_public
def dialogues(request: HttpRequest) -> HttpResponse:
    """`/dialogues/`."""
    page = Paginator(queries.public_dialogues(), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "discussion/dialogues.html", {"page": page})


@cache_public
def dialogue(request: HttpRequest, slug: str) -> HttpResponse:
    """`/dialogues/<slug>/`."""
    found = get_object_or_404(queries.public_dialogues(), slug=slug)
    context = {
        "dialogue": found, "sides": queries.sides_of(found), "kit": queries.kit_of(found.circle),
        "measures": measures_proved_by(found), "items": found.agenda_items.order_by("-meeting_date", "-pk"),
        "trail": [{"label": "Dialogues", "url": reverse("discussion:dialogues")}],
    }  # fmt: skip
    return render(request, "discussion/dialogue.html", context)
