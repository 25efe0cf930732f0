"""What the room offers to the house: public pages, letters, feed, panels, what it keeps of people."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from django.urls import reverse

from maillage.calls import actions, tasks
from maillage.calls.checks import find_breaches
from maillage.calls.clicks import PURPOSES
from maillage.calls.gauges import GAUGES
from maillage.calls.holdings import HARMLESS, PERSONAL
from maillage.calls.hub_blocks import HUB_BLOCKS
from maillage.calls.models import AppliedFile
from maillage.calls.notices import LETTERS
from maillage.calls.phrases import calls, review
from maillage.calls.queries.calls import published_addresses, questions_panel
from maillage.calls.queries.jury import jury_panel
from maillage.calls.queries.own import own_panel
from maillage.calls.queries.waiting import office_panel
from maillage.calls.seeds import SEEDS
from maillage.kernel.registry import Chore, Manifest, Panel, Proof, Quarantine, SitemapSection

AN_HOUR, A_DAY = 3600.0, 24 * 3600.0
_DATA = Path(__file__).parent / "data"


def pages() -> Iterable[tuple[str, str]]:
    """The list, and each published call."""
    yield reverse("calls:calls"), ""
    yield from published_addresses()


MANIFEST = Manifest(
    room="calls",
    sitemap=(SitemapSection("appels", pages),),
    proofs=(Proof("2.3", "Les appels du territoire, leurs règles et leurs réponses, en ligne", "/appels/"),),
    gauges=GAUGES,
    checks=(find_breaches,),
    chores=(
        Chore("rappeler les brouillons de demandes d’aide", AN_HOUR, tasks.remind_drafts),
        Chore("oublier les brouillons de demandes d’aide", A_DAY, tasks.forget_drafts),
        Chore("rappeler les compléments attendus", AN_HOUR, tasks.remind_completions),
        Chore("rappeler aux jurys les dossiers à noter", AN_HOUR, tasks.remind_reviewers),
        Chore("rappeler les avis extérieurs attendus", AN_HOUR, tasks.remind_outside),
        Chore("ranger les documents des demandes d’aide", A_DAY, tasks.remove_stray_files),
    ),
    quarantines=(Quarantine(AppliedFile.objects.all, actions.condemn_file),),
    hub_blocks=HUB_BLOCKS,
    seeds=SEEDS,
    panels=(
        Panel(16, "calls/panels/own.html", own_panel),
        Panel(18, "calls/panels/jury.html", jury_panel),
    ),
    office_panels=(
        Panel(12, "calls/backoffice/applications/home.html", office_panel),
        Panel(13, "calls/backoffice/home_questions.html", questions_panel),
    ),
    feed=(*calls.FEED, *review.FEED),
    letters=LETTERS,
    purposes=PURPOSES,
    values=(_DATA / "terms.json", _DATA / "applying.json", _DATA / "review.json"),
    personal=PERSONAL,
    harmless=HARMLESS,
)
