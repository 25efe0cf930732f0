"""What the room offers to the house: its letters, its part of /moi/, the circles of dialogues."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from maillage.discussion import actions, queries, tasks
from maillage.discussion.checks import find_breaches
from maillage.discussion.circles import DIALOGUES
from maillage.discussion.clicks import PURPOSES
from maillage.discussion.evidence import EVIDENCE
from maillage.discussion.holdings import HARMLESS, PERSONAL
from maillage.discussion.models import FileVersion
from maillage.discussion.notices import LETTERS
from maillage.discussion.phrases import FEED
from maillage.discussion.seeds import SEEDS
from maillage.discussion.terms import RULES
from maillage.kernel.registry import Chore, Manifest, Panel, Quarantine, SitemapSection


def pages() -> Iterable[tuple[str, str]]:
    """The list of dialogues, and one page for each that is public."""
    yield reverse("discussion:dialogues"), ""
    for one in queries.public_dialogues():
        yield one.get_absolute_url(), one.changed_at.date().isoformat()


MANIFEST = Manifest(
    room="discussion",
    evidence=EVIDENCE,
    sitemap=(SitemapSection("dialogues", pages),),
    letters=LETTERS,
    purposes=PURPOSES,
    checks=(find_breaches,),
    chores=(Chore("retirer les fichiers restés d’un envoi coupé aux cercles", 24 * 3600.0, tasks.remove_stray_files),),
    quarantines=(Quarantine(FileVersion.objects.all, actions.condemn_version),),
    seeds=SEEDS,
    panels=(Panel(30, "discussion/panels/exchanges.html", queries.own_exchanges),),
    feed=FEED,
    values=(RULES,),
    personal=PERSONAL,
    harmless=HARMLESS,
    circles=(DIALOGUES,),
)
