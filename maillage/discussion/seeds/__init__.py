"""The example world of the room."""

from maillage.discussion.seeds.dialogue import plant_dialogue
from maillage.kernel.registry import Seed

SEEDS = (Seed(order=95, profiles=frozenset({"demo", "e2e"}), plant=plant_dialogue),)
