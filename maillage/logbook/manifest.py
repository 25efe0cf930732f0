"""What the room offers to the house: its sentences in the feed, its place on the home and beside each object."""

from __future__ import annotations

from pathlib import Path

from maillage.kernel.registry import Aside, Manifest, Panel, Seed
from maillage.logbook.backoffice.home import today_panel
from maillage.logbook.holdings import PERSONAL
from maillage.logbook.phrases import FEED
from maillage.logbook.queries import followed
from maillage.logbook.seeds import plant_week

_ASIDE = "logbook/backoffice/aside.html"
MANIFEST = Manifest(
    room="logbook",
    office_panels=(Panel(20, "logbook/backoffice/home_today.html", today_panel),),
    asides=(
        Aside("directory.organisation", 10, _ASIDE, followed),
        Aside("outbox.todo", 10, "logbook/backoffice/to_do_call.html", lambda to_do: {"to_do": to_do}),
    ),
    feed=FEED,
    seeds=(Seed(order=70, profiles=frozenset({"demo", "e2e"}), plant=plant_week),),
    values=(Path(__file__).parent / "data/terms.json",),
    personal=PERSONAL,
)
