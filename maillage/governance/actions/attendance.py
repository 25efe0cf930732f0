"""Who comes, who came, who is represented; then the meeting is said held.

Words: a *proxy* is given by an excused member to one of the same college, who holds a few at most (dated value); it
counts while its holder is there. Neighbours: a letter's click, the page of a member, a code in the room, an agent.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from maillage.accounts.models import User
from maillage.governance import phrases, terms
from maillage.governance.actions.agenda import head_with_follow_up
from maillage.governance.actions.refusal import GovernanceRefused
from maillage.governance.enums import MeetingState, Presence
from maillage.governance.models import Attendance, Meeting, Member
from maillage.governance.rules import day_of
from maillage.kernel.actions import journal
from ui import french

AWAY = (Presence.EXCUSED, Presence.ABSENT)
Seen = Mapping[Member, tuple[str, Member | None]]


def say_presence(
    *, meeting: Meeting, member: Member, is_coming: bool, at: datetime, proxy_to: Member | None = None
) -> Attendance:
    """A member says before that they come, or are excused, perhaps with a proxy. Raises GovernanceRefused."""
    with transaction.atomic():
        kept = _locked(meeting)
        if kept.state != MeetingState.ANNOUNCED:
            raise GovernanceRefused(phrases.NOT_ANNOUNCED)
        return _write(kept, member, Presence.COMING if is_coming else Presence.EXCUSED, proxy_to, at)


def check_in(*, meeting: Meeting, code: str, email: str, at: datetime) -> Attendance:
    """A member signs their presence during the meeting, with the six letters said in the room.

    Raises GovernanceRefused: out of hours, wrong code, an address that no member has.
    """
    with transaction.atomic():
        kept = _locked(meeting)
        if not is_check_in_open(kept, at):
            raise GovernanceRefused(phrases.OUT_OF_HOURS)
        if "".join(code.split()).upper() != kept.check_in_code:
            raise GovernanceRefused(phrases.WRONG_CODE, "code")
        member = Member.objects.filter(body=kept.body_id, email=email.strip().lower()).order_by("-since").first()
        if member is None or not member.runs_on(day_of(kept, at)):
            raise GovernanceRefused(phrases.UNKNOWN_HERE, "email")
        return _write(kept, member, Presence.PRESENT, None, at)


def is_check_in_open(meeting: Meeting, at: datetime) -> bool:
    """May one sign now?"""
    if meeting.state != MeetingState.ANNOUNCED or meeting.starts_at is None or meeting.ends_at is None:
        return False
    before, after = terms.check_in_minutes(on=timezone.localdate(at))
    return meeting.starts_at - timedelta(minutes=before) <= at <= meeting.ends_at + timedelta(minutes=after)


def note_attendance(*, meeting: Meeting, seen: Seen, by: User | None, at: datetime) -> Meeting:
    """What an agent saw, or read on the signed sheet: {member: (presence or "", proxy)}; "" forgets what was said.

    All or nothing. Raises GovernanceRefused once the minutes are validated, before the announcement, or for a proxy
    that cannot be.
    """
    with transaction.atomic():
        kept = _locked(meeting)
        if kept.state not in (MeetingState.ANNOUNCED, MeetingState.HELD, MeetingState.DRAFTED):
            raise GovernanceRefused(phrases.ATTENDANCE_CLOSED)
        # Presences first: a proxy leans on where its holder is.
        for member, (presence, _) in seen.items():
            if presence:
                _write(kept, member, Presence(presence), None, at)
            else:
                Attendance.objects.filter(meeting=kept, member=member).delete()
        for member, (presence, proxy_to) in seen.items():
            if proxy_to is not None:
                _write(kept, member, Presence(presence or Presence.ABSENT), proxy_to, at)
        journal(verb="note_attendance", target=kept, changes={"members": [None, len(seen)]}, by=by, at=at)
    return kept


def hold(*, meeting: Meeting, by: User | None, at: datetime) -> Meeting:
    """It took place. Whoever said they would come and was not seen is absent; the quorum asked is the body's of today.

    Raises GovernanceRefused: not announced, not begun, nobody was there.
    """
    with transaction.atomic():
        kept = _locked(meeting)
        if kept.state != MeetingState.ANNOUNCED or kept.starts_at is None:
            raise GovernanceRefused(phrases.NOT_ANNOUNCED)
        if kept.starts_at > at:
            raise GovernanceRefused(phrases.NOT_STARTED)
        if not kept.attendances.filter(presence=Presence.PRESENT).exists():
            raise GovernanceRefused(phrases.NOBODY_PRESENT)
        kept.attendances.filter(presence=Presence.COMING).update(presence=Presence.ABSENT)
        head_with_follow_up(kept, at)
        kept.state, kept.quorum_percent, kept.changed_at = MeetingState.HELD, kept.body.quorum_percent, at
        kept.save(update_fields=["state", "quorum_percent", "changed_at"])
        changes = {"state": [MeetingState.ANNOUNCED.value, kept.state]}
        journal(verb="hold", target=kept, changes=changes, by=by, at=at)
    return kept


def _write(meeting: Meeting, member: Member, presence: Presence, proxy_to: Member | None, at: datetime) -> Attendance:
    if member.body_id != meeting.body_id or not member.runs_on(day_of(meeting, at)):
        raise GovernanceRefused(phrases.NOT_MEMBER)
    if proxy_to is not None:
        _check_proxy(meeting, member, presence, proxy_to, at)
    found, _ = Attendance.objects.update_or_create(
        meeting=meeting, member=member, defaults={"presence": presence, "proxy_to": proxy_to, "said_at": at}
    )
    return found


def _check_proxy(meeting: Meeting, member: Member, presence: Presence, holder: Member, at: datetime) -> None:
    if presence != Presence.EXCUSED:
        raise GovernanceRefused(phrases.NO_PROXY, "proxy_to")
    if holder.pk == member.pk:
        raise GovernanceRefused(phrases.PROXY_ITSELF, "proxy_to")
    if holder.body_id != meeting.body_id or not holder.runs_on(day_of(meeting, at)):
        raise GovernanceRefused(phrases.NOT_MEMBER, "proxy_to")
    if holder.college_id != member.college_id:
        raise GovernanceRefused(phrases.PROXY_COLLEGE, "proxy_to")
    if meeting.attendances.filter(member=holder, presence__in=AWAY).exists():
        raise GovernanceRefused(phrases.PROXY_AWAY, "proxy_to")
    most = terms.most_proxies(on=day_of(meeting, at))
    if meeting.attendances.filter(proxy_to=holder).exclude(member=member).count() >= most:
        raise GovernanceRefused(phrases.PROXY_FULL.format(most=french.plural(most, "pouvoir")), "proxy_to")


def _locked(meeting: Meeting) -> Meeting:
    return Meeting.objects.select_for_update(of=("self",)).select_related("body").get(pk=meeting.pk)
