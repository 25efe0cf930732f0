"""What the tests of this room's letters share: a sheet, its people, the letters that leave, their links."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.core.mail import EmailMultiAlternatives

from maillage.accounts.models import User
from maillage.directory.enums import Status
from maillage.directory.models import Organisation
from maillage.outbox import actions as outbox
from maillage.space import actions
from maillage.space.enums import Part
from tests.factories import organisation
from tests.outbox.world import Way, postman

# A Wednesday, noon in Paris.
AT = datetime(2026, 11, 25, 11, 0, tzinfo=UTC)
OWN = "bonjour@atelier.test"


def sheet(name: str = "Atelier du Port", *, age_days: int = 400, **facts: Any) -> Organisation:
    """A published sheet with an address of its own, last verified so many days before AT."""
    told: dict[str, Any] = {
        "status": Status.PUBLISHED,
        "email": OWN,
        "verified_at": AT - timedelta(days=age_days),
        **facts,
    }
    made = organisation(name, **told)
    Organisation.objects.filter(pk=made.pk).update(created_at=AT - timedelta(days=2_000))
    made.refresh_from_db()
    return made


def manager(one: Organisation, email: str = "alice@exemple.test", part: Part = Part.MANAGER) -> User:
    return actions.admit(organisation=one, email=email, part=part, by=None, at=AT).user


def leave(at: datetime) -> list[EmailMultiAlternatives]:
    """Gather, then let everything leave that is due; the messages that left."""
    outbox.gather(at=at)
    way = Way()
    postman(way, at).round()
    return way.sent


def links_in(message: EmailMultiAlternatives) -> dict[str, str]:
    """{label of a button: its path} of a letter."""
    found = re.findall(r"^(.+)\u00a0:\n(https?://\S+)$", str(message.body), re.MULTILINE)
    return {label: urlsplit(address).path for label, address in found}
