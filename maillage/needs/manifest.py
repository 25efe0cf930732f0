"""What the room offers to the house: letters and clicks, panels, proof for the measure on chosen themes."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from django.urls import reverse

from maillage.kernel.registry import Chore, Manifest, Panel, Proof, SitemapSection
from maillage.needs import tasks
from maillage.needs.clicks import PURPOSES
from maillage.needs.evidence import EVIDENCE
from maillage.needs.gauges import GAUGES
from maillage.needs.holdings import HARMLESS, PERSONAL
from maillage.needs.hub_blocks import HUB_BLOCKS
from maillage.needs.models import Need, Theme
from maillage.needs.notices import LETTERS
from maillage.needs.phrases import FEED
from maillage.needs.queries.sorting import office_panel, officer_panel, own_needs
from maillage.needs.seeds import SEEDS

A_DAY = 24 * 3600.0


def pages() -> Iterable[tuple[str, str]]:
    """The list, the form, the themes, then each published need that is no example."""
    yield reverse("needs:needs"), ""
    yield reverse("needs:say"), ""
    for theme in Theme.objects.filter(is_example=False).order_by("pk"):
        yield theme.get_absolute_url(), ""
    real = Need.objects.published().filter(is_example=False).order_by("pk")
    for need in real.only("reference", "read_at").iterator(chunk_size=2_000):
        yield need.get_absolute_url(), need.read_at.date().isoformat() if need.read_at else ""


def _published() -> int:
    return Need.objects.published().count()


MANIFEST = Manifest(
    room="needs",
    evidence=EVIDENCE,
    sitemap=(SitemapSection("besoins", pages),),
    proofs=(
        Proof("2.5", "Chacun dit ce qui manque, et suit son besoin jusqu’au bout", "/besoins/", _published,
              "besoin publié,besoins publiés"),
    ),
    gauges=GAUGES,
    chores=(Chore("oublier les adresses qu’un besoin n’a pas confirmées", A_DAY, tasks.forget_unconfirmed),),
    hub_blocks=HUB_BLOCKS,
    seeds=SEEDS,
    panels=(
        Panel(25, "needs/panels/officer.html", officer_panel),
        Panel(26, "needs/panels/own.html", own_needs),
    ),
    office_panels=(Panel(20, "needs/backoffice/home_needs.html", office_panel),),
    feed=FEED,
    letters=LETTERS,
    purposes=PURPOSES,
    values=(Path(__file__).parent / "data/terms.json",),
    personal=PERSONAL,
    harmless=HARMLESS,
)  # fmt: skip
