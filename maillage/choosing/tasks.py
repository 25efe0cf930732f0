"""What the worker does for consultations."""

from __future__ import annotations

from django.utils import timezone

from maillage.choosing.actions import close_due


def close_those_due() -> int:
    """Count the votes whose time, and that of their paper, is over."""
    return close_due(at=timezone.now())
