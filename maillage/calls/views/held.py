"""What the pages of an application share: whose it is, and how a refused verb is answered."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from maillage.accounts.models import User
from maillage.calls import actions
from maillage.calls.queries import own
from maillage.kernel.once import SentBefore


def held(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view the application that this person writes; for anybody else there is none."""

    @wraps(view)
    def guarded(request: HttpRequest, reference: str, **kwargs: Any) -> HttpResponse:
        application = own.own_application(person(request), reference)
        if application is None:
            raise Http404
        return view(request, application, **kwargs)

    return never_cache(guarded)


def person(request: HttpRequest) -> User:
    """The account that is signed in."""
    return cast("User", request.user)


def attempt(request: HttpRequest, done: str, verb: Callable[[], object]) -> bool:
    """Call a verb and say what became of it above the next page."""
    try:
        verb()
    except (actions.CallRefused, actions.ApplicationMoved, SentBefore) as refusal:
        messages.error(request, refusal.phrase)
        return False
    messages.success(request, done)
    return True
