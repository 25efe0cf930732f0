"""What the room offers to the house: its letters and their clicks, its part of /moi/."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from maillage.kernel.registry import Chore, Manifest, Panel, Quarantine, SitemapSection
from maillage.space import actions, tasks
from maillage.space.checks import find_breaches
from maillage.space.clicks import PURPOSES
from maillage.space.clicks_freshness import FRESHNESS_PURPOSES
from maillage.space.clicks_messages import MESSAGE_PURPOSES
from maillage.space.gauges import GAUGES
from maillage.space.holdings import HARMLESS, PERSONAL
from maillage.space.models import Attachment
from maillage.space.notices import LETTERS
from maillage.space.notices_attachments import ATTACHMENT_LETTERS
from maillage.space.notices_freshness import FRESHNESS_LADDERS, FRESHNESS_LETTERS
from maillage.space.notices_messages import MESSAGE_LETTERS
from maillage.space.notices_missing import MISSING_LETTERS
from maillage.space.notices_suggestions import SUGGESTION_LETTERS
from maillage.space.phrases import FEED
from maillage.space.queries import heard_since, own_organisations
from maillage.space.queries_officers import seats_panel
from maillage.space.queries_suggestions import waiting_for_officer
from maillage.space.seeds import SEEDS

A_DAY = 24 * 3600.0


def _officers() -> Iterable[tuple[str, str]]:
    yield reverse("space:officers"), ""


MANIFEST = Manifest(
    room="space",
    sitemap=(SitemapSection("referents", _officers),),
    letters=(
        *LETTERS,
        *FRESHNESS_LETTERS,
        *SUGGESTION_LETTERS,
        *MESSAGE_LETTERS,
        *MISSING_LETTERS,
        *ATTACHMENT_LETTERS,
    ),
    purposes=(*PURPOSES, *FRESHNESS_PURPOSES, *MESSAGE_PURPOSES),
    ladders=FRESHNESS_LADDERS,
    gauges=GAUGES,
    checks=(find_breaches,),
    chores=(
        Chore("demander si les fiches sont justes", A_DAY, tasks.ask_freshness),
        Chore("dire qu’une structure proposée est publiée", 300, tasks.tell_published),
        Chore("dire quelles pièces expirent", A_DAY, tasks.tell_expiring),
        Chore("retirer les pièces restées d’un envoi coupé", A_DAY, tasks.remove_stray_files),
        Chore("oublier les messages transmis", A_DAY, tasks.forget_messages),
    ),
    quarantines=(Quarantine(Attachment.objects.all, actions.condemn_attachment),),
    seeds=SEEDS,
    feed=FEED,
    presence=(heard_since,),
    personal=PERSONAL,
    harmless=HARMLESS,
    office_panels=(Panel(10, "space/backoffice/home_seats.html", seats_panel),),
    panels=(
        Panel(10, "space/panels/organisations.html", own_organisations),
        Panel(20, "space/panels/suggestions.html", waiting_for_officer),
    ),
)
