"""Letters about what the rooms below announce: they cannot post by themselves."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from maillage.accounts.models import Delegation
from maillage.accounts.signals import delegated
from maillage.outbox.actions import post
from maillage.outbox.notices import DELEGATION_KIND


def _tell_taker(delegation: Delegation, at: datetime, **_: Any) -> None:
    post(kind=DELEGATION_KIND.key, to=delegation.taker, about=delegation, at=at)


def listen() -> None:
    """Once all apps are ready."""
    delegated.connect(_tell_taker, dispatch_uid="outbox: tell who stands in")
