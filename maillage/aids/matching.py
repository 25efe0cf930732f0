"""Does an aid fit somebody? Seven points, each yes, no or unknown, with a sentence. Pure: no query, no clock.

Words: a *seeker* is who looks for an aid; a *place* is a key such as "commune:80620" (`models.Aid.coverage`); an aid
*fits* when no point says no. Every point depends on a small part of the aid and of the seeker: `Board` works it out
once for each pair of such parts, so that thousands of seekers are compared with every aid at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from maillage.aids import phrases
from maillage.aids.enums import STEPS_OF_STAGE, Recurrence


class Verdict(IntEnum):
    """Ordered: the lowest of seven decides."""

    NO = 0
    UNKNOWN = 1
    YES = 2


class Point(NamedTuple):
    """One of the seven. key: one of POINTS; sentence: French, short."""

    key: str
    verdict: Verdict
    sentence: str

    @property
    def label(self) -> str:
        return phrases.POINTS[self.key]


@dataclass(frozen=True)
class Seeker:
    """Who looks for an aid; what is empty was not said. on: date of Paris.

    audience, types: codes of `enums`; themes: codes of the directory's terms; places: every key that holds them, from
    the commune to the country; amount: whole euros looked for.
    """

    on: date
    audience: str = ""
    themes: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    stage: str = ""
    types: frozenset[str] = frozenset()
    amount: int | None = None


@dataclass(frozen=True)
class Facts:
    """What of an aid is compared; as `models.Aid` holds it."""

    audiences: frozenset[str] = frozenset()
    themes: frozenset[str] = frozenset()
    coverage: frozenset[str] = frozenset()
    steps: frozenset[str] = frozenset()
    types: frozenset[str] = frozenset()
    amount_min: int | None = None
    amount_max: int | None = None
    start_date: date | None = None
    deadline_date: date | None = None
    recurrence: str = ""
    is_gone: bool = False


@dataclass(frozen=True)
class Match:
    """points: seven, in the order of POINTS; score: higher is nearer, 0 to MOST."""

    points: tuple[Point, ...]
    score: int

    @property
    def fits(self) -> bool:
        return all(point.verdict is not Verdict.NO for point in self.points)

    @property
    def against(self) -> tuple[Point, ...]:
        return tuple(point for point in self.points if point.verdict is Verdict.NO)

    @property
    def for_it(self) -> tuple[Point, ...]:
        return tuple(point for point in self.points if point.verdict is Verdict.YES)

    @property
    def missing(self) -> tuple[Point, ...]:
        return tuple(point for point in self.points if point.verdict is Verdict.UNKNOWN)


def _answer(key: str, verdict: Verdict, *parts: str) -> Point:
    words = {Verdict.YES: phrases.YES, Verdict.NO: phrases.NO, Verdict.UNKNOWN: phrases.UNKNOWN}[verdict]
    return Point(key, verdict, parts[0] if parts else words[key])


def _overlap(key: str, of_aid: frozenset[str], of_seeker: frozenset[str]) -> Point:
    if not of_aid:
        return _answer(key, Verdict.UNKNOWN)
    if not of_seeker:
        return _answer(key, Verdict.UNKNOWN, phrases.NOT_SAID[key])
    return _answer(key, Verdict.YES if of_aid & of_seeker else Verdict.NO)


def _audience(of_aid: frozenset[str], of_seeker: str) -> Point:
    return _overlap("audience", of_aid, frozenset({of_seeker} if of_seeker else ()))


def _theme(of_aid: frozenset[str], of_seeker: frozenset[str]) -> Point:
    return _overlap("theme", of_aid, of_seeker)


def _place(of_aid: frozenset[str], of_seeker: frozenset[str]) -> Point:
    """No only when the seeker's place is known as finely as the aid's: a department alone does not tell a commune."""
    if phrases.EVERYWHERE in of_aid:
        return _answer("place", Verdict.YES, phrases.YES_EVERYWHERE)
    first = _overlap("place", of_aid, of_seeker)
    if first.verdict is not Verdict.NO:
        return first
    known = {one.partition(":")[0] for one in of_seeker}
    is_finer = any(one.partition(":")[0] not in known for one in of_aid)
    return _answer("place", Verdict.UNKNOWN, phrases.FINER_PLACE) if is_finer else first


def _stage(of_aid: frozenset[str], of_seeker: str) -> Point:
    return _overlap("stage", of_aid, STEPS_OF_STAGE.get(of_seeker, frozenset()))


def _type(of_aid: frozenset[str], of_seeker: frozenset[str]) -> Point:
    if not of_seeker:
        return _answer("type", Verdict.YES, phrases.ANY_TYPE)
    return _overlap("type", of_aid, of_seeker)


def _amount(of_aid: tuple[int | None, int | None], of_seeker: int | None) -> Point:
    least, most = of_aid
    if least is None and most is None:
        return _answer("amount", Verdict.UNKNOWN)
    if of_seeker is None:
        return _answer("amount", Verdict.UNKNOWN, phrases.bounds(least, most))
    if most is not None and of_seeker > most:
        return _answer("amount", Verdict.NO, phrases.too_much(most))
    if least is not None and of_seeker < least:
        return _answer("amount", Verdict.NO, phrases.too_little(least))
    return _answer("amount", Verdict.YES, phrases.bounds(least, most))


def _date(of_aid: tuple[date | None, date | None, str, bool], on: date) -> Point:
    start, deadline, recurrence, is_gone = of_aid
    if is_gone:
        return _answer("date", Verdict.NO, phrases.GONE)
    if deadline is not None and deadline < on:
        return _answer("date", Verdict.NO, phrases.closed_since(deadline))
    if start is not None and start > on:
        return _answer("date", Verdict.UNKNOWN, phrases.opens_on(start))
    if deadline is not None:
        return _answer("date", Verdict.YES, phrases.open_until(deadline))
    return _answer("date", Verdict.YES if recurrence == Recurrence.ONGOING else Verdict.UNKNOWN)


@dataclass(frozen=True)
class _Dimension:
    """One point: what of the aid and of the seeker it looks at, how, and how much it weighs."""

    key: str
    weight: int
    of_aid: Callable[[Facts], Any]
    of_seeker: Callable[[Seeker], Any]
    compare: Callable[[Any, Any], Point]


_DIMENSIONS = (
    _Dimension("audience", 3, lambda aid: aid.audiences, lambda one: one.audience, _audience),
    _Dimension("theme", 3, lambda aid: aid.themes, lambda one: one.themes, _theme),
    _Dimension("place", 3, lambda aid: aid.coverage, lambda one: one.places, _place),
    _Dimension("stage", 2, lambda aid: aid.steps, lambda one: one.stage, _stage),
    _Dimension("type", 1, lambda aid: aid.types, lambda one: one.types, _type),
    _Dimension("amount", 1, lambda aid: (aid.amount_min, aid.amount_max), lambda one: one.amount, _amount),
    _Dimension(
        "date", 1, lambda aid: (aid.start_date, aid.deadline_date, aid.recurrence, aid.is_gone),
        lambda one: one.on, _date,
    ),
)  # fmt: skip
POINTS = tuple(one.key for one in _DIMENSIONS)
MOST = sum(one.weight * Verdict.YES for one in _DIMENSIONS)


def match(seeker: Seeker, aid: Facts) -> Match:
    """One aid, looked at by itself."""
    points = tuple(one.compare(one.of_aid(aid), one.of_seeker(seeker)) for one in _DIMENSIONS)
    return Match(points, sum(one.weight * point.verdict for one, point in zip(_DIMENSIONS, points, strict=True)))


@dataclass(frozen=True)
class _Column:
    """One point of every aid for one part of a seeker."""

    points: list[Point]
    verdicts: Any  # int8, one per aid


@dataclass(frozen=True)
class Row:
    """Every aid of a board for one seeker, in the order of the board. fits: bool, scores: int16, one per aid."""

    columns: tuple[_Column, ...]
    fits: Any
    scores: Any

    @cached_property
    def reasons(self) -> list[tuple[Point, ...]]:
        """Seven points for each aid."""
        return list(zip(*(column.points for column in self.columns), strict=True))

    def ranked(self) -> list[int]:
        """Places of the aids in the board: those that fit first, then by score; equal ones in the board's order."""
        return [int(one) for one in np.lexsort((-self.scores, ~self.fits))]

    def match(self, place: int) -> Match:
        return Match(self.reasons[place], int(self.scores[place]))


