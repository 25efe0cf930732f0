"""Where measures stand on a day: late or not, what was done, what comes next, and their sums.

Words: a *standing* is the state of a measure with what the calendar adds to it; a *sum* counts standings by word.
Neighbours: the public pages, the back office, the steering file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from maillage.accounts.models import User
from maillage.strategy import phrases
from maillage.strategy.enums import OVER, State
from maillage.strategy.models import Measure, News, Step, Strategy
from ui import french

TONES = {State.DONE: "done", State.UNDER_WAY: "info", State.BLOCKED: "late", State.TO_LAUNCH: "neutral"}


@dataclass(frozen=True)
class Standing:
    """A measure on a day. steps in their order; late_since: the first day that was missed, None when none was."""

    measure: Measure
    steps: tuple[Step, ...]
    late_since: date | None

    @property
    def is_late(self) -> bool:
        return self.late_since is not None

    @property
    def key(self) -> str:
        """How a sum counts it: its state, or "late" where something runs and a day was missed."""
        return "late" if self.is_late else self.measure.state

    @property
    def label(self) -> str:
        """The state in a word, « En retard » before it when a day was missed."""
        state = State(self.measure.state).label
        return f"{phrases.LATE} ({state.lower()})" if self.is_late else state

    @property
    def tone(self) -> str:
        """Of its badge."""
        return "late" if self.is_late else TONES.get(State(self.measure.state), "warning")

    @property
    def done_count(self) -> int:
        return sum(step.done_date is not None for step in self.steps)

    @property
    def next_step(self) -> Step | None:
        """The open step with the nearest day, else the first open one."""
        still = [step for step in self.steps if step.done_date is None]
        return min(still, key=lambda step: (step.due_date or date.max, step.position), default=None)

    @property
    def is_unowned(self) -> bool:
        """Does nobody of the platform answer for it, though it is not over?"""
        return self.measure.owner_id is None and self.measure.state not in OVER


@dataclass(frozen=True)
class SumLine:
    """How many measures stand so; words: « réalisée,réalisées »."""

    key: str
    count: int
    words: str


def standing(measure: Measure, steps: Iterable[Step], on: date) -> Standing:
    """Of one measure with its steps. What is over or put off cannot be late."""
    ordered = tuple(sorted(steps, key=lambda step: (step.position, step.pk)))
    missed: list[date] = []
    if measure.state not in (*OVER, State.POSTPONED):
        missed = [step.due_date for step in ordered if step.done_date is None and step.due_date]
        missed += [measure.end_date] if measure.end_date else []
    return Standing(measure, ordered, min((day for day in missed if day < on), default=None))


def standings(measures: Iterable[Measure], on: date) -> list[Standing]:
    """In the order given; one query for all steps."""
    found = list(measures)
    steps: dict[int, list[Step]] = {}
    for step in Step.objects.filter(measure__in=found).order_by("position", "pk"):
        steps.setdefault(step.measure_id, []).append(step)
    return [standing(one, steps.get(one.pk, ()), on) for one in found]


def sums(rows: Iterable[Standing]) -> list[SumLine]:
    """By word, in the order of `phrases.SUMS`; words that nothing has are left out."""
    counts = Counter(one.key for one in rows)
    return [SumLine(key, counts[key], words) for key, words in phrases.SUMS.items() if counts[key]]


def counted_words(rows: Iterable[Standing]) -> str:
    """« 23 mesures et 2 instances »: a body stands in the plan with no axis, and is told apart."""
    places = [one.measure.axis_id for one in rows]
    bodies = places.count(None)
    measures = french.plural(len(places) - bodies, "mesure")
    return f"{measures} et {french.plural(bodies, 'instance')}" if bodies else measures


@dataclass(frozen=True)
class Column:
    """The measures that stand alike, as a board shows them. words: « réalisée,réalisées »."""

    key: str
    words: str
    rows: list[Standing]


def by_state(strategy: Strategy, axis: str, on: date) -> list[Column]:
    """The whole plan, or one axis (its number), by word, in the order of `phrases.SUMS`; empty columns are left out."""
    found = measures_of(strategy)
    rows = standings(found.filter(axis__number=int(axis)) if axis else found, on)
    return [
        Column(key, words, kept)
        for key, words in phrases.SUMS.items()
        if (kept := [one for one in rows if one.key == key])
    ]


def measures_of(strategy: Strategy) -> QuerySet[Measure]:
    """Axis after axis, then the bodies; who answers for each is loaded."""
    return Measure.objects.filter(strategy=strategy).select_related("axis", "owner").order_by("position", "code")


def measure_of(strategy: Strategy | None, code: str) -> Measure | None:
    """The measure of this code (« 1.3 », « g.1 »), whatever the case."""
    if strategy is None:
        return None
    return (
        Measure.objects.select_related("axis", "strategy__territory")
        .filter(strategy=strategy, code=code.upper())
        .first()
    )


def latest_news(strategy: Strategy, most: int) -> list[News]:
    """What moved last, over all measures."""
    found = News.objects.filter(measure__strategy=strategy).select_related("measure")
    return list(found.order_by("-news_date", "-pk")[:most])


def wanted(rows: Iterable[Standing], facts: Mapping[str, str], person: User) -> list[Standing]:
    """Those that the filters of the list ask for (`etat`, `axe`, `suivie`), the late ones first, oldest day first."""
    kept = [one for one in rows if _is_wanted(one, facts, person)]
    return sorted(kept, key=lambda one: one.late_since or date.max)


def _is_wanted(one: Standing, facts: Mapping[str, str], person: User) -> bool:
    number = str(one.measure.axis.number) if one.measure.axis else "0"
    followed = {"moi": one.measure.owner_id == person.pk, "personne": one.is_unowned}
    return (
        facts.get("etat", one.key) in (one.key, one.measure.state)
        and facts.get("axe", number) == number
        and ("suivie" not in facts or followed[facts["suivie"]])
    )


@dataclass(frozen=True)
class Watch:
    """What must move: late measures, steps of the next days with their measure, what nobody answers for."""

    late: list[Standing]
    soon: list[tuple[Step, Measure]]
    unowned: int


SOON = timedelta(days=14)


def watch(rows: Iterable[Standing], on: date) -> Watch:
    """Of all measures, on a day."""
    every = list(rows)
    steps = [
        (step, one.measure)
        for one in every
        for step in one.steps
        if step.done_date is None and step.due_date and on <= step.due_date <= on + SOON
    ]
    late = sorted((one for one in every if one.late_since), key=lambda one: one.late_since or on)
    return Watch(late, sorted(steps, key=lambda pair: pair[0].due_date or on), sum(one.is_unowned for one in every))
