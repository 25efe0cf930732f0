"""An example workshop, from the invitation to the project that came of it, by the verbs."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from maillage.accounts.models import User
from maillage.desk import actions
from maillage.desk.models import Project
from maillage.desk.seeds.words import EXAMPLE
from maillage.directory.models import Organisation
from maillage.governance import actions as governance
from maillage.governance.enums import HOSTS, Presence, Reply
from maillage.governance.models import Body, Invitation, Meeting
from maillage.governance.queries.bodies import running_members
from maillage.needs.enums import OVER
from maillage.needs.models import Theme
from maillage.territories.models import Commune

DAYS = 25


def plant_workshop(agent: User, at: datetime) -> Project | None:
    """None without an example theme, a group that hosts it, and sheets to ask."""
    theme = (
        Theme.objects.filter(is_example=True, title__startswith="Mobilité")
        .exclude(state__in=OVER)
        .order_by("pk")
        .first()
    )
    body = Body.objects.filter(is_example=True, kind__in=HOSTS, name__startswith="Mobilité").first()
    sheets = list(Organisation.objects.published().filter(is_example=True).order_by("pk")[2:5])
    if theme is None or body is None or not sheets:
        return None
    then = at - timedelta(days=DAYS)
    meeting = governance.set_up_workshop(
        theme=theme, body=body, organisations=dict.fromkeys(sheets, f"Elle agit sur ce sujet {EXAMPLE}."),
        place=f"Salle des fêtes {EXAMPLE}", starts_at=then, ends_at=then + timedelta(hours=2), by=agent,
        at=then - timedelta(days=15),
    )  # fmt: skip
    for one in Invitation.objects.filter(meeting=meeting).order_by("pk")[:2]:
        governance.reply(invitation=one, answer=Reply.COMING, at=then - timedelta(days=9))
    _meet(meeting, agent, then)
    output = actions.Output(
        aim=f"Partager une voiture entre trois villages, avec des bénévoles au volant {EXAMPLE}.", need=theme.summary,
        name=f"Solange {EXAMPLE}", email="solange@exemple.maillage.test", organisations=tuple(sheets[:2]),
        commune=Commune.objects.filter(establishments__organisation=sheets[0]).first(),
        first_step="Compter les trajets d’une semaine", due_date=timezone.localdate(at) + timedelta(days=12),
    )  # fmt: skip
    return actions.open_from_workshop(
        meeting=meeting, output=output, by=agent, at=then + timedelta(days=1), has_consent=True, is_example=True
    )


def _meet(meeting: Meeting, agent: User, at: datetime) -> None:
    members = running_members(meeting.body, at)
    seen = dict.fromkeys(members[:4], (Presence.PRESENT, None))
    after = at + timedelta(hours=2)
    governance.note_attendance(meeting=meeting, seen=seen, by=agent, at=after)
    held = governance.hold(meeting=meeting, by=agent, at=after)
    item = held.items.filter(theme__isnull=False).get()
    said = f"Une voiture partagée entre trois villages : deux structures s’y mettent {EXAMPLE}."
    governance.write_minutes(item=item, text=said, by=agent, at=after)
