"""All the ways of taking part, with what is open now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from maillage.choosing.enums import Phase
from maillage.choosing.models import Consultation
from maillage.choosing.queries import listing
from maillage.discussion.enums import DialogueState
from maillage.discussion.models import Dialogue
from maillage.governance.enums import MeetingState
from maillage.governance.models import Meeting
from maillage.needs.models import Need, Theme
from maillage.needs.queries import themes

MOST = 5


@dataclass(frozen=True)
class Ways:
    """consultations: those one may answer now; meetings: the next public ones; dialogues: under way."""

    consultations: list[Consultation]
    meetings: list[Meeting]
    themes: list[Theme]
    need_count: int
    dialogues: list[Dialogue]


def ways_of(at: datetime) -> Ways:
    """At most MOST of each, in five queries."""
    running = [one for one in listing.running(at) if one.phase_at(at) == Phase.OPEN]
    meetings = Meeting.objects.filter(state=MeetingState.ANNOUNCED, ends_at__gte=at, is_public=True)
    dialogues = Dialogue.objects.filter(state=DialogueState.OPEN).order_by("-changed_at")
    return Ways(
        running[:MOST], list(meetings.select_related("body").order_by("starts_at")[:MOST]), themes()[:MOST],
        Need.objects.published().count(), list(dialogues[:MOST]),
    )  # fmt: skip
