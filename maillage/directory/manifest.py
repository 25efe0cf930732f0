"""What the directory offers to the house: its pages, what it does for the strategy, its ground, its seeds."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone

from maillage.directory.actions.import_runs import remove_stray_files
from maillage.directory.actions.indexing import note_what_time_changes
from maillage.directory.actions.vocabulary import load_vocabulary
from maillage.directory.backoffice.home import today_panel
from maillage.directory.checks import find_breaches
from maillage.directory.evidence import EVIDENCE
from maillage.directory.gauges import GAUGES
from maillage.directory.holdings import HARMLESS, PERSONAL
from maillage.directory.hub_blocks import HUB_BLOCKS
from maillage.directory.map import refresh_columns
from maillage.directory.models import Organisation
from maillage.directory.phrases import FEED
from maillage.directory.seeds import SEEDS
from maillage.kernel.registry import Chore, Manifest, Panel, Proof, SitemapSection

A_DAY = 24 * 3600.0


def _list() -> Iterable[tuple[str, str]]:
    yield reverse("directory:list"), ""


def _sheets() -> Iterable[tuple[str, str]]:
    """The published sheets; invented ones are not for search engines."""
    real = Organisation.objects.published().filter(is_example=False).order_by("pk")
    for slug, updated_at in real.values_list("slug", "updated_at").iterator(chunk_size=5_000):
        yield reverse("directory:sheet", args=[slug]), updated_at.date().isoformat()


def _map() -> Iterable[tuple[str, str]]:
    yield reverse("directory:map"), ""


def _published() -> int:
    return Organisation.objects.published().filter(is_example=False).count()


def _remove_stray_files() -> int:
    return remove_stray_files(at=timezone.now())


MANIFEST = Manifest(
    room="directory",
    gauges=GAUGES,
    evidence=EVIDENCE,
    checks=(find_breaches,),
    sitemap=(SitemapSection("annuaire", _list), SitemapSection("carte", _map), SitemapSection("structures", _sheets)),
    proofs=(
        Proof(
            measure="1.3",
            sentence="L’annuaire partagé : une fiche par structure, trouvée par lieu, par secteur ou par mot.",
            path="/annuaire/",
            count=_published,
            noun="structure publiée,structures publiées",
        ),
        Proof(measure="1.3", sentence="La carte des structures du territoire.", path="/carte/"),
    ),
    foundations=(load_vocabulary,),
    chores=(
        Chore("relire ce que le temps change", A_DAY, note_what_time_changes),
        Chore("retirer les fichiers restés d’un envoi coupé", A_DAY, _remove_stray_files),
        Chore("ranger les points de la carte", 5, refresh_columns),
    ),
    feed=FEED,
    hub_blocks=HUB_BLOCKS,
    seeds=SEEDS,
    office_panels=(Panel(50, "directory/backoffice/home_today.html", today_panel),),
    personal=PERSONAL,
    harmless=HARMLESS,
)
