"""The committee's file in a dozen slides: each says one thing."""

from __future__ import annotations

from collections.abc import Iterator

from maillage.steering import phrases
from maillage.steering.queries import bodies
from maillage.steering.queries.told import Told, difference, engaged, funders_of, moves_of
from maillage.strategy.queries import standings
from ui import french
from ui.print.blocks import Bullets, Line, Paragraph, Slide, Table

MOST_ON_SLIDE = 7


def slides_of(told: Told) -> Iterator[Slide]:
    assert told.board is not None
    yield Slide(f"{phrases.TITLE}, {french.day(told.on)}", [Paragraph(told.strategy.title), _sums_slide(told)])
    yield Slide(phrases.ENGAGED, [engaged(told)])
    moves = moves_of(told)
    if moves:
        yield Slide(phrases.MOVED, [Bullets(moves[:MOST_ON_SLIDE])])
    measured = [line for line in told.board.lines if line.point is not None]
    for group in told.board.axes:
        lines = [line for line in measured if line.indicator.axis_id == (group.axis.pk if group.axis else None)]
        if lines and group.axis:
            rows = [
                (
                    Line(line.indicator.title),
                    Line(line.point.words if line.point else ""),
                    Line(difference(told, line)),
                )
                for line in lines[:MOST_ON_SLIDE]
            ]
            yield Slide(str(group.axis), [Table(str(group.axis), ("Indicateur", "Valeur", "Écart"), rows, (5, 3, 3))])
    for curve in told.curves[:2]:
        yield Slide(curve.name, [curve, Paragraph(curve.story)])
    late = [one for one in told.every if one.late_since]
    if late:
        yield Slide(phrases.LATE, [Bullets([told.measure(one) for one in late[:MOST_ON_SLIDE]])])
    decided = list(bodies.decisions_to_report(told.since, told.on)[:MOST_ON_SLIDE])
    if decided:
        lines_of = [
            Line(
                phrases.DECIDED.format(
                    body=one.body, number=one.number, text=one.text.rstrip("."), state=one.get_state_display().lower()
                )
            )
            for one in decided
        ]
        yield Slide(phrases.DECISIONS, [Bullets(lines_of)])
    if told.budget.by_funder:
        yield Slide(phrases.BUDGET, [funders_of(told.budget)])
    if told.questions:
        yield Slide(phrases.SETTLE, [Bullets(told.questions)])


def _sums_slide(told: Told) -> Bullets:
    return Bullets([Line(french.plural(one.count, *one.words.split(","))) for one in standings.sums(told.every)])
