"""What may stand in an aid: values checked and put in their one form, whoever says them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from maillage.aids import phrases
from maillage.aids.actions.refusal import AidRefused
from maillage.aids.enums import AidType, Audience, Destination, Recurrence, Step
from maillage.aids.text import LONGEST, clean_html
from maillage.directory.enums import TermKind
from maillage.directory.models import Term

_CODES: dict[str, list[str]] = {
    "audiences": Audience.values, "types": AidType.values, "steps": Step.values, "destinations": Destination.values,
}  # fmt: skip
_NAMES = ("financers", "instructors", "programmes")
_TEXTS = ("description", "eligibility", "contact")
_LINES = {"name": 250, "short_title": 250, "perimeter": 250}
_URLS = ("origin_url", "application_url")
_DATES = ("start_date", "predeposit_date", "deadline_date")
_AMOUNTS = ("amount_min", "amount_max", "loan_amount", "advance_amount")
_RATES = ("rate_min_percent", "rate_max_percent")
_PLACE = re.compile(
    r"country:FR|region:[0-9]{2}|department:[0-9][0-9AB][0-9]?|epci:[0-9]{9}|commune:[0-9][0-9AB][0-9]{3}"
)
_GREATEST = 2_000_000_000


def theme_codes() -> list[str]:
    """The subjects that an aid may bear, in their order. One query."""
    terms = Term.objects.filter(kind=TermKind.THEME).order_by("position", "code")
    return list(terms.values_list("code", flat=True))


def checked(values: Mapping[str, Any], *, themes: Iterable[str]) -> dict[str, Any]:
    """The same fields, clean. Raises AidRefused on the first that cannot stand."""
    known = list(themes)
    clean = {field: _reader(field, known)(value) for field, value in values.items()}
    _in_order(clean, "rate_min_percent", "rate_max_percent", phrases.WRONG_RATE)
    _in_order(clean, "amount_min", "amount_max", phrases.WRONG_AMOUNT)
    _in_order(clean, "start_date", "deadline_date", phrases.WRONG_DATES)
    if "name" in clean and not clean["name"]:
        raise AidRefused(phrases.NO_NAME, "name")
    return clean


def _reader(field: str, themes: list[str]) -> Callable[[Any], Any]:
    if field in _CODES or field == "themes":
        return lambda value: _codes(field, value, _CODES.get(field, themes))
    if field == "coverage":
        return _places
    if field == "recurrence":
        return lambda value: (_codes(field, [value] if value else [], Recurrence.values) or [""])[0]
    if field in _LINES:
        return lambda value: _line(field, value, _LINES[field])
    if field in _TEXTS:
        return lambda value: clean_html(_line(field, value, LONGEST, keep_lines=True))
    if field in _NAMES:
        return lambda value: list(dict.fromkeys(_line(field, one, 200) for one in value if str(one).strip()))
    return _PLAIN[field](field) if field in _PLAIN else _REST[field]


def _codes(field: str, value: Iterable[str], known: list[str]) -> list[str]:
    said = set(value)
    for one in sorted(said - set(known)):
        raise AidRefused(phrases.NOT_IN_LIST.format(value=one), field)
    return [code for code in known if code in said]


def _places(value: Iterable[str]) -> list[str]:
    said = list(dict.fromkeys(value))
    for one in said:
        if not _PLACE.fullmatch(one):
            raise AidRefused(phrases.NOT_A_PLACE.format(value=one), "coverage")
    return said


def _line(field: str, value: Any, most: int, *, keep_lines: bool = False) -> str:
    said = str(value or "").replace("\0", "").strip()
    said = said if keep_lines else " ".join(said.split())
    if len(said) > most:
        raise AidRefused(phrases.TOO_LONG, field)
    return said


def _url(field: str, value: Any) -> str:
    said = _line(field, value, 700)
    if said:
        try:
            parts = urlsplit(said)
        except ValueError as error:
            raise AidRefused(phrases.WRONG_URL, field) from error
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise AidRefused(phrases.WRONG_URL, field)
    return said


def _number(field: str, value: Any) -> int | None:
    if value is None or value == "":
        return None
    phrase = phrases.WRONG_RATE if field in _RATES else phrases.WRONG_AMOUNT
    if (
        isinstance(value, bool)
        or not isinstance(value, int)
        or not 0 <= value <= (100 if field in _RATES else _GREATEST)
    ):
        raise AidRefused(phrase, field)
    return value


def _in_order(clean: Mapping[str, Any], least: str, most: str, phrase: str) -> None:
    low, high = clean.get(least), clean.get(most)
    if low is not None and high is not None and low > high:
        raise AidRefused(phrase, most)


# By field: what makes its reader, or the reader itself.
_PLAIN: dict[str, Callable[[str], Callable[[Any], Any]]] = {
    **dict.fromkeys(_URLS, lambda field: partial(_url, field)),
    **dict.fromkeys((*_AMOUNTS, *_RATES), lambda field: partial(_number, field)),
}
_REST: dict[str, Callable[[Any], Any]] = {
    "is_call": bool,
    **dict.fromkeys(_DATES, lambda value: value if isinstance(value, date) else None),
}
