from maillage.calls.seeds.examples import plant_calls
from maillage.kernel.registry import Seed

SEEDS = (Seed(130, frozenset({"demo", "e2e"}), plant_calls),)
