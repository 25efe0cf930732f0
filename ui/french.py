"""How figures, dates and distances are written in French, with the spaces that typography asks for.

NARROW (U+202F) separates thousands and precedes ; ! ? — WIDE (U+00A0) ties a number to its unit.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone

NARROW = "\u202f"
WIDE = "\u00a0"
MINUS = "\u2212"
DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
PARTIAL_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


def number(value: float | Decimal, decimals: int = 0) -> str:
    """1234.5 with 2 decimals is « 1 234,50 »; halves are rounded away from zero, as people count."""
    step = Decimal(1).scaleb(-decimals)
    rounded = Decimal(str(value)).quantize(step, rounding=ROUND_HALF_UP)
    text = f"{abs(rounded):,.{decimals}f}".replace(",", NARROW).replace(".", ",")
    return f"{MINUS}{text}" if rounded < 0 else text


def euros(amount: float | Decimal) -> str:
    """Money in euros, always with two decimals: « 1 234,56 € »."""
    return f"{number(amount, 2)}{WIDE}€"


def distance(km: float) -> str:
    """A distance in kilometres as a person says it: « à 600 m », « à 7 km », « à 1 240 km »."""
    if km < 0:
        raise ValueError("a distance cannot be negative")
    if km < 0.05:
        return "sur place"
    if km < 0.95:
        return f"à {max(round(km * 10), 1) * 100}{WIDE}m"
    return f"à {number(km)}{WIDE}km"


def time(moment: dt.datetime | dt.time) -> str:
    """« 18 h 30 », « 9 h »; an aware moment is told in the local time of the site."""
    if isinstance(moment, dt.datetime) and timezone.is_aware(moment):
        moment = timezone.localtime(moment)
    return f"{moment.hour}{WIDE}h{WIDE}{moment.minute:02d}" if moment.minute else f"{moment.hour}{WIDE}h"


def day(value: dt.date | dt.datetime | str | int, *, weekday: bool = False, year: bool = True) -> str:
    """« 24 novembre 2026 », « mardi 24 novembre »; a partial ISO date stays partial: « mars 2025 », « 2025 »."""
    if isinstance(value, str | int):
        found = PARTIAL_DATE.fullmatch(str(value))
        if found is None:
            return str(value)
        if found[3] is None:
            return f"{MONTHS[int(found[2]) - 1]} {found[1]}" if found[2] else found[1]
        value = dt.date(int(found[1]), int(found[2]), int(found[3]))
    if isinstance(value, dt.datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    words = [f"1er{WIDE}{MONTHS[value.month - 1]}" if value.day == 1 else f"{value.day}{WIDE}{MONTHS[value.month - 1]}"]
    if weekday:
        words.insert(0, DAYS[value.weekday()])
    if year:
        words.append(str(value.year))
    return " ".join(words)


def moment(value: dt.date | dt.datetime, *, today: dt.date) -> str:
    """« mardi 24 novembre à 18 h 30 »; the year is said only when it is not today's."""
    if isinstance(value, dt.datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    text = day(value, weekday=True, year=value.year != today.year)
    return f"{text} à {time(value)}" if isinstance(value, dt.datetime) else text


def plural(count: int, one: str, many: str = "") -> str:
    """« 0 résultat », « 1 résultat », « 1 234 résultats »: in French, zero is singular."""
    return f"{number(count)}{WIDE}{one if abs(count) < 2 else (many or one + 's')}"
