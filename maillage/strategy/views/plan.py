from __future__ import annotations

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from maillage.kernel.page_cache import cache_public
from maillage.strategy import paper
from maillage.strategy.models import Measure
from maillage.strategy.queries import home_strategy, plan_of, proofs_for, standings
from maillage.strategy.queries.budget import budget_of
from maillage.strategy.queries.evidence import groups_of
from maillage.strategy.queries.indicators import lines_of
from maillage.strategy.queries.plan import short
from maillage.strategy.queries.questions import answered

NEWS_PER_PAGE = 10
QUESTIONS_SHOWN = 5


@cache_public
def index(request: HttpRequest) -> HttpResponse:
    """The strategy in two minutes: axes, measures, where each stands, what already serves it."""
    strategy = home_strategy()
    plan = plan_of(strategy, timezone.localdate()) if strategy else None
    return render(request, "strategy/index.html", {"plan": plan})


@cache_public
def measure(request: HttpRequest, code: str) -> HttpResponse:
    """One measure: where it stands, who carries it, its steps, its news, what exists already."""
    found = find_measure(code)
    if found.code != code:
        return HttpResponsePermanentRedirect(found.get_absolute_url())
    today = timezone.localdate()
    [standing] = standings.standings([found], today)
    news = Paginator(short(found.news.order_by("-news_date", "-pk"), NEWS_PER_PAGE), NEWS_PER_PAGE)
    questions = Paginator(short(answered(found), QUESTIONS_SHOWN), QUESTIONS_SHOWN)
    context = {
        "measure": found, "standing": standing, "proofs": proofs_for(code),
        "news": news.get_page(request.GET.get("page")),
        "lines": lines_of(found, today), "contact": settings.CONTACT, "budget": budget_of(found),
        "groups": groups_of(found), "questions": questions.page(1).object_list,
        "question_count": questions.count,
        "today": today, "trail": [{"label": "Stratégie", "url": reverse("strategy:index")}],
    }  # fmt: skip
    return render(request, "strategy/measure.html", context)


@cache_public
def measure_sheet(request: HttpRequest, code: str) -> HttpResponse:
    """The same on one sheet of paper, with the code that leads back."""
    found, today = find_measure(code), timezone.localdate()
    [standing] = standings.standings([found], today)
    name = f'inline; filename="mesure-{found.code}.pdf"'
    content = paper.pdf_of(standing, today)
    return HttpResponse(content, content_type="application/pdf", headers={"Content-Disposition": name})


def find_measure(code: str) -> Measure:
    """The measure of this code, whatever its case, or a 404."""
    found = standings.measure_of(home_strategy(), code)
    if found is None:
        raise Http404
    return found
