"""The server as an operator runs it (`maillage serve`), in a group of its own that can be killed at once."""

from __future__ import annotations

import http.client
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from subprocess import Popen

from tests.faults.clients import ask
from tests.faults.place import Place, kill

START_SECONDS = 60


@dataclass
class Site:
    """A place that is served on a port; `die` and `rise` are a power cut for its processes."""

    place: Place
    port: int
    words: tuple[str, ...] = ()
    process: Popen[str] | None = field(default=None, repr=False)

    def rise(self) -> None:
        """Start it, and wait until it answers."""
        self.process = self.place.start(
            "-m", "config.cli", "serve", "--port", str(self.port), *self.words, keeps_output=False
        )
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            with suppress(OSError, http.client.HTTPException):
                if ask(self.port, "/sante/vif", seconds=5).status == 200:
                    return
            time.sleep(0.05)
        raise AssertionError("the server does not answer")

    def die(self) -> None:
        """SIGKILL to every process of it: web, worker, and the one that started them."""
        assert self.process is not None
        kill(self.process)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def served(place: Place, *words: str) -> Iterator[Site]:
    site = Site(place, free_port(), words)
    site.rise()
    try:
        yield site
    finally:
        site.die()
