"""Write what was decided, entrust an action to somebody for a day, tell what became of both.

Words: to *entrust* gives an owner and a day; to *answer* is the owner's, from a letter or a page; to *follow* says at a
later meeting whether a decision was kept. Neighbours: reminders are a ladder of the outbox (`notices.actions`).
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from maillage.accounts.models import User
from maillage.governance import phrases, terms
from maillage.governance.actions.refusal import GovernanceRefused
from maillage.governance.enums import LIVE_ACTIONS, ActionState, DecisionState, MeetingState
from maillage.governance.models import Action, AgendaItem, Body, Decision, Meeting, Member
from maillage.governance.notices.actions import LADDER
from maillage.governance.rules import day_of
from maillage.kernel.actions import journal
from maillage.outbox.actions import AddressRefused, move, open_climb, open_to_do, post
from maillage.strategy.models import Measure

NINE = time(9)


def decide(
    *, meeting: Meeting, text: str, by: User | None, at: datetime, item: AgendaItem | None = None,
    measure: Measure | None = None,
) -> Decision:  # fmt: skip
    """A numbered line of the minutes. Raises GovernanceRefused unless the meeting is held and not validated."""
    with transaction.atomic():
        # The body is locked: of two lines written at once, each has its number.
        Body.objects.select_for_update(of=("self",)).get(pk=meeting.body_id)
        kept = _being_written(meeting)
        last = Decision.objects.filter(body=kept.body_id).aggregate(last=Max("number"))["last"] or 0
        decision = Decision.objects.create(
            body_id=kept.body_id, meeting=kept, item=item, number=last + 1, text=text.strip(), measure=measure,
            changed_at=at,
        )  # fmt: skip
        journal(verb="decide", target=kept, changes={"decision": [None, decision.number]}, by=by, at=at)
    return decision


def entrust(
    *, meeting: Meeting, text: str, owner: Member, due_date: date, by: User | None, at: datetime,
    item: AgendaItem | None = None, measure: Measure | None = None,
) -> Action:  # fmt: skip
    """Somebody does something for a day; they are written to when the minutes are validated.

    Raises GovernanceRefused: the owner is not of the body, the day comes before the meeting, the minutes are closed.
    """
    with transaction.atomic():
        kept = _being_written(meeting)
        if owner.body_id != kept.body_id or not owner.email:
            raise GovernanceRefused(phrases.NOT_MEMBER, "owner")
        if due_date < day_of(kept, at):
            raise GovernanceRefused(phrases.ACTION_PAST, "due_date")
        action = Action.objects.create(
            body_id=kept.body_id, meeting=kept, item=item, text=text.strip(), owner=owner, due_date=due_date,
            measure=measure, changed_at=at,
        )  # fmt: skip
        journal(verb="entrust", target=kept, changes={"action": [None, action.pk]}, by=by, at=at)
    return action


def remove_line(*, line: Decision | Action, by: User | None, at: datetime) -> None:
    """Take a line away before the minutes are validated; twice does no harm. Raises GovernanceRefused afterwards."""
    with transaction.atomic():
        kept = _being_written(line.meeting)
        if type(line).objects.filter(pk=line.pk).delete()[0]:
            journal(verb="remove_line", target=kept, changes={"line": [str(line)[:200], None]}, by=by, at=at)


def answer_action(
    *, action: Action, state: ActionState, news: str, at: datetime, by: User | None = None
) -> Action:  # fmt: skip
    """What the owner says: done, under way with news, stuck with a reason, or dropped by an agent.

    Reminders end once it is done or dropped; what is stuck asks an agent to help. Raises GovernanceRefused: stuck
    without a reason, over already.
    """
    said = news.strip()[:500]
    if state in (ActionState.STUCK, ActionState.DROPPED) and not said:
        raise GovernanceRefused(phrases.STUCK_REASON, "news")
    with transaction.atomic():
        kept = Action.objects.select_for_update(of=("self",)).select_related("body").get(pk=action.pk)
        if kept.state not in LIVE_ACTIONS:
            over = phrases.ACTION_OVER.format(state=kept.get_state_display().lower())
            raise GovernanceRefused(over)
        changes = {"state": [kept.state, state.value]}
        kept.state, kept.news, kept.changed_at = state, said or kept.news, at
        kept.save(update_fields=["state", "news", "changed_at"])
        journal(verb="answer_action", target=kept, changes=changes, by=by, at=at)
        if state in (ActionState.DONE, ActionState.DROPPED):
            move(about=kept, at=at, ladder=LADDER)
        if state == ActionState.STUCK:
            once = f"governance.stuck:{kept.pk}:{at.isoformat()}"
            open_to_do(
                title=f"Aider\u00a0: une action de « {kept.body} » est bloquée", once_key=once, about=kept, at=at
            )
    return kept


def follow_decision(
    *, decision: Decision, state: DecisionState, note: str, by: User | None, at: datetime
) -> Decision:  # fmt: skip
    """Was it kept? Raises GovernanceRefused when it was not and nobody says why."""
    if state == DecisionState.NOT_KEPT and not note.strip():
        raise GovernanceRefused(phrases.NOT_KEPT_NOTE, "note")
    with transaction.atomic():
        kept = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
        changes = {"state": [kept.state, state.value]}
        kept.state, kept.note, kept.changed_at = state, note.strip()[:300], at
        kept.save(update_fields=["state", "note", "changed_at"])
        journal(verb="follow_decision", target=kept, changes=changes, by=by, at=at, note=kept.note)
    return kept


def tell_owner(action: Action, at: datetime) -> None:
    """Write to the owner now, then remind along the ladder, which begins some days before the due date."""
    to = action.owner.recipient
    if not to:
        return
    days = terms.remind_days_before(on=timezone.localdate(at))
    first = timezone.make_aware(datetime.combine(action.due_date - timedelta(days=days), NINE))
    try:
        post(kind="governance.action", to=to, about=action, at=at, once_key=f"governance.action:{action.pk}")
        open_climb(ladder=LADDER, about=action, to=to, at=max(first, at + timedelta(days=1)))
    except AddressRefused:  # an address that took letters once and does not any more
        return


def _being_written(meeting: Meeting) -> Meeting:
    kept = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    if kept.state == MeetingState.VALIDATED:
        raise GovernanceRefused(phrases.VALIDATED_ALREADY)
    if kept.state not in (MeetingState.HELD, MeetingState.DRAFTED):
        raise GovernanceRefused(phrases.NOT_HELD)
    return kept
