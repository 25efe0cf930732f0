"""What the room offers to the house: letters and clicks, panels, circles, chores, figures, proof for the measures."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from django.urls import reverse

from maillage.desk import tasks
from maillage.desk.checks import find_breaches
from maillage.desk.circles import PROJECTS
from maillage.desk.clicks import LADDERS, PURPOSES
from maillage.desk.evidence import EVIDENCE
from maillage.desk.gauges import GAUGES
from maillage.desk.holdings import HARMLESS, PERSONAL
from maillage.desk.hub_blocks import HUB_BLOCKS
from maillage.desk.notices import LETTERS
from maillage.desk.phrases import FEED
from maillage.desk.queries import meeting_aside, office_panel, officer_panel, own_panel
from maillage.desk.seeds import SEEDS
from maillage.kernel.registry import Aside, Chore, Manifest, Panel, Proof, SitemapSection

AN_HOUR, A_DAY = 3600.0, 24 * 3600.0


def pages() -> Iterable[tuple[str, str]]:
    """The form, and the projects that their holders show."""
    yield reverse("desk:ask"), ""
    yield reverse("desk:portfolio"), ""


MANIFEST = Manifest(
    room="desk",
    sitemap=(SitemapSection("guichet", pages),),
    proofs=(Proof("2.1", "Une seule porte pour une idée ou un projet, sans compte ni SIRET", "/guichet/"),),
    gauges=GAUGES,
    evidence=EVIDENCE,
    checks=(find_breaches,),
    chores=(
        Chore("demander où en sont les étapes des projets", AN_HOUR, tasks.remind),
        Chore("prendre des nouvelles des projets clos", A_DAY, tasks.ask_checks),
        Chore("reprendre les projets dont la pause finit", AN_HOUR, tasks.resume_due),
        Chore("oublier les brouillons de demandes", A_DAY, tasks.forget_drafts),
    ),
    seeds=SEEDS,
    panels=(
        Panel(14, "desk/panels/own.html", own_panel),
        Panel(24, "desk/panels/officer.html", officer_panel),
    ),
    office_panels=(Panel(10, "desk/backoffice/home.html", office_panel),),
    asides=(Aside("governance.meeting", 10, "desk/backoffice/meeting_aside.html", meeting_aside),),
    circles=(PROJECTS,),
    hub_blocks=HUB_BLOCKS,
    feed=FEED,
    letters=LETTERS,
    purposes=PURPOSES,
    ladders=LADDERS,
    values=(Path(__file__).parent / "data/terms.json",),
    personal=PERSONAL,
    harmless=HARMLESS,
)  # fmt: skip
