"""What the worker does for resources: look at links and files."""

from __future__ import annotations

from django.utils import timezone

from maillage.content import actions


def check_links() -> int:
    """Ask links and look for files; how many."""
    return actions.check_links(at=timezone.now())[0]
