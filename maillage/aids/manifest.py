"""What the room offers to the house: letters and clicks, chores, panels, pages, seeds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from django.urls import reverse
from django.utils import timezone

from maillage.aids import actions, tasks
from maillage.aids.clicks import PURPOSES
from maillage.aids.holdings import HARMLESS, PERSONAL
from maillage.aids.hub_blocks import HUB_BLOCKS
from maillage.aids.models import Aid
from maillage.aids.notices import LETTERS
from maillage.aids.phrases import FEED
from maillage.aids.queries.office import office_panel
from maillage.aids.queries.own import own_aids
from maillage.aids.seeds import SEEDS
from maillage.kernel.registry import Chore, LinkCheck, Manifest, Panel, Proof, SitemapSection

AN_HOUR = 3600.0
A_DAY, A_WEEK = 24 * AN_HOUR, 7 * 24 * AN_HOUR


def pages() -> Iterable[tuple[str, str]]:
    """The list, the five questions, then each open aid that is no example."""
    yield reverse("aids:aids"), ""
    yield reverse("aids:possible"), ""
    rows = Aid.objects.open(timezone.localdate()).filter(is_example=False).order_by("pk")
    for aid in rows.only("slug", "changed_at").iterator(chunk_size=2_000):
        yield aid.get_absolute_url(), aid.changed_at.date().isoformat()


def _check_links(at: datetime) -> tuple[int, int]:
    return actions.check_links(at=at)


def _open() -> int:
    return Aid.objects.open(timezone.localdate()).count()


MANIFEST = Manifest(
    room="aids",
    sitemap=(SitemapSection("aides", pages),),
    proofs=(
        Proof("2.3", "Cinq questions, et les aides possibles avec leurs raisons", "/aides/", _open,
              "aide ouverte,aides ouvertes"),
    ),
    chores=(
        Chore("signaler les aides nouvelles", AN_HOUR, tasks.send_alerts),
        Chore("retirer de la recherche les aides finies", AN_HOUR, tasks.forget_over),
        Chore("vérifier les liens des aides", A_WEEK, tasks.check_links, is_apart=True),
        Chore("oublier les adresses qu’une recherche n’a pas confirmées", A_DAY, tasks.forget_unconfirmed),
    ),
    links=(LinkCheck("Aides", _check_links),),
    hub_blocks=HUB_BLOCKS,
    seeds=SEEDS,
    panels=(Panel(15, "aids/panels/own.html", own_aids),),
    office_panels=(Panel(30, "aids/backoffice/home_aids.html", office_panel),),
    feed=FEED,
    letters=LETTERS,
    purposes=PURPOSES,
    values=(Path(__file__).parent / "data/terms.json",),
    personal=PERSONAL,
    harmless=HARMLESS,
)  # fmt: skip
