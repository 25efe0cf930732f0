from maillage.calls.seeds.applications import plant_applications
from maillage.calls.seeds.examples import plant_calls
from maillage.kernel.registry import Seed

_PROFILES = frozenset({"demo", "e2e"})
SEEDS = (Seed(130, _PROFILES, plant_calls), Seed(140, _PROFILES, plant_applications))
