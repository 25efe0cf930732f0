"""From a need to a workshop: a meeting of a body on one theme, to which organisations that fit are asked.

Neighbours: `meetings` announces it to the members; `needs` tells whoever said one of the needs.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import F

from maillage.accounts.models import User
from maillage.directory.models import Organisation
from maillage.governance import phrases
from maillage.governance.actions.inviting import invite_organisations, words_for_followers
from maillage.governance.actions.meetings import announce_meeting
from maillage.governance.actions.refusal import GovernanceRefused
from maillage.governance.enums import HOSTS
from maillage.governance.models import AgendaItem, Body, Meeting
from maillage.kernel.actions import journal
from maillage.needs import actions as needs
from maillage.needs.models import Theme

MOST_INVITED = 40
LONGEST_TITLE = 160


def set_up_workshop(
    *, theme: Theme, body: Body, organisations: Mapping[Organisation, str], place: str, starts_at: datetime,
    ends_at: datetime, by: User | None, at: datetime,
) -> Meeting:  # fmt: skip
    """Announce a public meeting whose first point is the theme; ask these: {organisation: why this one}.

    Members get their notice, each organisation one letter, and whoever said a need of the theme hears of it. Raises
    GovernanceRefused: nobody or more than MOST_INVITED asked, a body that hosts none, no place, a moment that passed,
    an end before the start, a theme that is over; nothing is written then.
    """
    if not 1 <= len(organisations) <= MOST_INVITED:
        raise GovernanceRefused(phrases.WORKSHOP_GUESTS.format(most=MOST_INVITED), "organisations")
    if body.kind not in HOSTS:
        raise GovernanceRefused(phrases.WORKSHOP_HOST, "body")
    if not place.strip():
        raise GovernanceRefused(phrases.WORKSHOP_PLACE, "place")
    if starts_at <= at:
        raise GovernanceRefused(phrases.OPTION_PAST, "day")
    facts = {"title": f"Atelier\u00a0: {theme.title}"[:LONGEST_TITLE], "place": place.strip(), "is_public": True}
    with transaction.atomic():
        meeting = announce_meeting(body=body, facts=facts, starts_at=starts_at, ends_at=ends_at, by=by, at=at)
        _head_with_theme(meeting, theme, by, at)
        invite_organisations(meeting=meeting, organisations=organisations, by=by, at=at)
        told = words_for_followers(meeting, at)
        try:
            needs.announce_workshop(theme=theme, words=told, address=meeting.get_absolute_url(), by=by, at=at)
        except needs.NeedRefused as refusal:
            raise GovernanceRefused(refusal.phrase) from refusal
    return meeting


def _head_with_theme(meeting: Meeting, theme: Theme, by: User | None, at: datetime) -> None:
    """Before the follow-up too: guests come for it, and need not hear what the body decided before."""
    meeting.items.update(position=F("position") + 1)
    item = AgendaItem.objects.create(meeting=meeting, position=1, title=theme.title, theme=theme, changed_at=at)
    journal(verb="add_item", target=meeting, changes={"item": [None, item.title]}, by=by, at=at)
