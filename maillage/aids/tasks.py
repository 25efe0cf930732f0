"""What the worker does for aids: tell the new ones, look at links, forget addresses that nobody confirmed."""

from __future__ import annotations

from django.utils import timezone

from maillage.aids import actions


def send_alerts() -> int:
    """Tell new aids; how many letters."""
    return actions.tell_new_aids(at=timezone.now())[1]


def check_links() -> int:
    """Ask the addresses of open aids; how many were asked."""
    return actions.check_links(at=timezone.now())[0]


def forget_over() -> int:
    """How many aids whose last day is over were told to the search."""
    return actions.note_over(at=timezone.now())


def forget_unconfirmed() -> int:
    """How many addresses were forgotten."""
    return actions.forget_unconfirmed(at=timezone.now())
