"""Opening hours in OpenStreetMap syntax: read, said in French, compared with now.

Words: a *rule* is one piece of the text between semicolons; a *slot* is a quarter of an hour of the
week (0 = Monday 00:00, 671 = Sunday 23:45, local time). Holidays are those of France, the clock that of
Paris. Syntax: https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import opening_hours

from ui import french

PARIS = ZoneInfo("Europe/Paris")
# Nobody waits for an opening further than a year away; the library is quicker when told so.
FURTHEST_DAYS = 366
LONGEST_TEXT = 255
SLOT = timedelta(minutes=15)

DAYS = dict(zip(("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"), french.DAYS, strict=True))
MONTHS = dict(
    zip(
        ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
        french.MONTHS,
        strict=True,
    )
)
RANKS = {"1": "premier", "2": "deuxième", "3": "troisième", "4": "quatrième", "5": "cinquième", "-1": "dernier"}
SPLIT = re.compile(r'(?:\s*;\s*|(?<=:\d\d),\s*(?=[A-Z]))(?=(?:[^"]*"[^"]*")*[^"]*$)')
_MONTH, _DAY = "|".join(MONTHS), "|".join(DAYS)
_DATE = rf"(?:\d{{4}} )?(?:{_MONTH}) \d{{1,2}}"
_SEASON = rf"{_DATE}(?:\s?-\s?(?:{_DATE}|\d{{1,2}}))?|(?:{_MONTH})(?:-(?:{_MONTH}))?"
_DAYS = rf"PH|SH|(?:{_DAY})(?:\[[-\d,]+\]|-(?:{_DAY}))?"
_CLOCK = r"(?:\d{1,2}:\d{2}|sunrise|sunset|dawn|dusk)"
RULE = re.compile(
    rf"(?P<season>(?:{_SEASON})(?:,\s?(?:{_SEASON}))*)?:?\s*"
    r"(?:week\s?(?P<weeks>0?[12]-5[23]/2)\s*)?"
    rf"(?P<days>(?:{_DAYS})(?:,\s?(?:{_DAYS}))*)?:?\s*"
    rf"(?P<times>24/7|{_CLOCK}(?:-{_CLOCK}|\+)\+?(?:,\s?{_CLOCK}(?:-{_CLOCK}|\+)\+?)*)?\s*"
    r"(?P<state>off|closed|open|unknown)?\s*"
    r'(?:"(?P<comment>[^"]*)")?'
)
SUN = {"sunrise": "lever du soleil", "sunset": "coucher du soleil", "dawn": "l’aube", "dusk": "crépuscule"}


@dataclass(frozen=True)
class OpenState:
    """is_open: True, False, or None when it depends (appointment) or is not known; sentence: French, or empty."""

    is_open: bool | None
    sentence: str


def is_readable(text: str) -> bool:
    """Can the rule be understood?"""
    return len(text) <= LONGEST_TEXT and bool(opening_hours.validate(text))


def status(text: str, at: datetime) -> OpenState:
    """Open or closed at this moment, and until when. Unreadable or absent hours say nothing.

    at: aware datetime, any zone.
    """
    rule = _rule(text)
    if rule is None:
        return OpenState(None, "")
    local = at.astimezone(PARIS)
    state, comment = rule.state(local)
    change = rule.next_change(local)
    if state == opening_hours.State.UNKNOWN or _is_by_appointment(comment):
        return OpenState(None, "Sur rendez-vous" if _is_by_appointment(comment) else "Horaires à vérifier auprès d’eux")
    if state == opening_hours.State.OPEN:
        return OpenState(True, "Ouvert" if change is None else f"Ouvert, ferme {_when(change, local)}")
    return OpenState(False, "Fermé" if change is None else f"Fermé, ouvre {_when(change, local)}")


def week_slots(text: str, week_of: date) -> set[int]:
    """Slots of the week that holds `week_of` in which the place is open, holidays left aside.

    A slot counts when it is open at its first minute; appointments and unreadable hours give none.
    """
    rule = _rule(text, country=None)
    if rule is None:
        return set()
    monday = datetime.combine(week_of - timedelta(days=week_of.weekday()), time(), PARIS)
    end = datetime.combine(monday.date() + timedelta(days=7), time(), PARIS)
    slots: set[int] = set()
    for start, stop, state, comment in rule.intervals(monday, end):
        if state == opening_hours.State.OPEN and not _is_by_appointment(comment):
            first = -(-_minutes(start, monday) // 15)
            slots.update(range(max(first, 0), min(-(-_minutes(stop, monday) // 15), 672)))
    return slots


def in_french(text: str) -> list[str]:
    """The rules as people say them, one line each; what is too particular is quoted as it was written.

    « Mo-Fr 09:00-12:00; PH off » → ["du lundi au vendredi : de 9 h à 12 h", "fermé les jours fériés"].
    """
    if not text or not is_readable(text):
        return []
    lines = [_line(rule) for rule in SPLIT.split(text.strip().rstrip(";")) if rule.strip()]
    if any(line is None for line in lines):
        return [f"horaires particuliers, notés ainsi : « {text} »"]
    return [line for line in lines if line]


def _rule(text: str, country: str | None = "FR") -> opening_hours.OpeningHours | None:
    if not text or len(text) > LONGEST_TEXT:
        return None
    try:
        return opening_hours.OpeningHours(text, timezone=PARIS, country=country, max_interval_days=FURTHEST_DAYS)
    except opening_hours.ParserError:  # type: ignore[attr-defined]  # missing from the wheel's stubs
        return None


def _minutes(moment: datetime, monday: datetime) -> int:
    """Minutes of the wall clock since Monday 00:00: a change of hour in the week moves nothing."""
    return int((moment.replace(tzinfo=None) - monday.replace(tzinfo=None)).total_seconds() // 60)


def _is_by_appointment(comment: str) -> bool:
    words = comment.lower().replace("-", " ")
    return "rendez vous" in words or "rdv" in words or "appointment" in words


def _when(change: datetime, now: datetime) -> str:
    days = (change.date() - now.date()).days
    if days == 0:
        return f"à {french.time(change)}"
    if days == 1:
        return f"demain à {french.time(change)}" if change.time() != time() else "à minuit"
    if days < 7:
        return f"{french.DAYS[change.weekday()]} à {french.time(change)}"
    return f"le {french.day(change.date(), weekday=True)}"


def _line(rule: str) -> str | None:
    """One rule in French; "" says nothing new, None means it is beyond these words."""
    found = RULE.fullmatch(rule.strip())
    if found is None:
        return None
    when = ", ".join(filter(None, (_seasons(found["season"]), _weeks(found["weeks"]), _days(found["days"]))))
    comment = (found["comment"] or "").strip()
    if found["state"] in ("off", "closed"):
        line = f"fermé {when}".strip() if not found["times"] else f"fermé {when} {_times(found['times'])}"
        return line + (f" ({comment})" if comment else "")
    if found["state"] == "unknown" or (comment and not found["times"]):
        words = comment or "à vérifier auprès de la structure"
        return f"{when} : {words}" if when else words
    line = f"{when or 'tous les jours'} : {_times(found['times'])}"
    return line + (f" ({comment})" if comment else "")


def _seasons(text: str | None) -> str:
    return _list(_season(part) for part in re.split(r",\s?", text)) if text else ""


def _season(part: str) -> str:
    start, _, end = (word.strip() for word in re.sub(r"\s?-\s?", "-", part).partition("-"))
    if not end:
        return f"en {MONTHS[start]}" if start in MONTHS else f"le {_date(start)}"
    if start in MONTHS:
        return f"{_of(MONTHS[start])} à {MONTHS[end]}"
    if end.isdigit():
        *_, month, first = start.split()
        return f"du {_ordinal(first)} au {_ordinal(end)} {MONTHS[month]}"
    return f"du {_date(start)} au {_date(end)}"


def _date(text: str) -> str:
    *year, month, day = text.split()
    return " ".join((_ordinal(day), MONTHS[month], *year))


def _ordinal(day: str) -> str:
    return "1er" if int(day) == 1 else str(int(day))


def _of(month: str) -> str:
    return f"d’{month}" if month[0] in "ao" else f"de {month}"


def _weeks(text: str | None) -> str:
    if not text:
        return ""
    return "les semaines impaires" if text.lstrip("0").startswith("1") else "les semaines paires"


def _days(text: str | None) -> str:
    if not text:
        return ""
    return _list(_some_days(part) for part in re.split(r",\s?(?=[A-Z])", text))


def _some_days(part: str) -> str:
    if part == "PH":
        return "les jours fériés"
    if part == "SH":
        return "pendant les vacances scolaires"
    if part == "Mo-Su":
        return "tous les jours"
    if "[" in part:
        ranks = [RANKS.get(rank, rank) for rank in part[3:-1].split(",")]
        if len(ranks) == 1:
            return f"le {ranks[0]} {DAYS[part[:2]]} du mois"
        return f"les {_list(ranks)} {DAYS[part[:2]]}s du mois"
    first, _, last = part.partition("-")
    return f"du {DAYS[first]} au {DAYS[last]}" if last else f"le {DAYS[first]}"


def _times(text: str | None) -> str:
    if not text or text in ("24/7", "00:00-24:00"):
        return "24 heures sur 24" if text else "toute la journée"
    return _list(_span(part) for part in re.split(r",\s?", text))


def _span(part: str) -> str:
    start, _, end = part.rstrip("+").partition("-")
    if not end:
        return f"à partir {_from(start)}"
    return f"{_from(start)} {_to(end)}" + (" ou plus tard" if part.endswith("+") else "")


def _from(clock: str) -> str:
    if clock in SUN:
        return "de l’aube" if clock == "dawn" else f"du {SUN[clock]}"
    return f"de {_clock(clock)}"


def _to(clock: str) -> str:
    if clock in SUN:
        return "à l’aube" if clock == "dawn" else f"au {SUN[clock]}"
    return "à minuit" if clock == "24:00" else f"à {_clock(clock)}"


def _clock(clock: str) -> str:
    hours, minutes = clock.split(":")
    return french.time(time(int(hours) % 24, int(minutes)))


def _list(words: Iterable[str]) -> str:
    """« a, b et c »."""
    *first, last = list(words)
    return f"{', '.join(first)} et {last}" if first else last
