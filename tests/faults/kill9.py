"""The proof of the outbox: workers killed -9 at random, a mail server that fails; nothing twice, nothing lost.

Everything runs in processes of its own on a database of its own, SQLite or PostgreSQL.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from tests.faults.place import ROOT, Place
from tests.faults.smtp_server import Fault, Server

WORKERS = 2
# What ADR 14 promises.
DOUBTS_FOR_A_DEATH = 16
PLANT = """
from django.db import transaction
from django.utils.timezone import now
from maillage.outbox.actions import post
at = now()
with transaction.atomic():
    for number in range({count}):
        post(kind="outbox.plain", to=f"lecteur{{number}}@exemple.test", at=at,
             facts={{"title": "Titre", "text": f"Lettre {{number}}"}}, once_key=f"proof{seed}:{{number}}")
"""
LOOK = """
import json
from maillage.outbox.models import Letter
from maillage.outbox.writing import message_id
print(json.dumps([[message_id(one), one.state] for one in Letter.objects.filter(once_key__startswith="proof{seed}:")]))
"""
LEFT = """
from maillage.outbox.models import Letter
print(Letter.objects.filter(state__in=["pending", "sending"]).count())
"""


@dataclass(frozen=True)
class Report:
    """What was seen. `missing`: not taken by the server, and nobody is asked to look; `false`: said sent, not taken."""

    letters: int
    kills: int
    duplicates: int
    missing: int
    false: int
    uncertain: int
    unanswered: int
    faults: dict[str, int]
    seconds: float


def proof(place: Place, *, letters: int, kills: int, share: float, seed: int, is_mutant: bool = False) -> Report:
    """Plant letters, send them through deaths and faults, then compare what is said with what was taken.

    Another proof in the same place takes another seed.
    """
    place.shell(PLANT.format(count=letters, seed=seed))
    began, dice = time.monotonic(), random.Random(seed)
    with Server(share=share, seed=seed, silent_seconds=1.5) as server:
        nursery = Nursery(place, server.port, is_mutant=is_mutant)
        try:
            done = nursery.kill(kills, dice)
            # A mutant shuffles states about for ever: it is let run a while, that is enough to catch it.
            nursery.drain(3 if is_mutant else 240)
        finally:
            nursery.end()
    seconds = time.monotonic() - began
    states: dict[str, str] = dict(json.loads(place.shell(LOOK.format(seed=seed))))
    taken = server.taken
    silent = (Fault.CUT_IN_DATA, Fault.TAKEN_THEN_CUT, Fault.LOST_THEN_CUT, Fault.TAKEN_THEN_SILENT)
    return Report(
        letters=letters,
        kills=done,
        duplicates=sum(count > 1 for count in taken.values()),
        missing=sum(number not in taken and state != "uncertain" for number, state in states.items()),
        false=sum(number not in taken and state == "sent" for number, state in states.items()),
        uncertain=Counter(states.values())["uncertain"],
        unanswered=sum(server.met[fault] for fault in silent),
        faults={fault.name: count for fault, count in sorted(server.met.items(), key=lambda one: one[0].name)},
        seconds=round(seconds, 1),
    )


class Nursery:
    """Two workers at a time; one that is killed is followed by another."""

    def __init__(self, place: Place, port: int, *, is_mutant: bool) -> None:
        self.place = place
        words = [sys.executable, "-m", "tests.faults.nursery", str(port), *(["mutant"] if is_mutant else [])]
        self.process: subprocess.Popen[str] = subprocess.Popen(
            words, cwd=ROOT, env=place.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.living = [self._spawn() for _ in range(WORKERS)]

    def _spawn(self) -> int:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write("one\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())

    def kill(self, times: int, dice: random.Random) -> int:
        """Kill -9 one of the workers at random moments; how many deaths there were."""
        for _ in range(times):
            time.sleep(dice.uniform(0.02, 0.5))
            victim = dice.randrange(WORKERS)
            os.kill(self.living[victim], signal.SIGKILL)
            self.living[victim] = self._spawn()
        return times

    def drain(self, seconds: float) -> None:
        """Wait until nothing is ready nor on its way."""
        until = time.monotonic() + seconds
        while time.monotonic() < until and int(self.place.shell(LEFT)):
            time.sleep(0.5)

    def end(self) -> None:
        for pid in self.living:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.kill()
        self.process.communicate()


def as_figures(report: Report) -> dict[str, Any]:
    """The report as rows of a page."""
    return {
        "letters": report.letters,
        "kills": report.kills,
        "duplicates": report.duplicates,
        "missing": report.missing,
        "in_doubt": report.uncertain,
        "in_doubt_at_most": report.kills * DOUBTS_FOR_A_DEATH + report.unanswered,
        "kinds_of_fault_met": sum(name != "NONE" for name in report.faults),
        "seconds": report.seconds,
    }
