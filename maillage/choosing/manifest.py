"""What the room offers to the house."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from django.urls import reverse

from maillage.choosing import phrases, tasks
from maillage.choosing.backoffice.running import office_panel
from maillage.choosing.checks import find_breaches
from maillage.choosing.clicks import PURPOSES
from maillage.choosing.electorates import ELECTORATES
from maillage.choosing.evidence import EVIDENCE
from maillage.choosing.holdings import HARMLESS, PERSONAL
from maillage.choosing.notices import LETTERS
from maillage.choosing.queries.listing import public_consultations
from maillage.choosing.queries.watching import own_panel
from maillage.choosing.seeds import plant_consultations
from maillage.kernel.registry import Chore, Manifest, Panel, Seed, SitemapSection


def pages() -> Iterable[tuple[str, str]]:
    """The list, and a page for each consultation that is not a draft."""
    yield reverse("choosing:consultations"), ""
    for one in public_consultations():
        yield one.get_absolute_url(), one.changed_at.date().isoformat()


MANIFEST = Manifest(
    room="choosing",
    evidence=EVIDENCE,
    sitemap=(SitemapSection("consultations", pages),),
    checks=(find_breaches,),
    chores=(Chore("dépouiller les consultations finies", 60, tasks.close_those_due),),
    feed=phrases.FEED,
    panels=(Panel(25, "choosing/panel.html", own_panel),),
    office_panels=(Panel(35, "choosing/backoffice/home_consultations.html", office_panel),),
    seeds=(Seed(order=120, profiles=frozenset({"demo", "e2e"}), plant=plant_consultations),),
    letters=LETTERS,
    purposes=PURPOSES,
    values=(Path(__file__).parent / "data/rules.json",),
    personal=PERSONAL,
    harmless=HARMLESS,
    electorates=ELECTORATES,
)
