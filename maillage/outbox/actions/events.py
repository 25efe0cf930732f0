"""What a mail service tells afterwards: arrived, bounced, complained. Told twice or in another order, it ends alike."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from anymail.signals import AnymailTrackingEvent, EventType, RejectReason
from django.db import transaction

from maillage.outbox.actions.mailboxes import block, stop
from maillage.outbox.addresses import AddressRefused, normalise
from maillage.outbox.enums import State, StopReason, Trouble
from maillage.outbox.models import Letter, Mailbox
from maillage.outbox.models.letter import LetterQuerySet
from maillage.outbox.models.mailbox import EVERYTHING

# A bounce for other reasons (mailbox full, content, reputation) says nothing of the address itself.
GONE = {None, RejectReason.INVALID, RejectReason.BOUNCED}


def note_event(*, event: AnymailTrackingEvent, at: datetime) -> None:
    """Keep what matters of one event; one about an address or a letter we do not know is left alone."""
    mailbox, happened_at = _mailbox(event), min(event.timestamp or at, at)
    with transaction.atomic():
        if event.event_type == EventType.DELIVERED:
            _letters(event).filter(state=State.UNCERTAIN).update(state=State.SENT, trouble="", left_at=happened_at)
        elif event.event_type in (EventType.BOUNCED, EventType.REJECTED, EventType.FAILED):
            lost = _letters(event).filter(state__in=[State.SENT, State.UNCERTAIN])
            lost.update(state=State.FAILED, trouble=Trouble.REFUSED)
        if mailbox is None:
            return
        if event.event_type == EventType.UNSUBSCRIBED:
            block(mailbox=mailbox, subject=EVERYTHING, at=at)
        reason = _stop_reason(event)
        if reason is not None:
            stop(mailbox=mailbox, reason=reason, by=None, at=at, happened_at=happened_at)


def _stop_reason(event: AnymailTrackingEvent) -> StopReason | None:
    if event.event_type == EventType.COMPLAINED or event.reject_reason == RejectReason.SPAM:
        return StopReason.COMPLAINT
    is_refused = event.event_type in (EventType.BOUNCED, EventType.REJECTED) and not _is_passing(event)
    return StopReason.BOUNCE if is_refused and event.reject_reason in GONE else None


def _is_passing(event: AnymailTrackingEvent) -> bool:
    """A full mailbox, a server that was down: anymail calls it a bounce, the service's own words tell."""
    raw: Any = event.esp_event or {}
    is_soft = "soft_bounce" in str(raw.get("event", "")) or raw.get("Type") == "SoftBounce"
    return is_soft or raw.get("hard_bounce") is False


def _mailbox(event: AnymailTrackingEvent) -> Mailbox | None:
    try:
        return Mailbox.objects.filter(address=normalise(event.recipient or "")).first()
    except AddressRefused:
        return None


def _letters(event: AnymailTrackingEvent) -> LetterQuerySet:
    pk = str((event.metadata or {}).get("letter", ""))
    if pk.isdecimal() and len(pk) < 19:
        return Letter.objects.filter(pk=int(pk))
    return Letter.objects.filter(server_id=event.message_id) if event.message_id else Letter.objects.none()
