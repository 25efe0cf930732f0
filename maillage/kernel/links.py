"""Asks addresses whether they answer: HEAD, then GET when a site does not like HEAD; few at once, ten seconds each.

Words: a *dead* link answers 404 or 410, or its host is unknown; a *silent* one answered nothing, or a fault, this time.
An address that leads inside of our own network is not asked: whoever writes a link must not make us knock there.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlsplit

import httpx
from django.conf import settings

AT_ONCE = 4
SECONDS = 10.0
MOST_TURNS = 5
_DEAD = frozenset({httpx.codes.NOT_FOUND, httpx.codes.GONE})
_NOT_BY_HEAD = 400
# Troubles that a cut in our own network makes too.
OUR_NETWORK = frozenset({"host", "silent"})
IsPublic = Callable[[str], bool]


@dataclass(frozen=True)
class Link:
    """What was found at an address. trouble: "404", "host" (unknown), "silent", or ""; is_dead: worth a look."""

    url: str
    trouble: str = ""
    is_dead: bool = False


def is_public_host(host: str) -> bool:
    """Does every address of this host stand on the open Internet? Raises OSError when it has none."""
    found = socket.getaddrinfo(host, None)
    return all(ipaddress.ip_address(str(one[4][0]).partition("%")[0]).is_global for one in found)


def probe(urls: Iterable[str], *, is_public: IsPublic = is_public_host) -> dict[str, Link]:
    """{address: what was found there}, each asked once."""
    wanted = list(dict.fromkeys(urls))
    with (
        httpx.Client(
            timeout=SECONDS, trust_env=False, headers={"User-Agent": f"Maillage ({settings.SITE_URL})"}
        ) as http,
        ThreadPoolExecutor(AT_ONCE) as pool,
    ):
        return dict(zip(wanted, pool.map(partial(_ask, http, is_public), wanted), strict=True))


def _ask(http: httpx.Client, is_public: IsPublic, url: str) -> Link:
    try:
        status = _status(http, is_public, url)
    except socket.gaierror as error:
        # Nobody bears that name; anything else may be our own network.
        return Link(url, "host", is_dead=error.errno == socket.EAI_NONAME)
    except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError):
        return Link(url, "silent")
    if status in _DEAD:
        return Link(url, str(status), is_dead=True)
    return Link(url, str(status) if status >= 500 else "")


def _status(http: httpx.Client, is_public: IsPublic, url: str) -> int:
    """The status at the end of the turns; each host on the way is looked at before it is asked."""
    at, method = url, "HEAD"
    for _ in range(MOST_TURNS * 2):
        parts = urlsplit(at)
        if parts.scheme not in {"http", "https"} or not parts.hostname or not is_public(parts.hostname):
            raise ValueError(at)
        with http.stream(method, at) as answer:
            if answer.next_request is not None:
                at = str(answer.next_request.url)
            elif method == "HEAD" and answer.status_code >= _NOT_BY_HEAD:
                method = "GET"
            else:
                return answer.status_code
    raise ValueError(url)
