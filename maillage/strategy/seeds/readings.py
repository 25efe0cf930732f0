"""Readings of the example world, by the verbs: a few typed values that say so, and what the platform counts today."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from maillage.strategy.actions.measuring import record_reading, snapshot_indicators
from maillage.strategy.models import Indicator, Reading
from maillage.strategy.queries import home_strategy

# The plan whose indicators the stories below are about: another's codes mean something else.
PLAN = "ess-2025-2028"
NOTE = "Donnée d’exemple, inventée"
# code, (days ago, value): an invented story that the page tells as such.
TYPED: tuple[tuple[str, tuple[tuple[int, str], ...]], ...] = (
    ("1.9", ((270, "2"), (90, "5"), (5, "9"))),
    ("1.12", ((150, "1"),)),
    ("1.13", ((270, "64"), (90, "91"), (5, "128"))),
    ("3.1", ((240, "6"), (120, "11"), (30, "19"))),
    ("3.5", ((300, "2"), (120, "4"))),
    ("3.6", ((300, "41"), (120, "87"))),
    ("4.11", ((60, "4"),)),
)


def plant_readings(profile: str, at: datetime, say: Callable[[str], None]) -> dict[str, int]:
    """Twice without harm; nothing when the strategy has no indicator."""
    strategy = home_strategy()
    if strategy is None or not Indicator.objects.filter(strategy=strategy).exists():
        return {"relevés d’indicateurs": 0}
    today, written = timezone.localdate(at), 0
    known = set(Reading.objects.filter(indicator__strategy=strategy).values_list("indicator__code", flat=True))
    for code, story in TYPED if strategy.slug == PLAN else ():
        found = Indicator.objects.filter(strategy=strategy, code=code, gauge="").first()
        if found is None or code in known:
            continue
        for days, value in story:
            on = today - timedelta(days=days)
            record_reading(indicator=found, on=on, value=Decimal(value), note=NOTE, by=None, at=at)
            written += 1
    return {"relevés d’indicateurs": written}


def plant_snapshot(profile: str, at: datetime, say: Callable[[str], None]) -> dict[str, int]:
    """What the platform counts once every room has planted: asked before, it would say that nothing is there.

    Twice without harm, as a day is read once.
    """
    strategy = home_strategy()
    if strategy is None or not Indicator.objects.filter(strategy=strategy).exists():
        return {}
    report = snapshot_indicators(strategy=strategy, on=timezone.localdate(at), by=None, at=at)
    return {"chiffres relevés": len(report.written)}
