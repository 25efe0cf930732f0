"""The example world of the room."""

from __future__ import annotations

from maillage.governance.seeds.bodies import plant_bodies
from maillage.kernel.registry import Seed

SEEDS = (Seed(order=85, profiles=frozenset({"demo", "e2e"}), plant=plant_bodies),)
