"""How often one address may ask: a fair share for all, counted cheaply.

Words: a process takes *tickets* by packs from the shared cache and spends them by itself, so that one
request in `PACK` alone touches the cache. An address is kept only as a fingerprint, for two minutes.
"""

from __future__ import annotations

import hashlib
import time

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from ninja.throttling import BaseThrottle

PER_MINUTE = 300
PACK = 10
WINDOW_SECONDS = 60
MOST_ADDRESSES = 10_000


class PerAddress(BaseThrottle):
    """At most `per_minute` requests a minute for one address, over all processes, to within one pack each."""

    def __init__(self, per_minute: int = PER_MINUTE) -> None:
        self.per_minute = per_minute
        self.window = -1
        self.tickets: dict[str, int] = {}

    def allow_request(self, request: HttpRequest) -> bool:
        window = int(time.time()) // WINDOW_SECONDS
        if window != self.window or len(self.tickets) > MOST_ADDRESSES:
            self.window, self.tickets = window, {}
        key = f"api:{window}:{_fingerprint(request)}"
        left = self.tickets.get(key, 0)
        if left == 0:
            left = self._take(key)
        self.tickets[key] = max(left - 1, 0)
        return left > 0

    def wait(self) -> float:
        """Seconds until the next window."""
        return WINDOW_SECONDS - time.time() % WINDOW_SECONDS

    def _take(self, key: str) -> int:
        """A pack of tickets, or what remains of the minute's share."""
        cache.add(key, 0, 2 * WINDOW_SECONDS)
        try:
            taken = cache.incr(key, PACK)
        except ValueError:  # the entry was evicted meanwhile: nobody is refused for that
            return PACK
        return max(0, min(PACK, self.per_minute - (taken - PACK)))


def _fingerprint(request: HttpRequest) -> str:
    words = f"{settings.SECRET_KEY}{request.META.get('REMOTE_ADDR', '')}"
    return hashlib.blake2s(words.encode(), digest_size=12).hexdigest()
