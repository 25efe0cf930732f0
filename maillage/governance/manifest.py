"""What the room offers to the house."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils import timezone

from maillage.accounts.models import User
from maillage.governance import phrases
from maillage.governance.backoffice.bodies import bodies_panel
from maillage.governance.circles import BODIES
from maillage.governance.clicks.bodies import BODY_PURPOSES
from maillage.governance.clicks.meetings import MEETING_PURPOSES
from maillage.governance.clicks.workshops import WORKSHOP_PURPOSES
from maillage.governance.electorates import ELECTORATES
from maillage.governance.evidence import EVIDENCE
from maillage.governance.gauges import GAUGES
from maillage.governance.holdings import HARMLESS, PERSONAL
from maillage.governance.hub_blocks import HUB_BLOCKS
from maillage.governance.notices.actions import ACTION_LADDERS, ACTION_LETTERS
from maillage.governance.notices.bodies import BODY_LETTERS
from maillage.governance.notices.meetings import MEETING_LETTERS
from maillage.governance.notices.workshops import WORKSHOP_LETTERS
from maillage.governance.queries.actions import actions_of, proofs_by_measure
from maillage.governance.queries.bodies import body_entries, mandates_of
from maillage.governance.queries.meetings import to_come_for
from maillage.governance.queries.workshops import need_aside, theme_aside
from maillage.governance.seeds import SEEDS
from maillage.kernel.registry import Aside, Manifest, Panel, SitemapSection

NEXT_MEETINGS = 3
_WORKSHOPS = "governance/backoffice/workshop_aside.html"


def _pages() -> Iterable[tuple[str, str]]:
    yield reverse("governance:index"), ""
    yield from body_entries()


def _own_panel(user: User) -> dict[str, Any] | None:
    """Where one sits, the next meetings to answer, how much one has to do; None for whoever sits nowhere."""
    at = timezone.now()
    mandates = mandates_of(user, at)
    if not mandates:
        return None
    to_come = to_come_for({one.body_id for one in mandates}, at)
    return {"mandates": mandates, "to_come": to_come[:NEXT_MEETINGS], "tasks": len(actions_of(user))}


MANIFEST = Manifest(
    room="governance",
    evidence=EVIDENCE,
    electorates=ELECTORATES,
    circles=(BODIES,),
    sitemap=(SitemapSection("instances", _pages),),
    letters=(*BODY_LETTERS, *MEETING_LETTERS, *WORKSHOP_LETTERS, *ACTION_LETTERS),
    purposes=(*BODY_PURPOSES, *MEETING_PURPOSES, *WORKSHOP_PURPOSES),
    ladders=ACTION_LADDERS,
    panels=(Panel(15, "governance/panels/bodies.html", _own_panel),),
    office_panels=(Panel(32, "governance/backoffice/home_bodies.html", bodies_panel),),
    asides=(Aside("needs.theme", 20, _WORKSHOPS, theme_aside), Aside("needs.need", 20, _WORKSHOPS, need_aside)),
    proofs_by_measure=proofs_by_measure,
    gauges=GAUGES,
    hub_blocks=HUB_BLOCKS,
    seeds=SEEDS,
    feed=phrases.FEED,
    personal=PERSONAL,
    harmless=HARMLESS,
)
