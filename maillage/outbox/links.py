"""Signed links that do one thing in one click, without an account.

A token says: purpose, object, mailbox, letter, until when, and a digest of what the object was. It is signed with
the site's secret; whoever holds it may do what it says, once. `read` changes nothing and says where a token stands.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from maillage.kernel.letters import Occasion, Purpose
from maillage.kernel.registry import purposes
from maillage.outbox.models import Letter, Mailbox, UsedLink
from maillage.outbox.occasions import object_of, occasion

# Dots survive in every mail program, colons do not.
_signer = Signer(salt="maillage.outbox.link", sep=".")
_preferences = Signer(salt="maillage.outbox.preferences", sep=".")
PREFERENCES_DAYS = 400

Standing = Literal["good", "unknown", "used", "expired", "overtaken"]


@dataclass(frozen=True)
class Link:
    """What a token says, and where it stands. All but `standing` is empty when the token is not ours."""

    standing: Standing
    token_digest: str = ""
    purpose: Purpose | None = None
    occasion: Occasion | None = None
    mailbox: Mailbox | None = None
    letter: Letter | None = None


def sign(purpose: Purpose, occasion: Occasion, *, letter_id: int | None) -> str:
    """The address (path) of a link that does this about the occasion's object, for its mailbox."""
    until = int((occasion.at + timedelta(days=purpose.days)).timestamp())
    payload = [
        purpose.key,
        occasion.object_type,
        occasion.object_id,
        occasion.mailbox_id,
        letter_id,
        _digest(purpose, occasion),
        until,
    ]
    return reverse(purpose.page or "outbox:link", args=[_signer.sign_object(payload)])


def read(token: str, *, at: datetime) -> Link:
    """Where a token stands now; four queries, and what the purpose asks for its digest."""
    payload = _unsigned(token)
    if payload is None:
        return Link("unknown")
    key, object_type, object_id, mailbox_id, letter_id, digest, until = payload
    purpose = purposes().get(key)
    mailbox = Mailbox.objects.filter(pk=mailbox_id).first()
    if purpose is None or mailbox is None:  # a room, or a person, that left
        return Link("expired")
    letter = Letter.objects.filter(pk=letter_id).first()
    facts = {} if letter is None else letter.facts
    told = occasion(mailbox, object_type=object_type, object_id=object_id, facts=facts, at=at)
    # The moment of signing is left out: a letter written twice holds the same link.
    token_digest = hashlib.sha256(repr(payload[:-1]).encode()).hexdigest()
    standing: Standing = "good"
    if purpose.is_single_use and UsedLink.objects.filter(token_digest=token_digest).exists():
        standing = "used"
    elif datetime.fromtimestamp(until, tz=UTC) < at:
        standing = "expired"
    elif (object_type and object_of(object_type, object_id) is None) or _digest(purpose, told) != digest:
        standing = "overtaken"
    return Link(standing, token_digest, purpose, told, mailbox, letter)


def _unsigned(token: str) -> list[Any] | None:
    try:
        payload = _signer.unsign_object(token)
    except (BadSignature, ValueError):  # ValueError: signed by us, but not an object of ours
        return None
    return payload if isinstance(payload, list) and len(payload) == 7 else None


def _digest(purpose: Purpose, told: Occasion) -> str:
    return hashlib.blake2s(purpose.digest(told).encode(), digest_size=8).hexdigest()


def preferences_path(mailbox: Mailbox, *, at: datetime) -> str:
    """The address (path) of a reader's choices, for whoever holds one of their letters."""
    until = int((at + timedelta(days=PREFERENCES_DAYS)).timestamp())
    return reverse("outbox:preferences", args=[_preferences.sign_object([mailbox.pk, until])])


def preferences_mailbox(token: str, *, at: datetime) -> Mailbox | None:
    """The mailbox whose choices this token opens; None when it is not ours, or too old."""
    try:
        pk, until = _preferences.unsign_object(token)
    except (BadSignature, ValueError, TypeError):
        return None
    return Mailbox.objects.filter(pk=pk).first() if datetime.fromtimestamp(until, tz=UTC) >= at else None


def absolute(path: str) -> str:
    """A path as it stands in a letter."""
    return f"{settings.SITE_URL}{path}"
