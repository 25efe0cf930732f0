"""What the room offers to the house: its index page, pages, links, the room's part of themes, panels, seeds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from maillage.content import actions, tasks
from maillage.content.evidence import EVIDENCE
from maillage.content.holdings import HARMLESS, PERSONAL
from maillage.content.hub_blocks import HUB_BLOCKS
from maillage.content.models import Resource, Screening
from maillage.content.phrases import FEED
from maillage.content.queries import hub_cards, office_panel
from maillage.content.seeds import SEEDS
from maillage.kernel.registry import Chore, LinkCheck, Manifest, Panel, Proof, Quarantine, SitemapSection

A_WEEK = 7 * 24 * 3600.0


def pages() -> Iterable[tuple[str, str]]:
    """The list, then each published resource that is no example."""
    yield reverse("content:resources"), ""
    rows = Resource.objects.published().filter(is_example=False).order_by("pk")
    for one in rows.defer("body", "words_key").iterator(chunk_size=500):
        yield one.get_absolute_url(), one.last_published_at.date().isoformat() if one.last_published_at else ""


def hubs() -> Iterable[tuple[str, str]]:
    """The themes, then the page of each."""
    yield reverse("content:hubs"), ""
    for card in hub_cards():
        yield reverse("content:hub", args=[card.term.code]), ""


def _published() -> int:
    return int(Resource.objects.published().filter(is_example=False).count())


def _check_links(at: datetime) -> tuple[int, int]:
    return actions.check_links(at=at)


def _index() -> int:
    return int(actions.index_page().pk and 1)


MANIFEST = Manifest(
    room="content",
    sitemap=(SitemapSection("ressources", pages), SitemapSection("themes", hubs)),
    proofs=(
        Proof(
            "2.6",
            "Des guides, des modèles et des vidéos, vérifiés à une date",
            "/ressources/",
            _published,
            "ressource publiée,ressources publiées",
        ),
        Proof(
            "2.5",
            "Une page par thème\u00a0: ses besoins, ses structures, ses aides, ses groupes de travail",
            "/themes/",
        ),
    ),
    foundations=(_index,),
    chores=(Chore("vérifier les liens et les fichiers des ressources", A_WEEK, tasks.check_links, is_apart=True),),
    evidence=EVIDENCE,
    quarantines=(Quarantine(Screening.objects.select_related("document").all, actions.condemn_document),),
    links=(LinkCheck("Ressources", _check_links),),
    hub_blocks=HUB_BLOCKS,
    seeds=SEEDS,
    office_panels=(Panel(31, "content/backoffice/home_resources.html", office_panel),),
    feed=FEED,
    personal=PERSONAL,
    harmless=HARMLESS,
)
