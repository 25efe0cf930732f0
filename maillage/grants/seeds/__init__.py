from maillage.grants.seeds.examples import plant_grants
from maillage.kernel.registry import Seed

SEEDS = (Seed(150, frozenset({"demo", "e2e"}), plant_grants),)

__all__ = ["SEEDS"]
