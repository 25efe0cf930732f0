"""Rules of the room that change with time."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from maillage.kernel.dated import dated_value

RULES = Path(__file__).parent / "data/rules.json"


def reply_days(on: date) -> int:
    """How many days the reply address of a letter lives."""
    return dated_value(RULES, "discussion.reply_days", on=on)


def mails_an_hour(on: date) -> int:
    """How many replies by mail one person may send in an hour: more is a machine that went round."""
    return dated_value(RULES, "discussion.mails_an_hour", on=on)
