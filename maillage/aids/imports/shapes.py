"""The two shapes of a source: an aid of the API (JSON), a line of its CSV export; each read into our fields.

Source: API of Aides-territoires, /api/aids/ (as seen in its published code, 2023), and its CSV export.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from maillage.aids.facts import Fault, Harvest
from maillage.aids.imports.sorting import harvest
from maillage.aids.imports.vocabulary import code_of, theme_of
from maillage.aids.queries.places import local_by_name, places_in

# Title of the CSV: our field.
CSV_COLUMNS = {
    "Nom": "name", "Lien": "origin_url", "Financeurs": "financers", "Bénéficiaire": "audiences",
    "Types d'aides": "types", "AAP/AMI": "is_call", "Récurrence": "recurrence", "Descriptif": "description",
    "Date Clôture": "deadline_date",
}  # fmt: skip
# Name in the API: our field.
API_FIELDS = {
    "name": "name", "short_title": "short_title", "financers": "financers", "instructors": "instructors",
    "programs": "programmes", "description": "description", "eligibility": "eligibility", "perimeter": "perimeter",
    "mobilization_steps": "steps", "origin_url": "origin_url", "application_url": "application_url",
    "categories": "themes", "is_call_for_project": "is_call", "targeted_audiences": "audiences", "aid_types": "types",
    "destinations": "destinations", "start_date": "start_date", "predeposit_date": "predeposit_date",
    "submission_deadline": "deadline_date", "subvention_rate_lower_bound": "rate_min_percent",
    "subvention_rate_upper_bound": "rate_max_percent", "loan_amount": "loan_amount",
    "recoverable_advance_amount": "advance_amount", "contact": "contact", "recurrence": "recurrence",
}  # fmt: skip
_LISTS = ("financers", "instructors", "programmes")
_CLOSED = ("audiences", "types", "steps", "destinations")
_NUMBERS = ("rate_min_percent", "rate_max_percent", "loan_amount", "advance_amount")
Read = tuple[str, dict[str, Any], list[Fault]]


class _Wrong(Exception):
    """This cell cannot be read; its words say why."""


def read_answer(results: Sequence[Any]) -> Harvest:
    """Every aid of the API's answer, or every fault; a fault's line is the rank of the aid, from 1."""
    local = local_by_name()
    return harvest((rank, *_read_result(rank, one, local)) for rank, one in enumerate(results, start=1))


def _read_result(rank: int, result: Any, local: dict[str, str]) -> Read:
    if not isinstance(result, dict):
        return "", {}, [Fault(rank, "aide", "Ce n’est pas une aide\u00a0: un objet est attendu.")]
    cells = {column: result[column] for column in API_FIELDS if column in result}
    values, faults = _values(rank, cells, API_FIELDS)
    if "perimeter" in values:
        values["coverage"] = places_in(str(values["perimeter"]), local)
    key = str(next((one for one in (result.get("slug"), result.get("id")) if one not in (None, "")), ""))
    return key, values, faults


def read_row(line: int, row: Mapping[str, str]) -> Read:
    """One line of the CSV: its key in the source, its values, its faults."""
    cells = {title: row[title] for title in CSV_COLUMNS}
    split = {title: cells[title].split(";") for title in ("Financeurs", "Bénéficiaire", "Types d'aides")}
    values, faults = _values(line, {**cells, **split}, CSV_COLUMNS)
    try:
        key = urlsplit(cells["Lien"].strip()).path.rstrip("/").rpartition("/")[2]
    except ValueError:
        key = ""
    return key, values, faults


def _values(line: int, cells: Mapping[str, Any], fields: Mapping[str, str]) -> tuple[dict[str, Any], list[Fault]]:
    values: dict[str, Any] = {}
    faults = []
    for column, cell in cells.items():
        field = fields[column]
        try:
            values[field] = _reader(field)(cell)
        except _Wrong as wrong:
            faults.append(Fault(line, column, str(wrong)))
    return values, faults


def _reader(field: str) -> Callable[[Any], Any]:
    if field in _CLOSED:
        return lambda cell: _codes(field, cell)
    if field == "recurrence":
        return lambda cell: next(iter(_codes(field, cell)), "")
    if field == "themes":
        return lambda cell: sorted({code for one in _words(cell) if (code := theme_of(one))})
    if field in _LISTS:
        return _words
    if field.endswith("_date"):
        return _day
    if field in _NUMBERS:
        return _number
    if field == "is_call":
        return _yes
    return _text


def _words(cell: Any) -> list[str]:
    """The words of a list, of a text with semicolons, or of objects that bear a name."""
    said: Iterable[Any] = cell if isinstance(cell, list) else [] if cell is None else [cell]
    found = [str(one.get("name", "")) if isinstance(one, dict) else str(one) for one in said]
    return [one.strip() for one in found if one.strip()]


def _codes(field: str, cell: Any) -> list[str]:
    codes = []
    for word in _words(cell):
        code = code_of(field, word)
        if not code:
            raise _Wrong(
                f"«\u00a0{word[:60]}\u00a0» n’est pas dans la liste connue. Ajoutez-le à data/words.csv s’il est juste."
            )
        codes.append(code)
    return codes


def _day(cell: Any) -> date | None:
    said = _text(cell)
    if not said:
        return None
    try:
        if said[2:3] == "/":
            day, month, year = said.split("/")
            return date(int(year), int(month), int(day))
        return date.fromisoformat(said[:10])
    except ValueError as error:
        raise _Wrong(f"«\u00a0{said[:30]}\u00a0» n’est pas une date (jj/mm/aaaa ou aaaa-mm-jj).") from error


def _number(cell: Any) -> int | None:
    if cell is None or cell == "":
        return None
    try:
        return round(float(cell))
    except (TypeError, ValueError, OverflowError) as error:
        raise _Wrong(f"«\u00a0{str(cell)[:30]}\u00a0» n’est pas un nombre.") from error


def _yes(cell: Any) -> bool:
    said = _text(cell).lower()
    if said in {"", "non", "false", "0", "none"}:
        return False
    if said in {"oui", "true", "1"}:
        return True
    raise _Wrong(f"«\u00a0{said[:30]}\u00a0»\u00a0: « Oui » ou rien est attendu.")


def _text(cell: Any) -> str:
    return "" if cell is None else str(cell).strip()
