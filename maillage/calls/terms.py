"""Delays and limits of applications, as dated values (data/applying.json, data/review.json, data/terms.json)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from maillage.kernel.dated import dated_value

_DATA = Path(__file__).parent / "data"
APPLYING = _DATA / "applying.json"
REVIEW = _DATA / "review.json"


def value(name: str, on: date) -> int:
    """A value of data/applying.json that day, in its unit: "silence_months", "draft_reminder_days"…"""
    return dated_value(APPLYING, f"calls.{name}", on=on)


def draft_months(on: date) -> int:
    """How long a draft is kept that nobody changes, in months."""
    return dated_value(_DATA / "terms.json", "term.application_draft", on=on)


def review(name: str, on: date) -> int:
    """A value of data/review.json that day: "completion_reminder_days", "review_reminder_days", "least_reviews"."""
    return int(dated_value(REVIEW, f"calls.{name}", on=on))
