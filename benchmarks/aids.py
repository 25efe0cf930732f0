"""300 aids × 5 000 seekers, with every reason, against a loop that only compares deadlines."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

AIDS = 300
SEEKERS = 5_000
TURNS = 3
ON = date(2026, 11, 28)


def run() -> dict[str, Any]:
    """{"aids", "seekers", "seconds", "floor seconds", "times the floor", "that fit"}; the best of TURNS, each anew."""
    from maillage.aids.matching import Board

    chance = random.Random(2026)
    aids, seekers = [_aid(chance) for _ in range(AIDS)], [_seeker(chance) for _ in range(SEEKERS)]
    deadlines = [aid.deadline_date or date.max for aid in aids]
    fitting = 0

    def floor() -> None:
        for seeker in seekers:
            on = seeker.on
            for deadline in deadlines:
                _ = deadline < on

    def matched() -> None:
        nonlocal fitting
        fitting = 0
        for row in Board(aids).rows(seekers):
            assert len(row.reasons) == AIDS
            fitting += int(row.fits.sum())

    whole, least = _best(matched), _best(floor)
    return {
        "aids": AIDS, "seekers": SEEKERS, "seconds, with reasons": whole, "seconds of the floor": least,
        "times the floor": whole / least, "pairs that fit": fitting,
    }  # fmt: skip


def _best(work: Callable[[], None]) -> float:
    taken = []
    for _ in range(TURNS):
        before = time.perf_counter()
        work()
        taken.append(time.perf_counter() - before)
    return min(taken)


def _some(chance: random.Random, among: list[str], most: int) -> frozenset[str]:
    return frozenset(chance.sample(among, chance.randint(0, most)))


_THEMES = [f"sujet-{number}" for number in range(11)]
_AUDIENCES = [f"public-{number}" for number in range(12)]
_TYPES = [f"type-{number}" for number in range(8)]
_COMMUNES = [f"commune:{80000 + number}" for number in range(173)]
_COVERAGES = [["country:FR"], ["region:32"], ["department:80"], ["epci:1"], _COMMUNES[:9], []]


def _aid(chance: random.Random) -> Any:
    from maillage.aids.enums import Recurrence, Step
    from maillage.aids.matching import Facts

    most = chance.choice([None, 5_000, 10_000, 23_000, 50_000, 100_000])
    return Facts(
        audiences=_some(chance, _AUDIENCES, 5), themes=_some(chance, _THEMES, 3),
        coverage=frozenset(chance.choice(_COVERAGES)),
        steps=_some(chance, [one.value for one in Step], 3), types=_some(chance, _TYPES, 3),
        amount_max=most, start_date=chance.choice([None, ON + timedelta(days=20)]),
        deadline_date=chance.choice([None, ON + timedelta(days=chance.randint(-200, 300))]),
        recurrence=chance.choice([one.value for one in Recurrence]),
    )  # fmt: skip


def _seeker(chance: random.Random) -> Any:
    from maillage.aids.enums import Stage
    from maillage.aids.matching import Seeker

    places = {chance.choice(_COMMUNES), f"epci:{chance.randint(1, 3)}", "department:80", "region:32", "country:FR"}
    return Seeker(
        on=ON, audience=chance.choice(["", *_AUDIENCES]), themes=_some(chance, _THEMES, 2), places=frozenset(places),
        stage=chance.choice(["", *(one.value for one in Stage)]), types=_some(chance, _TYPES, 2),
        amount=chance.choice([None, chance.randint(500, 200_000)]),
    )  # fmt: skip
