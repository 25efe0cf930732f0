"""Delays of the desk, as dated values (data/rules.json)."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from maillage.kernel.dated import dated_value

RULES = Path(__file__).parent / "data/rules.json"
SATURDAY = 5


def days(name: str, on: date) -> int:
    """A delay in days (or months, as the file says): "answer", "draft", "remind", "asleep"."""
    return int(dated_value(RULES, f"desk.{name}", on=on))


def answer_by(on: date) -> date:
    """The day by which somebody who writes today is answered: working days, Monday to Friday; public holidays count
    as working ones, so the promise is never longer than it says."""
    left, day = days("answer_days", on), on
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < SATURDAY
    return day
