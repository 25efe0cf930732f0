"""Write what was said at each point, say that it is written, validate it.

Minutes that say nothing cannot be validated. Neighbours: `decisions` writes the typed lines; on validation those who
were there are told, and so is whoever was given something to do.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from maillage.accounts.models import User
from maillage.discussion.actions import record_outcome
from maillage.governance import phrases
from maillage.governance.actions.decisions import tell_owner
from maillage.governance.actions.refusal import GovernanceRefused
from maillage.governance.enums import LIVE_ACTIONS, MeetingState, Presence
from maillage.governance.models import AgendaItem, Meeting
from maillage.kernel.actions import journal
from maillage.outbox.actions import AddressRefused, post

LONGEST_OUTCOME = 2_000
BEING_WRITTEN = (MeetingState.HELD, MeetingState.DRAFTED)


class MinutesMoved(GovernanceRefused):
    """Somebody else wrote that point meanwhile: nothing is overwritten. `item` is what it says today."""

    def __init__(self, item: AgendaItem) -> None:
        super().__init__(phrases.MOVED)
        self.item = item


def write_minutes(
    *, item: AgendaItem, text: str, by: User | None, at: datetime, seen_at: datetime | None = None
) -> AgendaItem:
    """What was said at this point. The same words write nothing, so that a page may save by itself.

    seen_at: the point's `changed_at` as it was seen; None skips it. Raises MinutesMoved, GovernanceRefused.
    """
    with transaction.atomic():
        meeting = _locked(item.meeting)
        kept = AgendaItem.objects.get(pk=item.pk)
        if meeting.state not in BEING_WRITTEN:
            raise GovernanceRefused(_why_closed(meeting))
        if kept.minutes == text.strip():
            return kept
        if seen_at is not None and kept.changed_at != seen_at:
            raise MinutesMoved(kept)
        kept.minutes, kept.changed_at = text.strip(), at
        kept.save(update_fields=["minutes", "changed_at"])
        changes = {"item": [kept.pk, kept.pk], "length": [None, len(kept.minutes)]}
        journal(verb="write_minutes", target=meeting, changes=changes, by=by, at=at)
    return kept


def finish_minutes(*, meeting: Meeting, by: User | None, at: datetime) -> Meeting:
    """The minutes are written, and wait for the chair. Raises GovernanceRefused while a point says nothing."""
    with transaction.atomic():
        kept = _locked(meeting)
        if kept.state != MeetingState.HELD:
            raise GovernanceRefused(_why_closed(kept))
        _check_written(kept)
        _move(kept, MeetingState.DRAFTED, "finish_minutes", by, at)
    return kept


def validate_minutes(*, meeting: Meeting, by: User | None, at: datetime) -> Meeting:
    """They are right: those who were there read them, whoever has an action is written to.

    Raises GovernanceRefused: nothing is written, or they are validated already.
    """
    with transaction.atomic():
        kept = _locked(meeting)
        if kept.state == MeetingState.HELD:
            raise GovernanceRefused(phrases.NO_MINUTES)
        if kept.state != MeetingState.DRAFTED:
            raise GovernanceRefused(_why_closed(kept))
        _check_written(kept)
        kept.validated_at, kept.validated_by = at, by
        _move(kept, MeetingState.VALIDATED, "validate", by, at)
        for one in kept.attendances.filter(presence=Presence.PRESENT).select_related("member__user"):
            if one.member.recipient:
                _tell(kept, one.member.recipient, at)
        _answer_dialogues(kept, by, at)
        for action in kept.actions.filter(state__in=LIVE_ACTIONS).select_related("owner__user"):
            tell_owner(action, at)
    return kept


def _answer_dialogues(meeting: Meeting, by: User | None, at: datetime) -> None:
    """What was said of a dialogue goes to its page, with the decisions."""
    for item in meeting.items.exclude(dialogue_item=None).select_related("dialogue_item__dialogue"):
        decided = [f"Décision {one.number} : {one.text}" for one in item.decisions.order_by("number")]
        told = "\n".join([item.minutes, *decided])[:LONGEST_OUTCOME]
        assert item.dialogue_item is not None
        record_outcome(
            item=item.dialogue_item,
            outcome=told,
            outcome_date=timezone.localdate(meeting.starts_at or at),
            by=by,
            at=at,
        )


def _tell(meeting: Meeting, to: User | str, at: datetime) -> None:
    try:
        post(kind="governance.minutes", to=to, about=meeting, at=at)
    except AddressRefused:  # an address that took letters once and does not any more
        return


def _check_written(meeting: Meeting) -> None:
    items = list(meeting.items.order_by("position"))
    if not items:
        raise GovernanceRefused(phrases.NO_ITEMS)
    silent = [item.title for item in items if not item.minutes.strip()]
    if silent:
        raise GovernanceRefused(phrases.EMPTY_ITEMS.format(titles=" ; ".join(silent)))


def _move(meeting: Meeting, state: MeetingState, verb: str, by: User | None, at: datetime) -> None:
    changes = {"state": [meeting.state, state.value]}
    meeting.state, meeting.changed_at = state, at
    meeting.save(update_fields=["state", "changed_at", "validated_at", "validated_by"])
    journal(verb=verb, target=meeting, changes=changes, by=by, at=at)


def _why_closed(meeting: Meeting) -> str:
    return phrases.VALIDATED_ALREADY if meeting.state == MeetingState.VALIDATED else phrases.NOT_HELD


def _locked(meeting: Meeting) -> Meeting:
    return Meeting.objects.select_for_update(of=("self",)).select_related("body").get(pk=meeting.pk)
