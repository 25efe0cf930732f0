"""What a letter's kind and a link's purpose are told, read from the rows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import Model

from maillage.kernel.letters import Occasion
from maillage.outbox.models import Letter, Mailbox


def occasion_of(letter: Letter, *, at: datetime) -> Occasion:
    """The occasion of a letter whose mailbox is loaded."""
    return occasion(
        letter.mailbox, object_type=letter.object_type, object_id=letter.object_id, facts=letter.facts, at=at
    )


def occasion(
    mailbox: Mailbox, *, object_type: str, object_id: int | None, facts: Mapping[str, Any], at: datetime
) -> Occasion:
    """The occasion of this object for this reader."""
    return Occasion(
        object_type=object_type,
        object_id=object_id,
        facts=facts,
        mailbox_id=mailbox.pk,
        address=mailbox.address,
        user_id=mailbox.user_id,
        at=at,
    )


def object_of(object_type: str, object_id: int | None) -> Model | None:
    """The object of this type and key, None when it is gone."""
    if not object_type or object_id is None:
        return None
    found: Model | None = apps.get_model(object_type)._default_manager.filter(pk=object_id).first()
    return found
