"""Dated values: what holds on a day."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime
from decimal import Decimal

from maillage.kernel.models import DatedValue


class ValueMissing(LookupError):
    """No value of this name holds that day: `maillage prepare` loads those that come with the platform."""


def dated_value(key: str, *, on: date) -> DatedValue:
    """The value that holds that day. Raises ValueMissing."""
    found = DatedValue.objects.filter(key=key, start_date__lte=on).order_by("-start_date").first()
    if found is None:
        raise ValueMissing(f"{key}, {on:%d/%m/%Y}")
    return found


def values_on(day: date) -> dict[str, DatedValue]:
    """Every value that holds that day, by key; one query."""
    return {one.key: one for one in DatedValue.objects.filter(start_date__lte=day).order_by("key", "start_date")}


def months_before(at: datetime, months: Decimal) -> datetime:
    """The same moment so many whole months earlier; the last day of a shorter month."""
    total = at.year * 12 + at.month - 1 - int(months)
    year, month = divmod(total, 12)
    return at.replace(year=year, month=month + 1, day=min(at.day, monthrange(year, month + 1)[1]))
