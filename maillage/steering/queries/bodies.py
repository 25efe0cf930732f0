"""What bodies decided and what became of it, as of a day.

A decision counts from the moment its minutes were validated: before, nobody may tell it. What became of it is as people
say now: no day is kept of each turn. Of meetings that are not public, only the committee's own are told: the
others are their members'.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Q, QuerySet
from django.utils import timezone

from maillage.governance.enums import LIVE_ACTIONS, ActionState, DecisionState, Kind, MeetingState
from maillage.governance.models import Action, Decision
from maillage.steering.queries.past import end_of


@dataclass(frozen=True)
class ActionSums:
    """Actions entrusted up to the day: done, late (past their day and not over), stuck; total of those not dropped."""

    total: int
    done: int
    late: int
    stuck: int


def _told(on: date) -> Q:
    is_ours = Q(meeting__is_public=True) | Q(body__kind=Kind.STEERING_COMMITTEE)
    return is_ours & Q(meeting__state=MeetingState.VALIDATED, meeting__validated_at__lt=end_of(on))


def path_of(decision: Decision) -> str:
    """The page of its meeting, "" when not everybody may open it."""
    return decision.meeting.get_absolute_url() if decision.meeting.is_public else ""


def decisions_to_report(since: date | None, on: date) -> QuerySet[Decision]:
    """Those of minutes validated since the file before, and older ones not settled; body after body, in order."""
    found = Decision.objects.filter(_told(on)).select_related("body", "meeting__body")
    if since is not None:
        after = timezone.make_aware(datetime.combine(since, time.min))
        found = found.filter(meeting__validated_at__gte=after) | found.exclude(state=DecisionState.KEPT)
    return found.order_by("body__name", "number")


def broken_decisions(on: date) -> QuerySet[Decision]:
    """Those that people say are not kept, the oldest first."""
    found = Decision.objects.filter(_told(on), state=DecisionState.NOT_KEPT)
    return found.select_related("meeting__body").order_by("meeting__starts_at", "number")


def action_sums(on: date) -> ActionSums:
    found = Action.objects.filter(_told(on)).exclude(state=ActionState.DROPPED)
    live = found.filter(state__in=LIVE_ACTIONS)
    return ActionSums(
        found.count(), found.filter(state=ActionState.DONE).count(), live.filter(due_date__lt=on).count(),
        live.filter(state=ActionState.STUCK).count(),
    )  # fmt: skip


def late_actions(on: date) -> list[Action]:
    """The oldest day first, at most twenty."""
    found = Action.objects.filter(_told(on), state__in=LIVE_ACTIONS, due_date__lt=on)
    return list(found.select_related("body", "meeting__body").order_by("due_date", "pk")[:20])
