"""Ceilings, thresholds and delays of grants, as dated values with their source (data/rules.json)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

from maillage.calls.enums import StateAid
from maillage.grants.enums import AgreementKind
from maillage.kernel.dated import dated_value, months_before

RULES = Path(__file__).parent / "data/rules.json"
WINDOW_MONTHS = 36


def ceiling(regulation: str, on: date) -> Decimal:
    """Euros that a single undertaking may receive in three rolling years under this regulation.

    Raises LookupError for a regime without a ceiling, or a day before its first value.
    """
    return Decimal(dated_value(RULES, f"grants.ceiling.{StateAid(regulation).value}", on=on))


def window_start(on: date) -> date:
    """The day after which aids count, three years before: ]this day; on]."""
    return months_before(on, WINDOW_MONTHS)


def agreement_kind(amount: Decimal, on: date) -> AgreementKind:
    """A convention when the amount is over the threshold of the law that day, else a notification."""
    over = Decimal(dated_value(RULES, "grants.convention_over", on=on))
    return AgreementKind.CONVENTION if amount > over else AgreementKind.NOTICE


def number(name: str, on: date) -> int:
    """A delay: "publish_months", "register_days", "appeal_months", "remind_first", "remind_last", "return_days"."""
    return dated_value(RULES, f"grants.{name}", on=on)
