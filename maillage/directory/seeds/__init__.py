"""The example world of the directory: what the strategy names, invented examples, and loads of any size."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from maillage.directory.seeds.examples import plant_examples, plant_named
from maillage.directory.seeds.load import plant_load
from maillage.kernel.registry import Seed

Say = Callable[[str], None]


def _world(profile: str, at: datetime, say: Say) -> dict[str, int]:
    return plant_named(at=at) | plant_examples(at=at)


def _load(profile: str, at: datetime, say: Say) -> dict[str, int]:
    return plant_load(number=int(profile.partition(":")[2] or 10_000), at=at, say=say)


SEEDS = (
    Seed(order=20, profiles=frozenset({"demo", "e2e"}), plant=_world),
    Seed(order=20, profiles=frozenset({"load"}), plant=_load),
)
