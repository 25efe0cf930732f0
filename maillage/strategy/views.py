from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from maillage.kernel.page_cache import cache_public
from maillage.strategy.queries import current_strategy, plan_of
from maillage.territories.queries import home_territory


@cache_public
def index(request: HttpRequest) -> HttpResponse:
    """The strategy in two minutes: axes, objectives, measures, and what already serves them."""
    strategy = current_strategy(home_territory())
    return render(request, "strategy/index.html", {"plan": plan_of(strategy) if strategy else None})
