"""What the worker does for the strategy: doors, each of which calls one verb."""

from __future__ import annotations

from django.utils import timezone

from maillage.strategy import actions
from maillage.strategy.actions.measuring import snapshot_indicators
from maillage.strategy.queries import home_strategy


def snapshot() -> int:
    """The readings of the day; nothing without a strategy, or when they are there."""
    at = timezone.now()
    strategy = home_strategy()
    if strategy is None:
        return 0
    return len(snapshot_indicators(strategy=strategy, on=timezone.localdate(at), by=None, at=at).written)


def apply_rules() -> int:
    """Let the rules of evidence attach what fits now, and let go of the rest."""
    return actions.apply_rules(at=timezone.now())
