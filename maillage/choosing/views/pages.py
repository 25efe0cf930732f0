"""The consultations as everybody reads them: the list, a page for each, the paper ballot, the file of ballots."""

from __future__ import annotations

import csv
import io
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from maillage.choosing import paper, phrases
from maillage.choosing.enums import Phase
from maillage.choosing.models import CollegeFollowing, Consultation
from maillage.choosing.queries import listing
from maillage.choosing.queries.counting import ballot_rows
from maillage.choosing.queries.results import shown
from maillage.choosing.queries.signatories import signatories
from maillage.kernel.page_cache import cache_public
from maillage.kernel.registry import electorates
from maillage.strategy.queries.evidence import measures_proved_by
from maillage.territories.queries import home_territory

PER_PAGE = 20


@require_safe
@cache_public
def consultations(request: HttpRequest) -> HttpResponse:
    """`/consultations/`: what one can answer now, what comes, what is over."""
    now = timezone.now()
    running = [(one, one.phase_at(now)) for one in listing.running(now)]
    page = Paginator(listing.over(), PER_PAGE).get_page(request.GET.get("page"))
    context = {"running": running, "page": page, "over": [(one, one.phase_at(now)) for one in page]}
    return render(request, "choosing/consultations.html", context)


@require_safe
@cache_public
def consultation(request: HttpRequest, slug: str) -> HttpResponse:
    """`/consultations/<slug>/`: the question, who votes, until when, the result, the decision."""
    return render(request, "choosing/consultation.html", page_of(find(slug)))


def page_of(found: Consultation) -> dict[str, Any]:
    """What the page shows."""
    options, colleges = list(found.options.order_by("letter")), list(found.colleges.order_by("pk"))
    phase, asked = found.phase_at(timezone.now()), electorates()
    followings = CollegeFollowing.objects.filter(college__consultation=found).select_related("college")
    return {
        "consultation": found, "options": options, "phase": phase, "is_open": phase == Phase.OPEN,
        "may_print": phase in {Phase.TO_COME, Phase.OPEN},
        "who": [asked[key].title for key in found.electorates if key in asked],
        "how": phrases.method_words(found.method, found.dots), "advisory": phrases.ADVISORY,
        "result": shown(found, options, colleges) if found.has_result else None,
        "signatories": signatories(found), "followings": list(followings.order_by("pk")),
        "kept": [one for one in options if one.is_chosen], "measures": measures_proved_by(found),
        "trail": [{"label": "Consultations", "url": reverse("choosing:consultations")}],
    }  # fmt: skip


@require_safe
@cache_public
def paper_ballot(request: HttpRequest, slug: str) -> HttpResponse:
    """`/consultations/<slug>/bulletin.pdf`: to print, while one may vote."""
    found, now = find(slug), timezone.now()
    if found.phase_at(now) not in {Phase.TO_COME, Phase.OPEN}:
        raise Http404
    home = home_territory()
    content = paper.pdf_of(found, list(found.options.order_by("letter")), home.name if home else "", now.date())
    name = f'inline; filename="bulletin-{found.slug}.pdf"'
    return HttpResponse(content, content_type="application/pdf", headers={"Content-Disposition": name})


@require_safe
@cache_public
def position(request: HttpRequest, slug: str) -> HttpResponse:
    """`/consultations/<slug>/position.pdf`: what consent made of a text, once it is counted."""
    found = find(slug)
    if not found.has_sheet:
        raise Http404
    home = home_territory()
    content = paper.position_pdf(found, home.name if home else "Le territoire")
    name = f'inline; filename="position-{found.slug}.pdf"'
    return HttpResponse(content, content_type="application/pdf", headers={"Content-Disposition": name})


@require_safe
@cache_public
def ballots(request: HttpRequest, slug: str) -> HttpResponse:
    """`/consultations/<slug>/bulletins.csv`: once it is closed, so that anybody can count again."""
    found = find(slug)
    if not found.has_result:
        raise Http404
    written = io.StringIO()
    csv.writer(written).writerows(ballot_rows(found))
    name = f'attachment; filename="bulletins-{found.slug}.csv"'
    return HttpResponse(
        written.getvalue(), content_type="text/csv; charset=utf-8", headers={"Content-Disposition": name}
    )


def find(slug: str) -> Consultation:
    """What everybody may read of this address, or 404: drafts do not exist."""
    return get_object_or_404(listing.public_consultations().select_related("measure__strategy"), slug=slug)