@dataclass
class Board:
    """Some aids, ready to be compared with many seekers."""

    aids: Sequence[Facts]
    _kept: list[dict[Any, _Column]] = field(default_factory=lambda: [{} for _ in _DIMENSIONS], repr=False)

    @cached_property
    def _parts(self) -> list[tuple[list[Any], Any]]:
        """For each point: the different parts of aids, and which one each aid has."""
        found = []
        for one in _DIMENSIONS:
            rank: dict[Any, int] = {}
            places = [rank.setdefault(one.of_aid(aid), len(rank)) for aid in self.aids]
            found.append((list(rank), np.array(places, dtype=np.intp)))
        return found

    def row(self, seeker: Seeker) -> Row:
        """Every aid for this seeker."""
        columns = tuple(self._column(rank, one.of_seeker(seeker)) for rank, one in enumerate(_DIMENSIONS))
        verdicts = np.stack([column.verdicts for column in columns])
        return Row(columns, verdicts.min(axis=0) > Verdict.NO, _WEIGHTS @ verdicts)

    def rows(self, seekers: Sequence[Seeker]) -> Iterator[Row]:
        yield from map(self.row, seekers)

    def _column(self, rank: int, of_seeker: Any) -> _Column:
        kept = self._kept[rank].get(of_seeker)
        if kept is None:
            parts, places = self._parts[rank]
            different = [_DIMENSIONS[rank].compare(part, of_seeker) for part in parts]
            verdicts = np.array([point.verdict for point in different], dtype=np.int16)
            kept = _Column([different[place] for place in places], verdicts[places])
            self._kept[rank][of_seeker] = kept
        return kept


_WEIGHTS = np.array([one.weight for one in _DIMENSIONS], dtype=np.int16)
