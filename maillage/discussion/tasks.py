"""What the worker does each day for the files of circles."""

from __future__ import annotations

from django.utils import timezone

from maillage.discussion import actions


def remove_stray_files() -> int:
    """Remove the files that no row names; how many."""
    return actions.remove_stray_files(at=timezone.now())
