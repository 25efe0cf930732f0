"""Rules of the room that change with time."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from maillage.kernel.dated import dated_value

RULES = Path(__file__).parent / "data/rules.json"


def longest_delegation_days(*, on: date) -> int:
    """How many days somebody may be replaced for; beyond, a mandate is given."""
    return dated_value(RULES, "accounts.delegation_days", on=on)
