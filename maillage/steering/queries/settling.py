"""What the data asks a committee to settle: at most three questions, the most pressing of each kind first.

Words: a *question* is a French sentence and the address of what raised it. The order of kinds is a choice of ours: a
decision that is not kept, then what is blocked, late for long, not followed, far from its target, hoped for without
an answer, then a vote without its decision, and what is late at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal

from maillage.choosing.enums import State as Closing
from maillage.choosing.models import Consultation
from maillage.steering import phrases
from maillage.steering.queries.bodies import broken_decisions, path_of
from maillage.steering.queries.past import end_of
from maillage.strategy.enums import OVER, Money, State
from maillage.strategy.models import BudgetLine, Strategy
from maillage.strategy.queries.indicators import Board
from maillage.strategy.queries.standings import Standing
from ui import french
from ui.print.blocks import Line

MOST = 3
LONG_LATE = timedelta(days=30)
FAR = Decimal("0.5")


def questions(strategy: Strategy, every: Sequence[Standing], board: Board, on: date, site: str) -> list[Line]:
    """In the order of pressing."""
    found: list[Line] = []
    for line in _all(strategy, every, board, on, site):
        found.append(line)
        if len(found) == MOST:
            break
    return found


def _all(strategy: Strategy, every: Sequence[Standing], board: Board, on: date, site: str) -> Iterator[Line]:
    firsts = (
        _decision(strategy, on, site), _blocked(every, site), _late(every, on, site), _unowned(every, site),
        _far_target(board, site), _hoped_money(strategy, on, site), _undecided(on, site),
        _late(every, on, site, timedelta(1)),
    )  # fmt: skip
    seen: set[str] = set()
    for one in firsts:
        if one is not None and one.url not in seen:
            seen.add(one.url)
            yield one


def _decision(strategy: Strategy, on: date, site: str) -> Line | None:
    for decision in broken_decisions(on):
        text = decision.text if decision.text.endswith((".", "!", "?")) else f"{decision.text}."
        told = phrases.ASK_DECISION.format(number=decision.number, text=text)
        path = path_of(decision)
        return Line(told, f"{site}{path}" if path else "")
    return None


def _blocked(every: Sequence[Standing], site: str) -> Line | None:
    for one in every:
        if one.measure.state == State.BLOCKED:
            reason = one.measure.state_note.rstrip(".")
            told = phrases.ASK_BLOCKED.format(measure=one.measure.title, reason=reason)
            return Line(told, f"{site}{one.measure.get_absolute_url()}")
    return None


def _late(every: Sequence[Standing], on: date, site: str, least: timedelta = LONG_LATE) -> Line | None:
    late = [one for one in every if one.late_since and on - one.late_since >= least]
    worst = min(late, key=lambda one: one.late_since or on, default=None)
    if worst is None or worst.late_since is None:
        return None
    days = (on - worst.late_since).days
    long = french.plural(days // 30, "mois", "mois") if days >= LONG_LATE.days else french.plural(days, "jour")
    told = phrases.ASK_LATE.format(measure=worst.measure.title, long=long)
    return Line(told, f"{site}{worst.measure.get_absolute_url()}")


def _unowned(every: Sequence[Standing], site: str) -> Line | None:
    alone = [one for one in every if one.is_unowned and one.measure.state not in OVER]
    if not alone:
        return None
    first = min(alone, key=lambda one: (one.measure.priority, one.measure.position))
    count = french.plural(len(alone), "mesure")
    return Line(phrases.ASK_UNOWNED.format(count=count, measure=first.measure.title), f"{site}/strategie/tableau/")


def _far_target(board: Board, site: str) -> Line | None:
    far = [
        (line.aim.reached / line.aim.most, line)
        for line in board.lines
        if line.aim and not line.aim.is_reached and line.aim.most and line.aim.reached < FAR * line.aim.most
    ]
    if not far:
        return None
    line = min(far, key=lambda pair: (pair[0], pair[1].indicator.code))[1]
    assert line.aim is not None
    told = phrases.ASK_TARGET.format(indicator=line.indicator.title, told=line.aim.words.rstrip("."))
    return Line(told, f"{site}{line.indicator.get_absolute_url()}")


def _undecided(on: date, site: str) -> Line | None:
    """A vote that is counted and that nobody answered."""
    waiting = Consultation.objects.filter(state=Closing.CLOSED, closed_at__lt=end_of(on)).order_by("closed_at").first()
    if waiting is None:
        return None
    return Line(phrases.ASK_UNDECIDED.format(question=waiting.question), f"{site}{waiting.get_absolute_url()}")


def _hoped_money(strategy: Strategy, on: date, site: str) -> Line | None:
    lines = BudgetLine.objects.filter(measure__strategy=strategy, stage=Money.HOPED, year__lte=on.year + 1)
    line = lines.select_related("measure").order_by("-amount", "pk").first()
    if line is None:
        return None
    told = phrases.ASK_MONEY.format(amount=french.euros(line.amount), funder=line.funder[:1].upper() + line.funder[1:])
    return Line(told, f"{site}{line.measure.get_absolute_url()}")
