"""Many at the same moment: threads with connections of their own, on a database that may be spoilt.

Words: a *round* does something together and says what does not hold (the *breaches*, in words); a *control* is the
same round with one protection taken away, and must find some. `CHAOS=20` runs twenty times as many rounds.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection, connections
from django.db.models import QuerySet

CHAOS = int(os.environ.get("CHAOS", "1"))
Round = Callable[[], list[str]]


@dataclass(frozen=True)
class Outcome:
    """What became of one of them: its value, or what it raised."""

    value: Any = None
    error: Exception | None = None


def race(*work: Callable[[], Any]) -> list[Outcome]:
    """Start all at once, each with its own connection; their outcomes, in order."""
    outcomes, barrier = [Outcome()] * len(work), Barrier(len(work))

    def run(rank: int, one: Callable[[], Any]) -> None:
        try:
            connection.ensure_connection()
            barrier.wait(20)
            outcomes[rank] = Outcome(value=one())
        except Exception as error:  # noqa: BLE001 — told to the checker
            outcomes[rank] = Outcome(error=error)
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=[rank, one]) for rank, one in enumerate(work)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return outcomes


def strange(outcomes: list[Outcome], *expected: type[Exception]) -> list[str]:
    """Errors that nobody expects, as breaches."""
    return [
        f"{type(one.error).__name__}: {one.error}" for one in outcomes if one.error and type(one.error) not in expected
    ]


def breaches(one: Round, rounds: int) -> list[str]:
    """What did not hold in so many rounds."""
    return [f"{number}: {word}" for number in range(rounds * CHAOS) for word in one()]


def caught(one: Round, rounds: int, *, patience: float = 30) -> int:
    """In how many rounds a control was seen; it stops at the first, since one is enough.

    patience: seconds. On a busy machine the threads of a round may well come one after the other: a control that was
    not seen in its rounds is played on for that long before it counts as missed.
    """
    until = time.monotonic() + patience
    for number in count(1):
        if one():
            return number
        if number >= rounds and time.monotonic() > until:
            return 0
    raise AssertionError("count() ended")


def slowed(patch: pytest.MonkeyPatch, module: Any, name: str, seconds: float = 0.03) -> None:
    """Wait a little after this function of a module: others come in between, if they can."""
    before = getattr(module, name)

    def after(*args: Any, **kwargs: Any) -> Any:
        done = before(*args, **kwargs)
        time.sleep(seconds)
        return done

    patch.setattr(module, name, after)


def without_locks(patch: pytest.MonkeyPatch) -> None:
    """Take away what makes one wait for the other: row locks; on SQLite, transactions that write from their start."""
    patch.setattr(QuerySet, "select_for_update", lambda rows, *_, **__: rows.all())
    kept = connections.settings["default"]
    if connection.vendor == "sqlite":
        options = {**kept["OPTIONS"], "transaction_mode": "DEFERRED", "timeout": 0.2}
        patch.setitem(connections.settings, "default", {**kept, "OPTIONS": options})


@contextmanager
def without_constraint(model: Any, name: str) -> Iterator[None]:
    """Take away one constraint of a table, for as long as this database lasts."""
    [constraint] = [one for one in model._meta.constraints if one.name == name]
    with connection.schema_editor() as editor:
        editor.remove_constraint(model, constraint)
    yield
