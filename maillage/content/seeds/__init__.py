"""The example world of the room."""

from __future__ import annotations

from maillage.content.seeds.examples import plant_resources
from maillage.kernel.registry import Seed

# After the aids, before the desk.
SEEDS = (Seed(order=87, profiles=frozenset({"demo", "e2e"}), plant=plant_resources),)
