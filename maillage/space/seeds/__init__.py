"""The example world of the room, in five parts."""

from __future__ import annotations

from maillage.kernel.registry import Seed
from maillage.space.seeds.answers import plant_answers
from maillage.space.seeds.attachments import plant_profile
from maillage.space.seeds.people import plant_people
from maillage.space.seeds.portrait import plant_portrait
from maillage.space.seeds.sheet import plant_sheet

_EVERY = frozenset({"demo", "e2e"})
SEEDS = (
    Seed(order=60, profiles=_EVERY, plant=plant_people),
    Seed(order=61, profiles=_EVERY, plant=plant_answers),
    Seed(order=62, profiles=_EVERY, plant=plant_sheet),
    Seed(order=63, profiles=_EVERY, plant=plant_profile),
    Seed(order=64, profiles=_EVERY, plant=plant_portrait),
)
