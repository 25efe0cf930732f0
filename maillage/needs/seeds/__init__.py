"""The example world of the room."""

from __future__ import annotations

from maillage.kernel.registry import Seed
from maillage.needs.seeds.examples import plant_needs

SEEDS = (Seed(order=85, profiles=frozenset({"demo", "e2e"}), plant=plant_needs),)
