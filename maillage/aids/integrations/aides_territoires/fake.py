"""The same doors as the API, without the network: what tests and trials ask instead."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import httpx

KEY, TOKEN = "cle-d-essai", "jeton-d-essai"  # of nobody


def fake(aids: Sequence[Any], *, troubles: Sequence[int] = (), count: int | None = None) -> httpx.MockTransport:
    """A transport that knows these aids. troubles: statuses of its first answers; count: what it pretends to hold."""
    waiting = list(troubles)

    def answer(request: httpx.Request) -> httpx.Response:
        if waiting:
            return httpx.Response(waiting.pop(0))
        if request.url.path == "/api/connexion/":
            is_known = request.method == "POST" and request.headers.get("X-Auth-Token") == KEY
            return httpx.Response(200, json={"token": TOKEN}) if is_known else httpx.Response(401)
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            return httpx.Response(401)
        page, size = int(request.url.params["page"]), int(request.url.params["itemsPerPage"])
        shown, end = list(aids[(page - 1) * size : page * size]), page * size
        more = f"{request.url.copy_set_param('page', page + 1)}" if end < len(aids) else None
        total = len(aids) if count is None else count
        return httpx.Response(200, json={"count": total, "next": more, "previous": None, "results": shown})

    return httpx.MockTransport(answer)
