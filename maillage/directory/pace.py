"""Long work in short committed steps: how large a step is, and the pause that lets others write between two.

SQLite has one writer at a time: whoever waits looks again every tenth of a second at most, for twenty seconds.
"""

from __future__ import annotations

import time

from django.db import connections, router

from maillage.directory.models import Organisation

# Seconds. A wait for a turn is seldom longer, but on a machine that is busy elsewhere.
LONGEST_STEP = 0.5
SMALLEST, FIRST, LARGEST = 250, 500, 1_000


class Pace:
    """The size of the next step in lines, from the seconds that the last one took."""

    def __init__(self) -> None:
        self.size = FIRST

    def took(self, seconds: float) -> None:
        """Halve after a step that was too long, grow by half after a short one."""
        if seconds > LONGEST_STEP:
            self.size = max(SMALLEST, self.size // 2)
        elif seconds < LONGEST_STEP / 2:
            self.size = min(LARGEST, self.size * 3 // 2)


def breathe(seconds: float = 0.025) -> None:
    """Leave the write lock free for a moment; nothing on PostgreSQL, nor inside a transaction."""
    connection = connections[router.db_for_write(Organisation)]
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        time.sleep(seconds)


__all__ = ["Pace", "breathe"]
