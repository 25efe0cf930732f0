"""Read a plan back from its workbook: every mistake with its sheet, line and column, or the rows as facts.

Words: a *problem* is a French sentence with its place. Neighbours: `actions.importing` writes what was read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from maillage.accounts.models import User
from maillage.kernel import workbooks
from maillage.kernel.spreadsheets import JOINT
from maillage.strategy import phrases
from maillage.strategy.book.columns import MEASURES, SHEETS, Column, Facts, Reads
from maillage.strategy.enums import Framework

MOST_ROWS = 5_000
MOST_PROBLEMS = 60
_NOTES = "Lisez-moi"


@dataclass
class Book:
    """What the workbook says. rows: by sheet, (line, facts); moment: when it was written, None when it does not say."""

    plan: str = ""
    moment: datetime | None = None
    rows: dict[str, list[tuple[int, Facts]]] = field(default_factory=dict)


class BookRefused(Exception):
    """Nothing is kept; `problems` are French sentences with their place."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems[:MOST_PROBLEMS]
        if len(problems) > MOST_PROBLEMS:
            self.problems.append(phrases.BOOK_MORE.format(more=len(problems) - MOST_PROBLEMS))


def read_book(path: Path, people: Mapping[str, list[User]]) -> Book:
    """The workbook whole. people: by name, those who may be named. Raises BookRefused."""
    book, problems = Book(), []
    try:
        with workbooks.opened(path) as opened:
            titles = {sheet.title for sheet in opened.worksheets}
            if _NOTES in titles:
                _read_notes(book, dict(_pairs(opened)))
            for title in SHEETS:
                if title not in titles:
                    problems.append(phrases.BOOK_NO_SHEET.format(sheet=title))
                else:
                    book.rows[title] = _read_sheet(title, workbooks.rows(opened, title), people, problems.append)
    except workbooks.WorkbookRefused as refusal:
        raise BookRefused([str(refusal)]) from refusal
    _refuse_twice(book, problems.append)
    if problems:
        raise BookRefused(problems)
    return book


def _pairs(opened: Any) -> Iterator[tuple[str, str]]:
    for _, cells in workbooks.rows(opened, _NOTES):
        if len(cells) > 1:
            yield cells[0], cells[1]


def _read_notes(book: Book, notes: Mapping[str, str]) -> None:
    book.plan = notes.get(phrases.BOOK_PLAN, "")
    try:
        book.moment = datetime.fromisoformat(notes[phrases.BOOK_MOMENT])
    except (KeyError, ValueError):
        book.moment = None
    if book.moment is not None and book.moment.tzinfo is None:
        book.moment = None


def _read_sheet(
    title: str, rows: Iterator[tuple[int, list[str]]], people: Mapping[str, list[User]], complain: Callable[[str], None]
) -> list[tuple[int, Facts]]:
    columns = SHEETS[title]
    _, heading = next(rows, (1, []))
    heading = [cell.strip().casefold() for cell in heading]
    places = {column.name: heading.index(column.label) for column in columns if column.label in heading}
    for column in columns:
        if column.name not in places:
            complain(phrases.BOOK_NO_COLUMN.format(sheet=title, column=column.label))
    if len(places) < len(columns):
        return []
    found: list[tuple[int, Facts]] = []
    for line, cells in rows:
        if not any(cells):
            continue
        if len(found) >= MOST_ROWS:
            complain(phrases.BOOK_TOO_LONG.format(sheet=title, most=MOST_ROWS))
            break
        facts: Facts = {}
        for column in columns:
            rank = places[column.name]
            text = cells[rank] if rank < len(cells) else ""
            try:
                facts[column.name] = _value(text, column, people)
            except ValueError as error:
                place = phrases.BOOK_PLACE.format(sheet=title, line=line, column=column.label)
                complain(f"{place} : {error}")
        found.append((line, facts))
    return found


def _value(text: str, column: Column, people: Mapping[str, list[User]]) -> Any:
    """What the cell says. Raises ValueError with a French sentence."""
    if not text:
        if column.is_required:
            raise ValueError(phrases.BOOK_EMPTY)
        return _NOTHING.get(column.reads, "")
    if column.reads is Reads.TEXT and len(text) > column.longest:
        raise ValueError(phrases.BOOK_LONG.format(longest=column.longest))
    if column.reads is Reads.PERSON:
        return _person(text, people)
    if column.reads is Reads.CHOICE:
        return _choice(text, column.choices)
    return _PLAIN[column.reads](text)


def _frames(text: str) -> list[str]:
    return [_choice(one.strip(), Framework) for one in text.split(JOINT.strip()) if one.strip()]


def _number(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) <= 9_999:
        raise ValueError(phrases.BOOK_NUMBER.format(text=text))
    return int(text)


def _day(text: str) -> date:
    for pattern in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text.strip(), pattern).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise ValueError(phrases.BOOK_DAY.format(text=text))


def _money(text: str) -> Decimal:
    plain = "".join(text.replace("€", "").split()).replace(",", ".")
    try:
        amount = Decimal(plain)
    except InvalidOperation as error:
        raise ValueError(phrases.BOOK_MONEY.format(text=text)) from error
    if not amount.is_finite() or not 0 < amount < 10**10 or amount != round(amount, 2):
        raise ValueError(phrases.BOOK_MONEY.format(text=text))
    return round(amount, 2)


_NOTHING: dict[Reads, Any] = {Reads.DAY: None, Reads.PERSON: None, Reads.FRAMES: []}
_PLAIN: dict[Reads, Callable[[str], Any]] = {
    Reads.TEXT: str, Reads.DAY: _day, Reads.NUMBER: _number, Reads.MONEY: _money, Reads.FRAMES: _frames
}  # fmt: skip


def _choice(text: str, choices: Any) -> Any:
    for one in choices:
        if text.casefold() == str(one.label).casefold():
            return one.value
    raise ValueError(phrases.BOOK_CHOICE.format(text=text, known=", ".join(str(one.label) for one in choices)))


def _person(text: str, people: Mapping[str, list[User]]) -> User:
    found = people.get(text.strip(), [])
    if len(found) == 1:
        return found[0]
    raise ValueError((phrases.BOOK_NAMESAKES if found else phrases.BOOK_NOBODY).format(text=text))


_KEYS = {MEASURES: ("code",), "Étapes": ("code", "position"), "Budget": ("code", "funder", "year", "stage")}


def _refuse_twice(book: Book, complain: Callable[[str], None]) -> None:
    for title, names in _KEYS.items():
        seen: dict[tuple[Any, ...], int] = {}
        for line, facts in book.rows.get(title, []):
            key = tuple(facts.get(name) for name in names)
            if None not in key and key in seen:
                complain(phrases.BOOK_TWICE.format(sheet=title, line=line, first=seen[key]))
            seen.setdefault(key, line)
