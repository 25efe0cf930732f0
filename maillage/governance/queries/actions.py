"""Actions and decisions as their owners, the measures and the next meetings read them."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from maillage.accounts.models import User
from maillage.governance.enums import LIVE_ACTIONS, ActionState, MeetingState
from maillage.governance.models import Action, Body, Decision, Member
from maillage.governance.rules import of_person
from maillage.kernel.edition import remembered
from maillage.kernel.registry import Proof


def actions_of(user: User) -> list[Action]:
    """What this person has to do, in validated minutes: the most pressing first."""
    mine = Member.objects.filter(of_person(user))
    found = Action.objects.filter(owner__in=mine, state__in=LIVE_ACTIONS, meeting__state=MeetingState.VALIDATED)
    return list(found.select_related("body", "meeting").order_by("due_date", "pk"))


def live_actions(body: Body) -> QuerySet[Action]:
    """What is still to be done in a body, the most pressing first; for agents."""
    found = body.actions.filter(state__in=LIVE_ACTIONS).select_related("owner", "meeting", "measure")
    return found.order_by("due_date", "pk")


def decisions_of(body: Body) -> QuerySet[Decision]:
    """The latest first; for agents."""
    return body.decisions.select_related("meeting").order_by("-number")


def public_decisions(body: Body) -> list[Decision]:
    """Those of validated minutes of public meetings, the latest first, at most twenty."""
    found = body.decisions.filter(meeting__state=MeetingState.VALIDATED, meeting__is_public=True)
    return list(found.select_related("meeting__body").order_by("-number")[:20])


def late_actions(at: datetime) -> list[Action]:
    """Past their day and neither done nor dropped, or stuck; the oldest first, at most ten."""
    today = timezone.localdate(at)
    late = Action.objects.filter(state__in=LIVE_ACTIONS, meeting__state=MeetingState.VALIDATED)
    found = late.filter(due_date__lt=today) | late.filter(state=ActionState.STUCK)
    return list(found.select_related("owner", "body", "meeting").order_by("due_date", "pk")[:10])


@remembered
def proofs_by_measure() -> dict[str, list[Proof]]:
    """{code: what bodies decided for this measure}, of public validated minutes: decisions, then actions; two queries.

    Owners are not named here.
    """
    found: dict[str, list[Proof]] = defaultdict(list)
    public = {"meeting__state": MeetingState.VALIDATED, "meeting__is_public": True, "measure__isnull": False}
    for decision in Decision.objects.filter(**public).select_related("measure", "body", "meeting__body"):
        sentence = f"Décision {decision.number} de «\u00a0{decision.body}\u00a0»\u00a0: {decision.text}"
        assert decision.measure is not None
        found[decision.measure.code].append(Proof(decision.measure.code, sentence, decision.meeting.get_absolute_url()))
    live = Action.objects.filter(**public, state__in=(*LIVE_ACTIONS, ActionState.DONE)).order_by("due_date", "pk")
    for action in live.select_related("measure", "body", "meeting__body"):
        assert action.measure is not None
        state = action.get_state_display().lower()
        sentence = f"Action de «\u00a0{action.body}\u00a0», {state}\u00a0: {action.text}"
        found[action.measure.code].append(Proof(action.measure.code, sentence, action.meeting.get_absolute_url()))
    return dict(found)
