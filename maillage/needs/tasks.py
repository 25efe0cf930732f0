"""What the worker does each day for needs."""

from __future__ import annotations

from django.utils import timezone

from maillage.needs import actions


def forget_unconfirmed() -> int:
    """Forget the addresses that nobody confirmed in time; how many."""
    return actions.forget_unconfirmed(at=timezone.now())
