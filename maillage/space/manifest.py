"""What the room offers to the house: its letters and their clicks, its part of /moi/."""

from __future__ import annotations

from maillage.kernel.registry import Manifest, Panel
from maillage.space.clicks import PURPOSES
from maillage.space.notices import LETTERS
from maillage.space.queries import own_organisations
from maillage.space.seeds import SEED

MANIFEST = Manifest(
    room="space",
    letters=LETTERS,
    purposes=PURPOSES,
    seeds=(SEED,),
    panels=(Panel(10, "space/panels/organisations.html", own_organisations),),
)
