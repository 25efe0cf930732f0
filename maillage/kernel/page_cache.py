"""Public pages, kept a short while as bytes: the same page is not built twice in a row.

Only GETs of strangers (no session cookie), 200, without a cookie in the answer, marked by the view
with `cache_public`. Entries live in the shared cache for `PUBLIC_SECONDS`; in front of Django, `HottestPages`
keeps those of one process for `PROCESS_SECONDS`, a memo that any process may lose without harm. Every
journalled write begins a new edition, and each process sees it within a second (`kernel.edition`).
A page is compressed once, when it is kept. It holds no secret (it is the same for every stranger), so its
length tells nothing; what signed-in people get is never compressed together with what they typed (BREACH).
"""

from __future__ import annotations

import gzip
import hashlib
import time
import uuid
from collections.abc import Callable, Iterable
from functools import wraps
from typing import TYPE_CHECKING, Any, NamedTuple

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control, patch_vary_headers

from maillage.kernel.edition import edition

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

GetResponse = Callable[[HttpRequest], HttpResponse]
Headers = list[tuple[str, str]]
PUBLIC_SECONDS = 300
PROCESS_SECONDS = 60
PROCESS_ENTRIES = 256
PROCESS_BYTES = 16_000_000
WORTH_ZIPPING = 500
# How the middleware tells the door in front of Django that an answer may be given again.
KEPT = "maillage.kept"


def cache_public(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Mark the answers of a public view as fit to be kept; a signed-in person never gets a kept page."""

    @wraps(view)
    def marked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.keep_public = True  # type: ignore[attr-defined]
        return response

    return marked


class PublicPageCache:
    """The middleware; it stands after the security headers, which are set anew on every answer."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD") or settings.SESSION_COOKIE_NAME in request.COOKIES:
            return self.get_response(request)
        is_zipped = "gzip" in request.headers.get("Accept-Encoding", "")
        key = _key(request, is_zipped)
        kept = cache.get(key)
        if kept is not None:
            response = HttpResponse(kept[0], headers=kept[1])
            request.META[KEPT] = True
            return response
        response = self.get_response(request)
        if _fit(response):
            patch_vary_headers(response, ["Cookie", "HX-Request", "Accept-Encoding"])
            patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
            if is_zipped and len(response.content) >= WORTH_ZIPPING:
                _zip(response)
            cache.set(key, (response.content, dict(response.items())), PUBLIC_SECONDS)
            request.META[KEPT] = True
        return response


class _Page(NamedTuple):
    edition: str
    until: float
    status: str
    headers: Headers
    body: bytes


class HottestPages:
    """The door in front of Django: what this process has just given to a stranger, it gives again as it is."""

    def __init__(self, application: WSGIApplication) -> None:
        self.application = application
        self.pages: dict[tuple[str, ...], _Page] = {}
        self.bytes = 0

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        key = _door_key(environ)
        if key is None:
            return self.application(environ, start_response)
        page = self.pages.get(key)
        if page is not None and page.until > time.monotonic() and page.edition == edition():
            start_response(page.status, [*page.headers, ("X-Request-ID", uuid.uuid4().hex)])
            return [page.body]
        return self._ask(key, environ, start_response)

    def _ask(self, key: tuple[str, ...], environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        told: list[tuple[str, Headers]] = []

        def listen(status: str, headers: Headers, *more: Any) -> Any:
            told.append((status, headers))
            return start_response(status, headers, *more)

        # Read before the page is built: a page built from older data must not pass for newer.
        asked_in = edition()
        answer = self.application(environ, listen)
        if not environ.get(KEPT) or not told:
            return answer
        body = b"".join(answer)
        if hasattr(answer, "close"):
            answer.close()
        status, headers = told[-1]
        kept = [(name, value) for name, value in headers if name != "X-Request-ID"]
        self._remember(key, _Page(asked_in, time.monotonic() + PROCESS_SECONDS, status, kept, body))
        return [body]

    def _remember(self, key: tuple[str, ...], page: _Page) -> None:
        if len(self.pages) >= PROCESS_ENTRIES or self.bytes + len(page.body) > PROCESS_BYTES:
            self.pages, self.bytes = {}, 0
        self.pages[key] = page
        self.bytes += len(page.body)


def _door_key(environ: WSGIEnvironment) -> tuple[str, ...] | None:
    """What makes two requests of strangers the same; None when somebody may be known, or has their own number."""
    is_known = f"{settings.SESSION_COOKIE_NAME}=" in environ.get("HTTP_COOKIE", "")
    if environ["REQUEST_METHOD"] != "GET" or is_known or "HTTP_X_REQUEST_ID" in environ:
        return None
    is_zipped = "gzip" in environ.get("HTTP_ACCEPT_ENCODING", "")
    names = ("wsgi.url_scheme", "HTTP_X_FORWARDED_PROTO", "HTTP_HOST", "HTTP_HX_REQUEST", "PATH_INFO", "QUERY_STRING")
    return ("gzip" if is_zipped else "", *(environ.get(name, "") for name in names))


def _key(request: HttpRequest, is_zipped: bool) -> str:
    asked = f"{request.get_host()} {request.headers.get('HX-Request', '')} {request.get_full_path()}"
    words = f"{edition()} {is_zipped} {asked}"
    return "page:" + hashlib.blake2s(words.encode("utf-8", "surrogatepass")).hexdigest()


def _fit(response: HttpResponse) -> bool:
    return (
        getattr(response, "keep_public", False)
        and response.status_code == 200
        and not response.streaming
        and not response.cookies
        and len(response.content) < 400_000
    )


def _zip(response: HttpResponse) -> None:
    """Compress an answer in place; one already compressed, or a picture, is left alone."""
    kind = response.get("Content-Type", "").split(";")[0]
    if response.has_header("Content-Encoding") or kind in ("application/pdf", "image/png", "image/jpeg"):
        return
    response.content = gzip.compress(response.content, compresslevel=6, mtime=0)
    response["Content-Encoding"] = "gzip"
    response["Content-Length"] = str(len(response.content))
