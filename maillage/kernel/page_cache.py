"""Public pages, kept a short while as bytes: the same page is not built twice in a row.

Only GETs of strangers (no session cookie), 200, without a cookie in the answer, marked by the view
with `cache_public`. Entries live in the shared cache for `PUBLIC_SECONDS`; each process also keeps a
few of the hottest for `PROCESS_SECONDS`, a memo that any process may lose without harm. Every journalled
write calls `forget_pages`: a new edition begins, and each process sees it within `EDITION_SECONDS`.
A page is compressed once, when it is kept. It holds no secret (it is the same for every stranger), so its
length tells nothing; what signed-in people get is never compressed together with what they typed (BREACH).
"""

from __future__ import annotations

import gzip
import hashlib
import time
import uuid
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control, patch_vary_headers

GetResponse = Callable[[HttpRequest], HttpResponse]
PUBLIC_SECONDS = 300
PROCESS_SECONDS = 5
EDITION_SECONDS = 1.0
PROCESS_ENTRIES = 256
WORTH_ZIPPING = 500
Entry = tuple[float, bytes, dict[str, str]]


def cache_public(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Mark the answers of a public view as fit to be kept; a signed-in person never gets a kept page."""

    @wraps(view)
    def marked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.keep_public = True  # type: ignore[attr-defined]
        return response

    return marked


def forget_pages() -> None:
    """Begin a new edition once the transaction is written; no kept page of the one before is shown again."""
    transaction.on_commit(lambda: cache.set("pages:edition", uuid.uuid4().hex, None), robust=True)


class PublicPageCache:
    """The middleware; it stands after the security headers, which are set anew on every answer."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.hottest: dict[str, Entry] = {}
        self.edition, self.edition_until = "", 0.0

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD") or settings.SESSION_COOKIE_NAME in request.COOKIES:
            return self.get_response(request)
        is_zipped = "gzip" in request.headers.get("Accept-Encoding", "")
        key = self._key(request, is_zipped)
        kept = self._kept(key)
        if kept is not None:
            response = HttpResponse(kept[1])
            for name, value in kept[2].items():
                response[name] = value
            return response
        response = self.get_response(request)
        if self._fit(response):
            patch_vary_headers(response, ["Cookie", "HX-Request", "Accept-Encoding"])
            patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
            if is_zipped and len(response.content) >= WORTH_ZIPPING:
                _zip(response)
            entry: Entry = (time.monotonic() + PROCESS_SECONDS, response.content, dict(response.items()))
            self._remember(key, entry)
            cache.set(key, entry[1:], PUBLIC_SECONDS)
        return response

    def _key(self, request: HttpRequest, is_zipped: bool) -> str:
        asked = f"{request.get_host()} {request.headers.get('HX-Request', '')} {request.get_full_path()}"
        words = f"{self._edition()} {is_zipped} {asked}"
        return "page:" + hashlib.blake2s(words.encode("utf-8", "surrogatepass")).hexdigest()

    def _edition(self) -> str:
        """The data's edition and that of the static files, whose names stand inside the pages."""
        if self.edition_until < time.monotonic():
            manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
            files = manifest.stat().st_mtime_ns if manifest.exists() else 0
            self.edition = f"{cache.get('pages:edition', '')}{files}"
            self.edition_until = time.monotonic() + EDITION_SECONDS
        return self.edition

    def _kept(self, key: str) -> Entry | None:
        hot = self.hottest.get(key)
        if hot is not None and hot[0] > time.monotonic():
            return hot
        shared = cache.get(key)
        if shared is None:
            return None
        entry: Entry = (time.monotonic() + PROCESS_SECONDS, *shared)
        self._remember(key, entry)
        return entry

    def _remember(self, key: str, entry: Entry) -> None:
        if len(self.hottest) >= PROCESS_ENTRIES:
            self.hottest.clear()
        self.hottest[key] = entry

    def _fit(self, response: HttpResponse) -> bool:
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
    response.content = gzip.compress(response.content, compresslevel=7, mtime=0)
    response["Content-Encoding"] = "gzip"
    response["Content-Length"] = str(len(response.content))
