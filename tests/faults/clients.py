"""Visitors who post real forms to a real server, and write down what was acknowledged.

Each opens the page, fills its form in with words of its own, sends it, and counts it as acknowledged when the thanks
came. What is cut in between is sent again as it is, with the same key: it must not be made twice.
"""

from __future__ import annotations

import http.client
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import urlencode

from tests.forms import form_in

HEADERS = {"Content-Type": "application/x-www-form-urlencoded"}
TRIES_SECONDS = 60


@dataclass
class Answer:
    """What came back."""

    status: int
    page: str
    cookies: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)


def ask(
    port: int, path: str, said: dict[str, str] | None = None, *, cookies: dict[str, str] | None = None,
    headers: dict[str, str] | None = None, seconds: float = 20,
) -> Answer:  # fmt: skip
    """One request on a connection of its own. Raises OSError, HTTPException when it is cut."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=seconds)
    sent = {"Cookie": "; ".join(f"{name}={value}" for name, value in (cookies or {}).items()), **(headers or {})}
    try:
        if said is None:
            connection.request("GET", path, headers=sent)
        else:
            connection.request("POST", path, urlencode(said), {**sent, **HEADERS})
        found = connection.getresponse()
        page = found.read().decode()
    finally:
        connection.close()
    pairs = (value.split(";")[0].split("=", 1) for name, value in found.getheaders() if name.lower() == "set-cookie")
    return Answer(found.status, page, dict(pairs), dict(found.getheaders()))


@dataclass
class Visitor:
    """One client: `acknowledged` holds the words of each form whose thanks came."""

    port: int
    path: str
    number: int
    typed: str = "note"
    moment: str = ""
    acknowledged: list[str] = field(default_factory=list)
    sent_again: int = 0
    refused: list[str] = field(default_factory=list)

    def work(self, stop: threading.Event) -> None:
        """Send form after form until told to stop; one begun is finished."""
        # As somebody who left the page open: the moment it was shown is old enough for all that follow.
        page = self._until_answered(None, {})
        self.moment = form_in(page.page).get("seen", "") if page else ""
        time.sleep(2.1)
        turn = 0
        while not stop.is_set():
            turn += 1
            words = f"mot-{self.number}-{turn}-fin"
            if self._send(words):
                self.acknowledged.append(words)

    def _send(self, words: str) -> bool:
        page = self._until_answered(None, {})
        if page is None:
            return False
        filled = form_in(page.page) | {self.typed: words, "seen": self.moment}
        answer = self._until_answered(filled, page.cookies)
        if answer is not None and answer.status != 200:
            self.refused.append(f"{answer.status}")
        return answer is not None and answer.status == 200

    def _origin(self) -> dict[str, str]:
        """An address of its own for each form, behind a proxy that the site trusts: the limits are not the matter."""
        turn = len(self.acknowledged)
        return {"X-Forwarded-For": f"10.{self.number}.{turn // 250}.{turn % 250 + 1}"}

    def _until_answered(self, said: dict[str, str] | None, cookies: dict[str, str]) -> Answer | None:
        until = time.monotonic() + TRIES_SECONDS
        while time.monotonic() < until:
            with suppress(OSError, http.client.HTTPException):
                answer = ask(self.port, self.path, said, cookies=cookies, headers=self._origin())
                # A limiter that was killed while it counted says no for a few seconds: one waits, as the page says.
                if answer.status < 500 and answer.status != 429:
                    return answer
            self.sent_again += said is not None
            time.sleep(0.05)
        return None


def crowd(port: int, path: str, size: int) -> tuple[list[Visitor], threading.Event, list[threading.Thread]]:
    """So many visitors at work; set the event to let them finish."""
    stop = threading.Event()
    visitors = [Visitor(port, path, number) for number in range(size)]
    threads = [threading.Thread(target=one.work, args=[stop], daemon=True) for one in visitors]
    for thread in threads:
        thread.start()
    return visitors, stop, threads
