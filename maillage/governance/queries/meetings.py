"""Meetings and their papers, as pages, letters and paper show them.

Words: *invited* are the members of the day of the meeting; the *quorum* counts those present and those whose proxy is
held by somebody present; a *poll line* is one proposed date with its answers.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Prefetch, Q, QuerySet

from maillage.discussion.models import AgendaItem as DialogueItem
from maillage.governance.enums import (
    LIVE_ACTIONS,
    UNDATED,
    Availability,
    DecisionState,
    MeetingState,
    Presence,
)
from maillage.governance.models import (
    Action,
    AgendaItem,
    Attendance,
    Body,
    DateAnswer,
    DateOption,
    Decision,
    Meeting,
    Member,
)
from maillage.governance.rules import day_of, running


def invited(meeting: Meeting, at: datetime) -> list[Member]:
    """Members whose mandate runs the day of the meeting and who can be written to, by name."""
    found = Member.objects.filter(running(day_of(meeting, at)), body=meeting.body_id).exclude(email="")
    return list(found.select_related("user", "college", "organisation").order_by("name", "email", "pk"))


@dataclass(frozen=True)
class Quorum:
    """How many members there were that day, present, represented; `needed` is 0 when none is asked."""

    members: int
    present: int
    represented: int
    needed: int

    @property
    def is_reached(self) -> bool:
        return self.present + self.represented >= self.needed


def quorum_of(meeting: Meeting, at: datetime) -> Quorum:
    """The quorum as it stands: the body's own until the meeting is held, then what was kept; two queries."""
    members = Member.objects.filter(running(day_of(meeting, at)), body=meeting.body_id).count()
    said = list(meeting.attendances.values_list("member_id", "presence", "proxy_to_id"))
    there = {member for member, presence, _ in said if presence == Presence.PRESENT}
    represented = sum(1 for _, presence, proxy in said if presence == Presence.EXCUSED and proxy in there)
    is_open = meeting.state in (*UNDATED, MeetingState.ANNOUNCED)
    share = meeting.body.quorum_percent if is_open else meeting.quorum_percent
    return Quorum(members, len(there), represented, math.ceil(members * share / 100))


@dataclass(frozen=True)
class PollLine:
    """One proposed date: {answer: how many}, and who can come at a pinch counted apart."""

    option: DateOption
    yes: int
    if_needed: int
    no: int


def poll_of(meeting: Meeting) -> list[PollLine]:
    """The proposed dates in order, with their answers; one query."""
    counted = {name: Count("answers", filter=Q(answers__answer=name)) for name in Availability.values}
    found: Iterable[Any] = meeting.options.annotate(**counted).order_by("starts_at")
    return [PollLine(one, one.yes, one.if_needed, one.no) for one in found]


def answers_of(meeting: Meeting, member: Member) -> dict[int, str]:
    """{number of the option: answer} of one member."""
    found = DateAnswer.objects.filter(option__meeting=meeting, member=member)
    return dict(found.values_list("option_id", "answer"))


def presence_of(meeting: Meeting, member: Member) -> Attendance | None:
    """What this member said, or what was seen."""
    return Attendance.objects.filter(meeting=meeting, member=member).select_related("proxy_to").first()


def agenda_of(meeting: Meeting) -> list[AgendaItem]:
    """The points in order, each with its decisions and actions; three queries."""
    decisions = Prefetch("decisions", Decision.objects.select_related("measure").order_by("number"))
    actions = Prefetch("actions", Action.objects.select_related("owner", "measure").order_by("due_date", "pk"))
    return list(meeting.items.order_by("position", "pk").prefetch_related(decisions, actions))


def followed_by(meeting: Meeting) -> tuple[list[Action], list[Decision]]:
    """What was decided before and is still to be followed: what the follow-up point speaks of; two queries."""
    actions = Action.objects.filter(body=meeting.body_id, state__in=LIVE_ACTIONS).exclude(meeting=meeting)
    decisions = Decision.objects.filter(body=meeting.body_id, state=DecisionState.FOLLOWED).exclude(meeting=meeting)
    live = actions.select_related("owner", "meeting").order_by("due_date", "pk")
    return list(live), list(decisions.select_related("meeting").order_by("number"))


def roll_of(meeting: Meeting, at: datetime) -> list[tuple[Member, Attendance | None]]:
    """Everybody invited with what they said or what was seen; two queries."""
    said = {one.member_id: one for one in meeting.attendances.select_related("proxy_to")}
    found = Member.objects.filter(running(day_of(meeting, at)), body=meeting.body_id)
    rows = found.select_related("college", "organisation").order_by("college__position", "name", "email", "pk")
    return [(one, said.get(one.pk)) for one in rows]


def upcoming(body: Body, at: datetime) -> list[Meeting]:
    """Public meetings that are announced and not over, the next first."""
    found = Meeting.objects.filter(body=body, state=MeetingState.ANNOUNCED, ends_at__gte=at, is_public=True)
    return list(found.select_related("body").order_by("starts_at")[:20])


def minuted(body: Body) -> QuerySet[Meeting]:
    """Public meetings whose minutes are validated, the latest first."""
    found = Meeting.objects.filter(body=body, state=MeetingState.VALIDATED, is_public=True)
    return found.select_related("body").order_by("-starts_at", "-pk")


def calendar_of(body: Body) -> list[Meeting]:
    """What a calendar follows: public meetings with a date, cancelled ones too, so that they leave it."""
    found = Meeting.objects.filter(body=body, is_public=True, starts_at__isnull=False)
    return list(found.select_related("body").order_by("-starts_at")[:200])


def meetings_of(body: Body) -> QuerySet[Meeting]:
    """All of a body's, those whose date is to be chosen first, then the latest; for agents."""
    return body.meetings.select_related("body").order_by(
        _latest_first("starts_at"), "-pk"
    )  # fmt: skip


def _latest_first(name: str) -> Any:
    """Latest first, what has no date before."""
    return F(name).desc(nulls_first=True)


def to_come_for(bodies: Iterable[int], at: datetime) -> list[Meeting]:
    """Meetings of these bodies whose date is asked, then those announced and not over, the next first; one query."""
    waiting = Q(state=MeetingState.CHOOSING) | Q(state=MeetingState.ANNOUNCED, ends_at__gte=at)
    found = Meeting.objects.filter(waiting, body__in=list(bodies)).select_related("body")
    return list(found.order_by(F("starts_at").asc(nulls_first=True), "pk"))


def papers_for(bodies: Iterable[int]) -> list[Meeting]:
    """The latest written minutes of these bodies, at most ten."""
    written = (MeetingState.DRAFTED, MeetingState.VALIDATED)
    found = Meeting.objects.filter(state__in=written, body__in=list(bodies)).select_related("body")
    return list(found.order_by("-starts_at", "-pk")[:10])


def series_of(meeting: Meeting) -> list[Meeting]:
    """This meeting alone when it is cancelled or comes once; else all those announced together that still stand."""
    if meeting.state == MeetingState.CANCELLED or not meeting.series:
        return [meeting]
    found = Meeting.objects.filter(series=meeting.series).exclude(state=MeetingState.CANCELLED)
    return list(found.select_related("body").order_by("starts_at"))


def waiting_dialogues() -> list[DialogueItem]:
    """Dialogues sent to an agenda that none has taken, the earliest asked first, at most twenty."""
    found = DialogueItem.objects.filter(reference="", outcome="").select_related("dialogue")
    return list(found.order_by("asked_at", "pk")[:20])
