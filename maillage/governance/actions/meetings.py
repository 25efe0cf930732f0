"""Choose the date of a meeting, announce it, change it, cancel it; each tells the members by letter.

Words: to *propose dates* opens a meeting without a date; to *announce* fixes one; `sequence` grows with each change
that calendars must know. Neighbours: `agenda` orders its points, `attendance` says who came.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from maillage.accounts.models import User
from maillage.governance import phrases
from maillage.governance.actions.agenda import head_with_follow_up
from maillage.governance.actions.inviting import KIND, tell_followers, tell_invited
from maillage.governance.actions.refusal import GovernanceRefused
from maillage.governance.enums import Availability, MeetingState
from maillage.governance.models import Body, DateAnswer, DateOption, Meeting, Member
from maillage.governance.queries.meetings import invited
from maillage.kernel.actions import journal
from maillage.outbox.actions import AddressRefused, post

MEETING_FACTS = ("title", "place", "link", "is_public")
MOMENTS = ("starts_at", "ends_at")
MOST_OPTIONS, MOST_IN_SERIES = 10, 12
NOTICE_BEFORE = timedelta(days=14)
# No vowel, so that no word is drawn; nothing that is heard or read for another.
LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
Moments = tuple[datetime, datetime]


def propose_dates(
    *, body: Body, facts: Mapping[str, Any], options: Iterable[Moments], by: User | None, at: datetime
) -> Meeting:
    """A meeting whose members choose the date; each is asked by letter. options: (start, end), aware.

    Raises GovernanceRefused: no option or more than MOST_OPTIONS, one in the past, twice, or ending before it starts.
    """
    wanted = sorted(options)
    _check_options(wanted, at)
    with transaction.atomic():
        meeting = _make(body, facts, MeetingState.CHOOSING, at)
        DateOption.objects.bulk_create(
            DateOption(meeting=meeting, starts_at=start, ends_at=end) for start, end in wanted
        )
        journal(verb="propose_dates", target=meeting, changes={"options": [None, len(wanted)]}, by=by, at=at)
        _tell(meeting, "governance.poll", at)
    return meeting


def answer_dates(*, meeting: Meeting, member: Member, answers: Mapping[int, str], at: datetime) -> None:
    """What a member says of each option (its number → Availability); said again, it replaces.

    Raises GovernanceRefused: the date is fixed already, an option of another meeting.
    """
    with transaction.atomic():
        kept = _locked(meeting)
        if kept.state != MeetingState.CHOOSING:
            raise GovernanceRefused(phrases.NOT_CHOOSING)
        options = set(kept.options.values_list("pk", flat=True))
        if not set(answers) <= options or not set(answers.values()) <= set(Availability.values):
            raise GovernanceRefused(phrases.OPTION_FOREIGN)
        for option, answer in answers.items():
            DateAnswer.objects.update_or_create(option_id=option, member=member, defaults={"answer": answer})
        journal(verb="answer_dates", target=kept, changes={"member": [None, member.pk]}, by=None, at=at)


def fix_date(*, option: DateOption, by: User | None, at: datetime) -> Meeting:
    """Announce the meeting at this option. Raises GovernanceRefused when it is fixed already, or the option passed."""
    if option.starts_at <= at:
        raise GovernanceRefused(phrases.OPTION_PAST)
    with transaction.atomic():
        kept = _locked(option.meeting)
        if kept.state != MeetingState.CHOOSING:
            raise GovernanceRefused(phrases.NOT_CHOOSING)
        kept.starts_at, kept.ends_at = option.starts_at, option.ends_at
        _announce(kept, by, at)
    return kept


def announce_meeting(
    *, body: Body, facts: Mapping[str, Any], starts_at: datetime, ends_at: datetime, by: User | None, at: datetime
) -> Meeting:
    """A meeting whose date is known: announced at once. Raises GovernanceRefused for an end before the start.

    A moment that passed is allowed, for a meeting that is written down afterwards; nobody is then invited to it.
    """
    if ends_at <= starts_at:
        raise GovernanceRefused(phrases.ENDS_BEFORE_START, "ends")
    with transaction.atomic():
        meeting = _make(body, facts, MeetingState.CHOOSING, at)
        meeting.starts_at, meeting.ends_at = starts_at, ends_at
        _announce(meeting, by, at)
    return meeting


def announce_series(
    *, body: Body, facts: Mapping[str, Any], moments: Iterable[Moments], by: User | None, at: datetime
) -> list[Meeting]:
    """Meetings that come again: all announced at once, each then lived by itself.

    Members get one letter with every date, then the notice of each meeting NOTICE_BEFORE it. Raises GovernanceRefused:
    fewer than two or more than MOST_IN_SERIES, one in the past, twice, or ending before it starts.
    """
    wanted = sorted(moments)
    if not 2 <= len(wanted) <= MOST_IN_SERIES:
        raise GovernanceRefused(phrases.NO_SERIES)
    _check_moments(wanted, at)
    with transaction.atomic():
        name = secrets.token_hex(6)
        made = []
        for starts_at, ends_at in wanted:
            meeting = _make(body, facts, MeetingState.CHOOSING, at)
            meeting.starts_at, meeting.ends_at, meeting.series = starts_at, ends_at, name
            meeting.save(update_fields=["series"])
            _announce(meeting, by, at, told_from=starts_at - NOTICE_BEFORE)
            made.append(meeting)
        _tell(made[0], "governance.series", at)
    return made


def revise_meeting(
    *, meeting: Meeting, facts: Mapping[str, Any], by: User | None, at: datetime, seen_at: datetime | None = None
) -> Meeting:
    """Change some of MEETING_FACTS and MOMENTS before it is held; members are told when it was announced.

    seen_at: `changed_at` as it was seen; None skips it. Raises GovernanceRefused.
    """
    with transaction.atomic():
        kept = _locked(meeting)
        if kept.state not in (MeetingState.CHOOSING, MeetingState.ANNOUNCED):
            raise GovernanceRefused(phrases.NOT_ANNOUNCED)
        if seen_at is not None and kept.changed_at != seen_at:
            raise GovernanceRefused(phrases.MOVED)
        names = MEETING_FACTS if kept.state == MeetingState.CHOOSING else (*MEETING_FACTS, *MOMENTS)
        changed = {name: facts[name] for name in names if name in facts and getattr(kept, name) != facts[name]}
        if not changed:
            return kept
        told = {name: [_plain(getattr(kept, name)), _plain(value)] for name, value in changed.items()}
        for name, value in changed.items():
            setattr(kept, name, value)
        if kept.starts_at and kept.ends_at and kept.ends_at <= kept.starts_at:
            raise GovernanceRefused(phrases.ENDS_BEFORE_START, "ends")
        is_told = kept.state == MeetingState.ANNOUNCED and bool(set(changed) - {"is_public"})
        kept.sequence += is_told
        kept.changed_at = at
        kept.save(update_fields=[*changed, "sequence", "changed_at"])
        journal(verb="revise_meeting", target=kept, changes=told, by=by, at=at)
        if is_told:
            _tell(kept, "governance.notice", at)
            tell_invited(kept, KIND, at)
            tell_followers(kept, by=by, at=at)
    return kept


def cancel_meeting(*, meeting: Meeting, reason: str, by: User | None, at: datetime) -> Meeting:
    """It will not be; members read why. Raises GovernanceRefused without a reason, or once it was held."""
    if not reason.strip():
        raise GovernanceRefused(phrases.CANCEL_REASON, "reason")
    with transaction.atomic():
        kept = _locked(meeting)
        if kept.state not in (MeetingState.CHOOSING, MeetingState.ANNOUNCED):
            raise GovernanceRefused(phrases.TOO_LATE_TO_CANCEL)
        changes = {"state": [kept.state, MeetingState.CANCELLED.value]}
        kept.state, kept.cancelled_reason, kept.changed_at = MeetingState.CANCELLED, reason.strip()[:300], at
        kept.sequence += 1
        kept.save(update_fields=["state", "cancelled_reason", "changed_at", "sequence"])
        journal(verb="cancel_meeting", target=kept, changes=changes, by=by, at=at, note=kept.cancelled_reason)
        _tell(kept, "governance.cancelled", at)
        tell_invited(kept, "governance.cancelled", at)
        tell_followers(kept, by=by, at=at)
    return kept


def draw_code() -> str:
    """Six letters that are easily said aloud."""
    return "".join(secrets.choice(LETTERS) for _ in range(6))


def _make(body: Body, facts: Mapping[str, Any], state: MeetingState, at: datetime) -> Meeting:
    told = {name: facts[name] for name in MEETING_FACTS if name in facts}
    return Meeting.objects.create(body=body, state=state, check_in_code=draw_code(), changed_at=at, **told)


def _announce(meeting: Meeting, by: User | None, at: datetime, told_from: datetime | None = None) -> None:
    meeting.state, meeting.announced_at, meeting.changed_at = MeetingState.ANNOUNCED, at, at
    meeting.save(update_fields=["state", "announced_at", "changed_at", "starts_at", "ends_at"])
    head_with_follow_up(meeting, at)
    changes = {"state": [MeetingState.CHOOSING.value, meeting.state], "starts_at": [None, _plain(meeting.starts_at)]}
    journal(verb="announce", target=meeting, changes=changes, by=by, at=at)
    if meeting.series == "" or (told_from is not None and told_from > at):
        _tell(meeting, "governance.notice", at, told_from)


def _tell(meeting: Meeting, kind: str, at: datetime, due_at: datetime | None = None) -> None:
    """One letter for each member of that day, once for each change; none about what is past. due_at: None for now."""
    if meeting.ends_at is not None and meeting.ends_at <= at:
        return
    for member in invited(meeting, at):
        once = f"{kind}:{meeting.pk}:{meeting.sequence}:{member.pk}"
        try:
            facts = {"sequence": meeting.sequence}
            post(kind=kind, to=member.recipient, about=meeting, facts=facts, at=at, once_key=once, due_at=due_at)
        except AddressRefused:  # an address that took letters once and does not any more
            continue


def _locked(meeting: Meeting) -> Meeting:
    return Meeting.objects.select_for_update(of=("self",)).select_related("body").get(pk=meeting.pk)


def _check_options(wanted: list[Moments], at: datetime) -> None:
    if not wanted:
        raise GovernanceRefused(phrases.NO_OPTION)
    if len(wanted) > MOST_OPTIONS:
        raise GovernanceRefused(phrases.TOO_MANY_OPTIONS)
    _check_moments(wanted, at)


def _check_moments(wanted: list[Moments], at: datetime) -> None:
    if len({start for start, _ in wanted}) < len(wanted):
        raise GovernanceRefused(phrases.OPTION_TWICE)
    for start, end in wanted:
        if end <= start:
            raise GovernanceRefused(phrases.ENDS_BEFORE_START)
        if start <= at:
            raise GovernanceRefused(phrases.OPTION_PAST)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
