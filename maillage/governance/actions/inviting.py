"""Organisations asked to a meeting where they do not sit: their letters, their answers.

Neighbours: `workshops` makes the invitations; `meetings` tells them of a change or a cancellation.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from maillage.accounts.models import User
from maillage.directory.models import Organisation
from maillage.governance import phrases
from maillage.governance.actions.refusal import GovernanceRefused
from maillage.governance.enums import MeetingState, Reply
from maillage.governance.models import Invitation, Meeting
from maillage.governance.notices.meetings import when
from maillage.kernel.actions import journal
from maillage.needs import actions as needs
from maillage.outbox.actions import AddressRefused, post
from maillage.space.enums import Part
from maillage.space.models import Membership

KIND = "governance.workshop"


def invite_organisations(
    *, meeting: Meeting, organisations: Mapping[Organisation, str], by: User | None, at: datetime
) -> list[Invitation]:
    """One letter for each; {organisation: why this one}. One that is invited already is not asked again."""
    with transaction.atomic():
        made = []
        for organisation, reason in organisations.items():
            invitation, is_new = Invitation.objects.get_or_create(
                meeting=meeting, organisation=organisation, defaults={"reason": reason[:300]}
            )
            if is_new:
                made.append(invitation)
                _write(invitation, KIND, at)
        journal(verb="invite", target=meeting, changes={"organisations": [0, len(made)]}, by=by, at=at)
    return made


def reply(*, invitation: Invitation, answer: Reply, at: datetime) -> Invitation:
    """What the organisation says; said again, it replaces. Raises GovernanceRefused once it is too late."""
    with transaction.atomic():
        kept = Invitation.objects.select_for_update(of=("self",)).select_related("meeting").get(pk=invitation.pk)
        starts_at = kept.meeting.starts_at
        if kept.meeting.state != MeetingState.ANNOUNCED or starts_at is None or starts_at <= at:
            raise GovernanceRefused(phrases.REPLY_TOO_LATE)
        before, kept.reply, kept.replied_at = kept.reply, answer, at
        kept.save(update_fields=["reply", "replied_at"])
        changes = {"organisation": [None, kept.organisation_id], "reply": [before, answer.value]}
        journal(verb="reply", target=kept.meeting, changes=changes, by=None, at=at)
    return kept


def tell_invited(meeting: Meeting, kind: str, at: datetime) -> None:
    """A change or a cancellation, to those that did not say that it is not for them."""
    for invitation in meeting.invitations.exclude(reply=Reply.NOT_FOR_US).select_related("organisation"):
        _write(invitation, kind, at)


def tell_followers(meeting: Meeting, *, by: User | None, at: datetime) -> None:
    """The same to whoever said a need of the theme of a workshop. A theme that is over since hears no more."""
    for item in meeting.items.exclude(theme=None).select_related("theme"):
        assert item.theme is not None
        about: dict[str, Any] = {"theme": item.theme, "address": meeting.get_absolute_url(), "by": by, "at": at}
        try:
            if meeting.state == MeetingState.CANCELLED:
                needs.cancel_workshop(reason=meeting.cancelled_reason, **about)
            else:
                needs.announce_workshop(words=words_for_followers(meeting, at), **about)
        except needs.NeedRefused:
            continue


def words_for_followers(meeting: Meeting, at: datetime) -> str:
    """« Jeudi 10 décembre de 18 h à 20 h, salle des fêtes. Vous pouvez y venir. »"""
    changed = "Changement\u00a0: " if meeting.sequence else ""
    told = f"{changed}{when(meeting, at)}, {meeting.place}. Vous pouvez y venir."
    return f"{told[:1].upper()}{told[1:]}"


def _write(invitation: Invitation, kind: str, at: datetime) -> None:
    meeting = invitation.meeting
    to = _reader(invitation.organisation)
    about = invitation if kind == KIND else meeting
    once = f"{kind}:{meeting.pk}:{meeting.sequence}:organisation:{invitation.organisation_id}"
    try:
        post(kind=kind, to=to, about=about, facts={"sequence": meeting.sequence}, at=at, once_key=once)
    except AddressRefused:  # none, or one that takes no letter: the page says so, and somebody calls
        return
    invitation.told_at = at
    invitation.save(update_fields=["told_at"])


def _reader(organisation: Organisation) -> User | str:
    """Whoever manages the sheet, else the address of the organisation; "" for nobody."""
    held = Membership.objects.filter(organisation=organisation, part=Part.MANAGER, user__is_active=True)
    manager = held.select_related("user").order_by("pk").first()
    return manager.user if manager else organisation.email
