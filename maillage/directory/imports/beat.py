"""How a long import tells that it lives and how far it is, and hears that somebody wants it to stop."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from maillage.directory.actions.import_runs import stay_alive
from maillage.directory.models import ImportRun

BEAT = timedelta(seconds=2)
# (done, total): how far one is, both readings of the source included; total is 0 when nobody knows.
Progress = Callable[[int, int], None]
# (stage, done, total): stage is a key of phrases.IMPORT_STAGES.
Hear = Callable[[str, int, int], None]
Clock = Callable[[], datetime]


def silent(_done: int, _total: int) -> None:
    """Nobody asked to follow."""


def deaf(_stage: str, _done: int, _total: int) -> None:
    """Nobody listens."""


class Beat:
    """Called in the import's own thread, as often as one likes; writes every two seconds, outside transactions.

    Raises RunStopped when a person asked for it, RunTaken when the run is no longer ours.
    """

    def __init__(self, run: ImportRun, tell: Progress, clock: Clock) -> None:
        self._run, self._tell, self.now = run, tell, clock
        self._last = clock()
        self._stage = ""

    def __call__(self, stage: str, done: int, total: int) -> None:
        if stage == "compare":  # half of the way: what is compared is then written
            self._tell(done, total * 2)
        now = self.now()
        if stage != self._stage or now - self._last >= BEAT:
            self._last, self._stage = now, stage
            stay_alive(run=self._run, stage=stage, done=done, total=total, at=now)

    def written(self, done: int, total: int) -> None:
        """Tell the one who launched it; the step that was just committed is the sign of life."""
        self._tell(total + done, total * 2)
