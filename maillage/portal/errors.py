"""The pages that say what went wrong; none needs the database, and a database that is down says 503.

Words: the *number* of a request (X-Request-ID) is what a person and the logs have in common.
Neighbours: `config/urls.py` names the handlers; other rooms raise, or call `too_many`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from maillage.accounts.sign_in import keeping
from maillage.kernel.kept_files import FULL
from maillage.portal import phrases

RETRY_SECONDS = 60


def page(request: HttpRequest, code: int, **instead: Any) -> HttpResponse:
    """The designed page of this code; `instead` replaces title, message, kept or todo."""
    words: dict[str, Any] = {**phrases.ERRORS[code], **instead}
    number = request.META.get("REQUEST_ID", "")
    if number and code >= 500:
        words["todo"] = f"{words.get('todo', '')} {phrases.REQUEST_NUMBER.format(number=number)}".strip()
    content = render_to_string("ui/error.html", {"code": code, "contact": settings.CONTACT, **words})
    return HttpResponse(content, status=code)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    return page(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403, with the reason that the rule gave, when it gave one."""
    reason = str(exception) if exception is not None else ""
    return page(request, 403, **({"message": reason[:300]} if reason else {}))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    return page(request, 404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 of a form sent too late, or without its cookie (settings.CSRF_FAILURE_VIEW)."""
    if keeping.may_keep(request):
        return keeping.kept(request, why=keeping.STALE, status=403, must_sign_in=False)
    return page(request, 403, message=phrases.CSRF, todo="Revenez à la page, rechargez-la, puis renvoyez.")


def form_only(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """A middleware: who opens the address of a form reads where the form is, not a blank page of the browser.

    Somebody whose form was refused stands there, and reloads or keeps the address. What answers something stays.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code != 405 or request.method != "GET" or response.content:
            return response
        told = page(request, 405)
        told["Allow"] = response.get("Allow", "")
        return told

    return middleware


def too_many(request: HttpRequest, *, retry_after: int = RETRY_SECONDS) -> HttpResponse:
    """429, with the seconds to wait, said to people and to machines."""
    response = page(request, 429, todo=phrases.WAIT.format(seconds=retry_after))
    response["Retry-After"] = str(retry_after)
    return response


def unavailable(request: HttpRequest) -> HttpResponse:
    """503, with Retry-After."""
    response = page(request, 503)
    response["Retry-After"] = str(RETRY_SECONDS)
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """500; 503 when the error being handled says that a database does not answer, or that the disk is full."""
    error = sys.exc_info()[1]
    if any(_is_full(one) for one in _chain(error)):
        return page(request, 503, **phrases.FULL)
    return unavailable(request) if _is_database_down(error) else page(request, 500)


def _is_full(error: BaseException) -> bool:
    """A file that does not fit says so by its number, a database in its own words."""
    if isinstance(error, OperationalError):
        return "disk is full" in str(error) or "No space left" in str(error)
    return isinstance(error, OSError) and error.errno in FULL


def _is_database_down(error: BaseException | None) -> bool:
    return any(isinstance(one, OperationalError | InterfaceError) for one in _chain(error))


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """An error, and those that it comes from."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
