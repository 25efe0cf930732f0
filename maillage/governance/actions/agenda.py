"""The points of a meeting: proposed by members, ordered by agents.

Words: the *follow-up* is the point that opens a meeting when actions or decisions of before are still to be followed.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from maillage.accounts.models import User
from maillage.discussion import actions as dialogues
from maillage.discussion.models import AgendaItem as DialogueItem
from maillage.governance import phrases
from maillage.governance.actions.refusal import GovernanceRefused
from maillage.governance.enums import LIVE_ACTIONS, DecisionState, MeetingState
from maillage.governance.models import Action, AgendaItem, Decision, Meeting, Member
from maillage.kernel.actions import journal

STILL_OPEN = (MeetingState.CHOOSING, MeetingState.ANNOUNCED)
WRITTEN_AFTER = (*STILL_OPEN, MeetingState.HELD, MeetingState.DRAFTED)


def add_item(
    *, meeting: Meeting, title: str, at: datetime, speaker: str = "", by: User | None = None,
    proposed_by: Member | None = None,
) -> AgendaItem:  # fmt: skip
    """One more point, the last. Members propose until the meeting is held; agents may add what came up there.

    Raises GovernanceRefused once that is over.
    """
    with transaction.atomic():
        kept = _locked(meeting)
        if kept.state not in (STILL_OPEN if proposed_by is not None else WRITTEN_AFTER):
            raise GovernanceRefused(phrases.AGENDA_CLOSED)
        last = kept.items.order_by("-position").first()
        item = AgendaItem.objects.create(
            meeting=kept, position=last.position + 1 if last else 1, title=title.strip(), speaker=speaker.strip(),
            proposed_by=proposed_by, changed_at=at,
        )  # fmt: skip
        journal(verb="add_item", target=kept, changes={"item": [None, item.title]}, by=by, at=at)
    return item


def take_dialogue(*, meeting: Meeting, asked: DialogueItem, by: User | None, at: datetime) -> AgendaItem:
    """Put a dialogue that was sent to an agenda on this one; what comes of it goes back to its page.

    Raises GovernanceRefused: the meeting has no day yet, its agenda is closed, or another took the dialogue.
    """
    if meeting.starts_at is None:
        raise GovernanceRefused(phrases.NO_DAY_YET)
    with transaction.atomic():
        item = add_item(meeting=meeting, title=asked.dialogue.title, by=by, at=at)
        try:
            dialogues.place_on_agenda(
                item=asked, reference=meeting.get_absolute_url(), meeting_date=timezone.localdate(meeting.starts_at),
                by=by, at=at,
            )  # fmt: skip
        except dialogues.DiscussionRefused as refusal:
            raise GovernanceRefused(refusal.phrase) from refusal
        item.dialogue_item = asked
        item.save(update_fields=["dialogue_item"])
    return item


def raise_item(*, item: AgendaItem, by: User | None, at: datetime) -> None:
    """One place up; the first stays first, and nothing passes before the follow-up."""
    with transaction.atomic():
        _locked(item.meeting)
        rows = list(item.meeting.items.filter(is_follow_up=False).order_by("position", "pk"))
        rank = next((rank for rank, row in enumerate(rows) if row.pk == item.pk), 0)
        if rank == 0:
            return
        above, below = rows[rank - 1], rows[rank]
        above.position, below.position = below.position, above.position
        AgendaItem.objects.bulk_update([above, below], ["position"])
        journal(verb="order_agenda", target=item.meeting, changes={"item": [None, item.title]}, by=by, at=at)


def remove_item(*, item: AgendaItem, by: User | None, at: datetime) -> None:
    """Take a point away; twice does no harm. Raises GovernanceRefused once something was written or decided there."""
    with transaction.atomic():
        kept = _locked(item.meeting)
        row = AgendaItem.objects.select_related("dialogue_item").filter(pk=item.pk).first()
        if row is None:
            return
        if kept.state == MeetingState.VALIDATED or row.minutes or row.decisions.exists() or row.actions.exists():
            raise GovernanceRefused(phrases.ITEM_HELD)
        row.delete()
        if row.dialogue_item is not None:
            dialogues.release_from_agenda(item=row.dialogue_item, by=by, at=at)
        journal(verb="remove_item", target=kept, changes={"item": [item.title, None]}, by=by, at=at)


def head_with_follow_up(meeting: Meeting, at: datetime) -> None:
    """Open the agenda with what is still to be followed, when there is something. Twice without harm."""
    live = Action.objects.filter(body=meeting.body_id, state__in=LIVE_ACTIONS).exclude(meeting=meeting)
    followed = Decision.objects.filter(body=meeting.body_id, state=DecisionState.FOLLOWED).exclude(meeting=meeting)
    if meeting.items.filter(is_follow_up=True).exists() or not (live.exists() or followed.exists()):
        return
    meeting.items.update(position=F("position") + 1)
    AgendaItem.objects.create(meeting=meeting, position=1, title=phrases.FOLLOW_UP, is_follow_up=True, changed_at=at)


def _locked(meeting: Meeting) -> Meeting:
    return Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
