"""What bodies decided and what became of it, as of a day.

A decision counts from the moment its minutes were validated: before, nobody may tell it. What people said of it after
the day is taken back, along the journal. Of meetings that are not public, only the committee's own are told: the others
are their members'.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TypeVar

from django.db.models import Q
from django.utils import timezone

from maillage.governance.enums import LIVE_ACTIONS, ActionState, DecisionState, Kind, MeetingState
from maillage.governance.models import Action, Decision
from maillage.kernel.models import JournalEntry
from maillage.steering.queries.past import end_of

Row = TypeVar("Row", Decision, Action)


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


def decisions_to_report(since: date | None, on: date) -> list[Decision]:
    """Those of minutes validated since the file before, and older ones not settled; body after body, in order."""
    found = _decisions(on)
    if since is None:
        return found
    after = timezone.make_aware(datetime.combine(since, time.min))
    return [one for one in found if one.state != DecisionState.KEPT or (one.meeting.validated_at or after) >= after]


def broken_decisions(on: date) -> list[Decision]:
    """Those that people said are not kept, the oldest first."""
    found = [one for one in _decisions(on) if one.state == DecisionState.NOT_KEPT]
    return sorted(found, key=lambda one: (one.meeting.starts_at or end_of(on), one.number))


def action_sums(on: date) -> ActionSums:
    found = [one for one in _actions(on) if one.state != ActionState.DROPPED]
    live = [one for one in found if one.state in LIVE_ACTIONS]
    return ActionSums(
        len(found), sum(one.state == ActionState.DONE for one in found), sum(one.due_date < on for one in live),
        sum(one.state == ActionState.STUCK for one in live),
    )  # fmt: skip


def late_actions(on: date) -> list[Action]:
    """The oldest day first, at most twenty."""
    return [one for one in _actions(on) if one.state in LIVE_ACTIONS and one.due_date < on][:20]


def _decisions(on: date) -> list[Decision]:
    """Body after body, in order; each with its state and its note of that day."""
    found = Decision.objects.filter(_told(on)).select_related("body", "meeting__body").order_by("body__name", "number")
    rows = list(found)
    for one, state, note in _taken_back(rows, "follow_decision", on):
        one.state, one.note = state, note
    return rows


def _actions(on: date) -> list[Action]:
    """The oldest day first; each with its state of that day."""
    found = Action.objects.filter(_told(on)).select_related("body", "meeting__body").order_by("due_date", "pk")
    rows = list(found)
    for one, state, _ in _taken_back(rows, "answer_action", on):
        one.state = state
    return rows


def _taken_back(rows: Sequence[Row], verb: str, on: date) -> Iterator[tuple[Row, str, str]]:
    """The rows that this verb changed after the day, with what they said then: (row, state, note). One query."""
    if not rows:
        return
    known, notes, told = {one.pk: one for one in rows}, dict[int, str](), set[int]()
    acts = JournalEntry.objects.filter(object_type=rows[0]._meta.label_lower, object_id__in=list(known), verb=verb)
    for act in acts.order_by("at", "pk").values("object_id", "changes", "note", "at"):
        pk = act["object_id"]
        if act["at"] < end_of(on):
            notes[pk] = act["note"]
        elif pk not in told and "state" in act["changes"]:
            told.add(pk)
            yield known[pk], act["changes"]["state"][0], notes.get(pk, "")
