"""The agent's home: what waits, then the last lines of the feed."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from maillage.accounts.models import User
from maillage.accounts.rules import may_enter_back_office
from maillage.logbook.queries import waiting_for_agents
from maillage.logbook.queries_feed import feed

LAST_LINES = 10


def today_panel(user: User) -> dict[str, Any] | None:
    """What the panel shows; None to those who may not."""
    at = timezone.now()
    if not may_enter_back_office(user, on=timezone.localdate(at)):
        return None
    return {"waiting": waiting_for_agents(user, at), "told": feed({}, before=None, size=LAST_LINES).lines}
