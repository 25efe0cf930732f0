"""People enter bodies, their mandates change and end.

Words: a *mandate* is a member's row, from a day to a day; it ends by itself, and no row is ever deleted.
Neighbours: `requests` admits organisations, `clicks` those who confirm their address.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Greatest, Least
from django.utils import timezone

from maillage.accounts.models import User
from maillage.governance import phrases
from maillage.governance.actions.refusal import GovernanceRefused
from maillage.governance.enums import Joining
from maillage.governance.models import Body, Member
from maillage.kernel.actions import journal
from maillage.outbox.actions import AddressRefused, post
from maillage.outbox.addresses import normalise

MEMBER_FACTS = ("name", "organisation", "college", "function", "since", "until")


def admit_member(
    *,
    body: Body,
    email: str,
    by: User | None,
    at: datetime,
    facts: Mapping[str, Any] | None = None,
    charter_at: datetime | None = None,
) -> Member:
    """A mandate for the person of this address, of MEMBER_FACTS, from today unless told otherwise.

    An account of that address is tied to it; none is opened. Raises GovernanceRefused: they sit there already at some
    day of the mandate, the address cannot be written to, the college is another body's.
    """
    try:
        address = normalise(email)
    except AddressRefused as error:
        raise GovernanceRefused(phrases.ADDRESS, "email") from error
    kept = {name: value for name, value in dict(facts or {}).items() if name in MEMBER_FACTS}
    kept.setdefault("since", timezone.localdate(at))
    with transaction.atomic():
        _lock(body)
        member = Member(
            body=body, email=address, user=User.objects.filter(email__iexact=address).first(), charter_at=charter_at,
            **kept,
        )  # fmt: skip
        _check(member)
        member.save()
        journal(verb="admit_member", target=body, changes={"member": [None, member.pk]}, by=by, at=at)
    return member


def revise_member(*, member: Member, facts: Mapping[str, Any], by: User | None, at: datetime) -> Member:
    """Change some of MEMBER_FACTS; the journal names the facts only. Raises GovernanceRefused."""
    with transaction.atomic():
        _lock(member.body)
        kept = Member.objects.select_related("body").get(pk=member.pk)
        changed = [name for name in MEMBER_FACTS if name in facts and getattr(kept, name) != facts[name]]
        if changed:
            for name in changed:
                setattr(kept, name, facts[name])
            _check(kept)
            kept.save(update_fields=changed)
            changes = {"member": [kept.pk, kept.pk], "fields": [None, changed]}
            journal(verb="revise_member", target=kept.body, changes=changes, by=by, at=at)
    return kept


def end_member(*, member: Member, by: User | None, at: datetime) -> None:
    """The mandate ends today, its last day; one that ended before stays as it is."""
    today = timezone.localdate(at)
    with transaction.atomic():
        running = Q(until__isnull=True) | Q(until__gt=today)
        ended = Member.objects.filter(running, pk=member.pk).update(until=Greatest(F("since"), today))
        if ended:
            changes = {"member": [member.pk, None]}
            journal(verb="end_member", target=member.body, changes=changes, by=by, at=at)


def agree_to_be_named(*, member: Member, agrees: bool, by: User, at: datetime) -> None:
    """Show the member's name on the public page of the body, or no longer."""
    with transaction.atomic():
        asked = Member.objects.filter(pk=member.pk, name_agreed_at__isnull=agrees)
        if asked.update(name_agreed_at=at if agrees else None):
            changes = {"member": [member.pk, member.pk], "is_named": [not agrees, agrees]}
            journal(verb="agree_to_be_named", target=member.body, changes=changes, by=by, at=at)


def ask_to_enter(*, body: Body, name: str, email: str, at: datetime) -> None:
    """Write to this address: whoever reads it becomes a member by the letter's button. Once a day at most.

    Somebody who sits there already gets no letter, and nobody is told. Raises GovernanceRefused.
    """
    if body.joining != Joining.OPEN:
        raise GovernanceRefused(phrases.NOT_OPEN)
    today = timezone.localdate(at)
    try:
        address = normalise(email)
        with transaction.atomic():
            if not _overlapping(body, address, today, None).exists():
                once = f"governance.join:{body.pk}:{address}:{today.isoformat()}"[:200]
                post(kind="governance.join", to=address, about=body, facts={"name": name.strip()[:120]}, at=at,
                     once_key=once)  # fmt: skip
    except AddressRefused as error:
        raise GovernanceRefused(phrases.ADDRESS, "email") from error


def enter_by_letter(*, body: Body, name: str, email: str, at: datetime) -> Member:
    """The address answered: its reader is a member of an open body. Raises GovernanceRefused."""
    if Body.objects.get(pk=body.pk).joining != Joining.OPEN:
        raise GovernanceRefused(phrases.NOT_OPEN)
    charter_at = at if body.charter else None
    return admit_member(body=body, email=email, facts={"name": name}, charter_at=charter_at, by=None, at=at)


def forget_members(rows: QuerySet[Member], at: datetime) -> int:
    """Blank who these were, and end what still runs: presences stay, as numbers."""
    today = timezone.localdate(at)
    rows.filter(until__isnull=True).update(until=Greatest(F("since"), today))
    return rows.update(
        email="", name="", user=None, organisation=None, name_agreed_at=None, charter_at=None,
        until=Least(F("until"), Greatest(F("since"), today)),
    )  # fmt: skip


def _lock(body: Body) -> None:
    """Of two people who enter at once, the second sees the first."""
    Body.objects.select_for_update(of=("self",)).get(pk=body.pk)


def _check(member: Member) -> None:
    if member.until is not None and member.until < member.since:
        raise GovernanceRefused(phrases.ENDS_BEFORE_START, "until")
    if member.college is not None and member.college.body_id != member.body_id:
        raise GovernanceRefused(phrases.WRONG_COLLEGE, "college")
    others = _overlapping(member.body, member.email, member.since, member.until).exclude(pk=member.pk)
    if member.email and others.exists():
        raise GovernanceRefused(phrases.ALREADY_MEMBER, "email")


def _overlapping(body: Body, address: str, since: date, until: date | None) -> QuerySet[Member]:
    found = Member.objects.filter(Q(until__isnull=True) | Q(until__gte=since), body=body, email=address)
    return found if until is None else found.filter(since__lte=until)
