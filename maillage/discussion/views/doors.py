"""Who enters a circle: found by its key, asked its rule, and told why not."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from maillage.accounts.models import User
from maillage.accounts.rules import Decision, Person
from maillage.kernel.registry import Circle, circle_of

View = Callable[..., HttpResponse]


class MemberRequest(HttpRequest):
    """A request whose person has passed the rule of a circle: the user is known, and typed."""

    user: User


def found(key: str) -> Circle:
    """The circle of this key, or a 404."""
    circle = circle_of(key)
    if circle is None:
        raise Http404
    return circle


def in_circle(rule: Callable[[Person, Circle], Decision]) -> Callable[[View], View]:
    """Give the view the circle of the address, when the rule allows; others read why not."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, circle: str, **kwargs: Any) -> HttpResponse:
            known = found(circle)
            decision = rule(cast("Person", request.user), known)
            return view(request, known, **kwargs) if decision else refused(request, known, decision)

        return never_cache(guarded)

    return decorate


def refused(request: HttpRequest, circle: Circle, decision: Decision) -> HttpResponse:
    """403, with the reason, and the way in for whoever is not signed in."""
    context = {"circle": circle, "decision": decision, "canonical_url": ""}
    return render(request, "discussion/refused.html", context, status=403)
