"""The page of a signed link: GET shows what will happen, POST does it, HEAD and scanners change nothing."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from maillage.kernel.letters import Page
from maillage.outbox import links, phrases
from maillage.outbox.actions.following import LinkRefused, follow

# A scanner that meets a dead link learns nothing; a person gets a page that helps, whatever the number says.
STATUS = {"unknown": 404, "used": 200, "expired": 410, "overtaken": 409}


def by_letter(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page that a letter opens: nobody keeps it, indexes it, or learns its address from where one goes next.

    Without the usual form token: the address itself is the secret, mail programs post the one-click refusal without
    a cookie (RFC 8058), and a page without referrer could not pass the check over https.
    """

    @wraps(view)
    def private(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return csrf_exempt(never_cache(require_http_methods(["GET", "HEAD", "POST"])(private)))


@by_letter
def link(request: HttpRequest, token: str) -> HttpResponse:
    if request.method == "POST":
        try:
            page, _ = follow(token=token, at=timezone.now())
        except LinkRefused as refusal:
            return dead(request, refusal.link)
        return show(request, page, is_done=True)
    found = links.read(token, at=timezone.now())
    if found.standing != "good" or found.purpose is None or found.occasion is None:
        return dead(request, found)
    page_before = found.purpose.describe(found.occasion)
    if page_before is None:
        return dead(request, links.Link("overtaken", purpose=found.purpose, occasion=found.occasion))
    return show(request, page_before)


def dead(request: HttpRequest, found: links.Link) -> HttpResponse:
    """The page of a link that does nothing any more: why, and where to go."""
    title, sentence = phrases.LINK_VERDICTS[found.standing]
    onward = () if found.purpose is None or found.occasion is None else found.purpose.in_place_of(found.occasion)
    return show(request, Page(title, (sentence,), links=onward), status=STATUS[found.standing], is_dead=True)


def show(
    request: HttpRequest, page: Page, *, status: int = 200, is_done: bool = False, is_dead: bool = False
) -> HttpResponse:
    """The page of a link, as one sees it before, after, or when it does nothing any more."""
    context = {"page": page, "is_done": is_done, "is_dead": is_dead, "canonical_url": ""}
    return render(request, "outbox/link.html", context, status=status)
