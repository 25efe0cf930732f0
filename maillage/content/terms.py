"""How long a resource may be trusted without being looked at again, as a dated value (data/rules.json)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from maillage.kernel.dated import dated_value, months_before

RULES = Path(__file__).parent / "data/rules.json"


def verified_since(on: date) -> date:
    """What was verified before this day is to be verified again."""
    return months_before(on, dated_value(RULES, "content.verify_months", on=on))
