"""Rules of the room that change with time."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from maillage.kernel.dated import dated_value

RULES = Path(__file__).parent / "data/rules.json"


def dormant_months(*, is_yearly: bool, on: date) -> int:
    """After how many months without a meeting a body is dormant; one that meets once a year has longer."""
    return dated_value(RULES, f"governance.dormant_months{'_yearly' if is_yearly else ''}", on=on)


def most_proxies(*, on: date) -> int:
    """How many proxies one member may hold at a meeting."""
    return dated_value(RULES, "governance.proxies", on=on)


def check_in_minutes(*, on: date) -> tuple[int, int]:
    """From how many minutes before the start, until how many after the end, the code is taken."""
    before = dated_value(RULES, "governance.check_in_before", on=on)
    return before, dated_value(RULES, "governance.check_in_after", on=on)


def remind_days_before(*, on: date) -> int:
    """How many days before its day an action is recalled."""
    return dated_value(RULES, "governance.remind_before", on=on)


def active_presences(*, on: date) -> int:
    """How many presences in twelve months make an active member."""
    return dated_value(RULES, "governance.active_presences", on=on)
