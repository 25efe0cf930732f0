"""What the room offers to the house: letters, panels, a chore, figures, proofs, what must hold."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from maillage.grants import actions, tasks
from maillage.grants.checks import find_breaches
from maillage.grants.evidence import EVIDENCE
from maillage.grants.gauges import GAUGES
from maillage.grants.holdings import HARMLESS, PERSONAL
from maillage.grants.models import GrantFile
from maillage.grants.notices import LETTERS
from maillage.grants.phrases.feed import FEED
from maillage.grants.queries.grants import office_panel, own_panel
from maillage.grants.queries.published import awards, of_organisation
from maillage.grants.seeds import SEEDS
from maillage.kernel.registry import Chore, Manifest, Panel, Proof, PublicAside, Quarantine, SitemapSection

A_DAY = 24 * 3600.0


def pages() -> Iterable[tuple[str, str]]:
    """The list; its file is not a page."""
    yield reverse("grants:grants"), ""


def count_awards() -> int:
    return awards().count()


MANIFEST = Manifest(
    room="grants",
    sitemap=(SitemapSection("subventions", pages),),
    proofs=(
        Proof("2.3", "Les subventions accordées, publiées par délibération", "/subventions/", count_awards,
              "subvention,subventions"),
    ),
    gauges=GAUGES,
    evidence=(EVIDENCE,),
    public_asides=(PublicAside("directory.organisation", 10, "grants/_sheet_grants.html", of_organisation),),
    checks=(find_breaches,),
    chores=(Chore("rappeler les bilans des subventions", A_DAY, tasks.remind_reports),
            Chore("ranger les documents des subventions", A_DAY, tasks.remove_stray_files)),
    quarantines=(Quarantine(GrantFile.objects.all, actions.condemn_grant_file),),
    seeds=SEEDS,
    panels=(Panel(12, "grants/panels/own.html", own_panel),),
    office_panels=(Panel(14, "grants/backoffice/home.html", office_panel),),
    feed=FEED,
    letters=LETTERS,
    personal=PERSONAL,
    harmless=HARMLESS,
)  # fmt: skip
