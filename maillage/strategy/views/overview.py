"""The whole plan at one sight: through time, by state, and what must move for those who steer."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from maillage.accounts.models import User
from maillage.accounts.rules import Person
from maillage.kernel.page_cache import cache_public
from maillage.strategy.queries import axes_of, home_strategy, standings
from maillage.strategy.queries.budget import budget_of_plan
from maillage.strategy.queries.calendar import calendar_of
from maillage.strategy.queries.questions import waiting_count
from maillage.strategy.rules import may_read_steering, may_steer

TRAIL = ({"label": "Stratégie", "url": "/strategie/"},)


@cache_public
def calendar(request: HttpRequest) -> HttpResponse:
    """Each measure from its first day to its last, with its steps and today."""
    strategy = home_strategy()
    drawn = calendar_of(strategy, timezone.localdate()) if strategy else None
    return render(request, "strategy/calendar.html", {"calendar": drawn, "strategy": strategy, "trail": TRAIL})


@cache_public
def board(request: HttpRequest) -> HttpResponse:
    """Measures by state; `?axe=2` keeps one axis."""
    strategy, chosen = home_strategy(), request.GET.get("axe", "")
    axes = axes_of(strategy) if strategy else []
    chosen = chosen if chosen in {str(number) for number, _ in axes} else ""
    columns = standings.by_state(strategy, chosen, timezone.localdate()) if strategy else []
    context = {"columns": columns, "axes": axes, "chosen": chosen, "strategy": strategy, "trail": TRAIL}
    context["counted"] = standings.counted_words(one for column in columns for one in column.rows)
    return render(request, "strategy/board.html", context)


@never_cache
@require_safe
def steering(request: HttpRequest) -> HttpResponse:
    """`/moi/strategie/`: what is late and who must act, for those who sit or work for the strategy."""
    today, strategy = timezone.localdate(), home_strategy()
    person = cast("Person", request.user)
    decision = may_read_steering(person, on=today)
    if not decision or strategy is None:
        return render(request, "strategy/steering_refused.html", {"decision": decision}, status=403)
    every = standings.standings(standings.measures_of(strategy), today)
    context = {
        "strategy": strategy, "watch": standings.watch(every, today), "sums": standings.sums(every),
        "mine": [one for one in every if person.pk in (one.measure.owner_id, one.measure.liaison_officer_id)],
        "budget": budget_of_plan(strategy), "questions": waiting_count(strategy),
        "may_steer": may_steer(person, on=today), "counted": standings.counted_words(every),
        "trail": [{"label": "Mon espace", "url": reverse("own:home")}],
    }  # fmt: skip
    return render(request, "strategy/steering.html", context)


def panel(user: User) -> dict[str, object] | None:
    """On `/moi/`, for those who may open the page: how many measures are late."""
    today, strategy = timezone.localdate(), home_strategy()
    if strategy is None or not may_read_steering(user, on=today):
        return None
    every = standings.standings(standings.measures_of(strategy), today)
    return {"late": sum(one.is_late for one in every), "sums": standings.sums(every)}
