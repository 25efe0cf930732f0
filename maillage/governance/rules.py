"""Who may do what in a body: agents keep them all, members read theirs, the chair validates the minutes."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone

from maillage.accounts.models import User
from maillage.accounts.rules import YES, Decision, Person, may_enter_back_office
from maillage.governance.enums import Function, MeetingState
from maillage.governance.models import Body, Meeting, Member

MEMBERS_ONLY = Decision(
    False, "Cette page est celle des membres de l’instance, et vous n’en avez pas le mandat aujourd’hui."
)
CHAIR_ONLY = Decision(False, "Seules la présidence de l’instance et l’équipe du territoire valident un compte rendu.")


def may_keep_bodies(person: Person, *, on: date) -> Decision:
    """Bodies, members, meetings: the agents of the territory."""
    return may_enter_back_office(person, on=on)


def day_of(meeting: Meeting, at: datetime) -> date:
    """The Paris day of a meeting, on which mandates are looked at; that of `at` while it has none."""
    return timezone.localdate(meeting.starts_at or at)


def running(on: date, prefix: str = "") -> Q:
    """Members whose mandate runs that day (Paris date)."""
    return Q(**{f"{prefix}since__lte": on}) & (Q(**{f"{prefix}until__isnull": True}) | Q(**{f"{prefix}until__gte": on}))


def of_person(user: User) -> Q:
    """Members who are this person: by account, or by the address that the account proved."""
    return Q(user=user) | Q(user__isnull=True, email=user.email.lower())


def member_of(person: Person, body: Body, *, on: date) -> Member | None:
    """The running mandate of this person in this body; None for a stranger or a closed account."""
    if not isinstance(person, User) or not person.is_active:
        return None
    found = Member.objects.filter(of_person(person), running(on), body=body)
    return found.select_related("college", "body").order_by("since", "pk").first()


def may_take_part(person: Person, body: Body, *, on: date) -> Decision:
    """Read the papers, answer the dates, propose a point: running members."""
    return YES if member_of(person, body, on=on) else MEMBERS_ONLY


def may_validate(person: Person, body: Body, *, on: date) -> Decision:
    """Minutes: whoever chairs, and agents."""
    member = member_of(person, body, on=on)
    if member is not None and member.function == Function.CHAIR:
        return YES
    return YES if may_keep_bodies(person, on=on) else CHAIR_ONLY


def may_read_minutes(person: Person, meeting: Meeting, *, on: date) -> Decision:
    """Validated minutes of a public meeting are everybody's; the others, the members' and the agents'."""
    if meeting.is_public and meeting.state == MeetingState.VALIDATED:
        return YES
    if may_keep_bodies(person, on=on):
        return YES
    if meeting.state in (MeetingState.DRAFTED, MeetingState.VALIDATED):
        return may_take_part(person, meeting.body, on=on)
    return MEMBERS_ONLY
