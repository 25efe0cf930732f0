from maillage.desk.seeds.examples import plant_desk
from maillage.kernel.registry import Seed

SEEDS = (Seed(97, frozenset({"demo", "e2e"}), plant_desk),)
