"""The example world of the room."""

from __future__ import annotations

from maillage.aids.seeds.examples import plant_aids
from maillage.kernel.registry import Seed

SEEDS = (Seed(order=86, profiles=frozenset({"demo", "e2e"}), plant=plant_aids),)
