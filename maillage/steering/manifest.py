"""What the steering room offers to the house."""

from __future__ import annotations

from maillage.kernel.registry import Manifest, Seed
from maillage.steering.checks import find_breaches
from maillage.steering.holdings import HARMLESS, PERSONAL
from maillage.steering.phrases import FEED
from maillage.steering.queries.files import last_committee
from maillage.steering.seeds import plant_file

MANIFEST = Manifest(
    room="steering",
    milestone=last_committee,
    checks=(find_breaches,),
    feed=FEED,
    seeds=(Seed(order=400, profiles=frozenset({"demo", "e2e"}), plant=plant_file),),
    personal=PERSONAL,
    harmless=HARMLESS,
)
