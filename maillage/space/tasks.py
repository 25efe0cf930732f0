"""What the worker does each day for the organisations' space."""

from __future__ import annotations

from django.utils import timezone

from maillage.space import actions
from maillage.space.actions.freshness import MOST_AT_ONCE


def ask_freshness() -> int:
    """Ask those whose time has come, then list those to call; how many letters and calls."""
    at = timezone.now()
    return actions.ask_freshness(at=at, limit=MOST_AT_ONCE).posted + actions.list_calls(at=at)


def forget_messages() -> int:
    """Blank the relayed messages whose term is over; how many."""
    return actions.forget_messages(at=timezone.now())


def tell_published() -> int:
    """Tell those who proposed an organisation that its sheet is public; how many."""
    return actions.tell_published(at=timezone.now())


def tell_expiring() -> int:
    """Tell managers which documents of their profile expire; how many lines were posted."""
    return actions.tell_expiring(at=timezone.now())


def remove_stray_files() -> int:
    """Remove the documents that no row names; how many."""
    return actions.remove_stray_files(at=timezone.now())
