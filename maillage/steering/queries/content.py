"""Write the committee's file from what every room holds, as blocks that any form prints.

Words: a *part* is a heading with its blocks; a *line* with an address leads to the list or page that the figure counts.
Neighbours: `past` says where measures stood, `settling` what is to be decided, `bodies` what was.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.utils import timezone

from maillage.choosing.models import Consultation
from maillage.choosing.queries.results import shown
from maillage.governance.models import Decision
from maillage.needs.models import Need, Theme
from maillage.steering import phrases
from maillage.steering.queries import bodies, settling
from maillage.steering.queries.past import end_of, standings_on
from maillage.steering.queries.slides import slides_of
from maillage.steering.queries.told import Told, by_axis, curves_of, difference, engaged, funders_of, moves_of
from maillage.strategy.models import Strategy
from maillage.strategy.phrases import SUMS
from maillage.strategy.queries import standings
from maillage.strategy.queries.budget import budget_of_plan
from maillage.strategy.queries.indicators import IndicatorLine, board_of
from maillage.strategy.queries.standings import Standing
from ui import french
from ui.print.blocks import Block, Bullets, Document, Heading, Line, Paragraph, Table


def document_of(*, strategy: Strategy, on: date, since: date | None, made: datetime, site: str) -> Document:
    """The whole file as of `on`, compared with `since`. Nothing in it names a private person."""
    told = Told(strategy, on, since, made, site)
    told.every = standings_on(strategy, on)
    told.before = {one.measure.code: one for one in standings_on(strategy, since)} if since else {}
    told.board = board_of(strategy, on)
    told.last = {line.indicator.code: line for line in board_of(strategy, since).lines} if since else {}
    told.budget = budget_of_plan(strategy)
    told.curves = curves_of(told)
    told.questions = settling.questions(strategy, told.every, told.board, on, site)
    blocks = [
        *_in_a_page(told), *_measures(told), *_indicators(told), *_late(told), *_decisions(told), *_choices(told),
        *_budget(told),
    ]  # fmt: skip
    compared = phrases.COMPARED.format(day=french.day(since)) if since else phrases.FIRST
    return Document(
        title=phrases.TITLE, eyebrow=phrases.EYEBROW.format(day=french.day(on)),
        lead=phrases.LEAD.format(compared=compared), author=strategy.territory.name,
        source=phrases.SOURCE.format(strategy=strategy.title, day=french.day(on)),
        blocks=(*_note(told), *blocks, *_appendix(told)), slides=tuple(slides_of(told)),
    )  # fmt: skip


def _note(told: Told) -> Iterator[Block]:
    made = timezone.localdate(told.made)
    if made != told.on:
        yield Paragraph(phrases.AFTERWARDS.format(made=french.day(made), day=french.day(told.on)))


def _sums(told: Told) -> Table:
    now = {one.key: one.count for one in standings.sums(told.every)}
    then = {one.key: one.count for one in standings.sums(told.before.values())}
    rows = [
        (
            told.path(french.plural(now.get(key, 0), *words.split(",")), f"/strategie/tableau/#colonne-{key}"),
            Line(_gap(now.get(key, 0) - then.get(key, 0)) if told.since else "–"),
        )
        for key, words in SUMS.items()
        if now.get(key) or then.get(key)
    ]
    return Table("Les mesures et les instances par état", ("Mesures", "Depuis le dernier dossier"), rows, (3, 2))


def _gap(gap: int) -> str:
    if gap == 0:
        return phrases.SAME
    return (phrases.MORE if gap > 0 else phrases.LESS).format(gap=french.number(abs(gap)))


def _in_a_page(told: Told) -> Iterator[Block]:
    yield Heading(1, phrases.IN_A_PAGE)
    yield _sums(told)
    yield Heading(2, phrases.SETTLE)
    yield Bullets(told.questions) if told.questions else Paragraph(phrases.NOTHING_TO_SETTLE)


def _measures(told: Told) -> Iterator[Block]:
    yield Heading(1, phrases.MEASURES)
    yield Heading(2, phrases.ENGAGED)
    yield engaged(told)
    if told.since:
        yield Heading(2, phrases.MOVED)
        moves = moves_of(told)
        yield Bullets(moves) if moves else Paragraph(phrases.NOTHING_MOVED)
    for title, rows in by_axis(told):
        yield Heading(2, title)
        yield Table(
            title, ("Mesure", "Où elle en est", "Étapes", "Ensuite"), [_row(told, one) for one in rows], (5, 3, 2, 4)
        )


def _row(told: Told, one: Standing) -> tuple[Line, ...]:
    label = f"{one.label}. {one.measure.state_note}" if one.measure.state_note else one.label
    steps = f"{one.done_count} sur {len(one.steps)}" if one.steps else "–"
    then = one.next_step
    day = f", {french.day(then.due_date)}" if then and then.due_date else ""
    return told.measure(one), Line(label), Line(steps), Line(f"{then.title}{day}" if then else "–")


def _indicators(told: Told) -> Iterator[Block]:
    assert told.board is not None
    yield Heading(1, phrases.INDICATORS)
    for group in told.board.axes:
        title = str(group.axis) if group.axis else "Sans axe"
        yield Heading(2, title)
        if group.measured:
            rows = [_figure(told, line) for line in group.measured]
            yield Table(title, ("Indicateur", "Valeur", "Écart", "Cible"), rows, (5, 3, 3, 4))
        if group.waiting:
            yield Paragraph(phrases.NOT_MEASURED.format(names=", ".join(one.indicator.title for one in group.waiting)))
    if told.curves:
        yield Heading(2, phrases.CURVES)
        yield from told.curves


def _figure(told: Told, line: IndicatorLine) -> tuple[Line, ...]:
    assert line.point is not None
    indicator = line.indicator
    name = told.path(f"{indicator.code} {indicator.title}", indicator.get_absolute_url())
    value = told.path(line.point.words, line.point.path) if line.point.path else Line(line.point.words)
    return name, value, Line(difference(told, line)), Line(line.aim.words if line.aim else "–")


def _late(told: Told) -> Iterator[Block]:
    yield Heading(1, phrases.LATE)
    late = sorted((one for one in told.every if one.late_since), key=lambda one: one.late_since or told.on)
    if not late:
        yield Paragraph(phrases.NOT_LATE)
        return
    rows = [
        (
            told.measure(one), Line(french.day(one.late_since) if one.late_since else ""),
            Line(one.next_step.title if one.next_step else "–"), Line(one.measure.carried_by or phrases.NOBODY),
        )
        for one in late
    ]  # fmt: skip
    yield Table(phrases.LATE, ("Mesure", "Depuis le", "Ce qui manque", "Portée par"), rows, (4, 2, 4, 3))


def _decisions(told: Told) -> Iterator[Block]:
    yield Heading(1, phrases.DECISIONS)
    rows = [
        (
            _numbered(told, one), Line(one.text),
            Line(f"{one.get_state_display()}. {one.note}" if one.note else one.get_state_display()),
        )
        for one in bodies.decisions_to_report(told.since, told.on)
    ]  # fmt: skip
    if rows:
        yield Table(phrases.DECISIONS, ("Décision", "Ce qui est décidé", "Suite"), rows, (3, 5, 4))
    else:
        yield Paragraph(phrases.NO_DECISION)
    sums = bodies.action_sums(told.on)
    if sums.total:
        yield Heading(2, phrases.ACTIONS)
        words = (
            f"{french.plural(sums.done, 'faite')} sur {french.number(sums.total)}, {sums.late} en retard, "
            f"{french.plural(sums.stuck, 'bloquée')}."
        )
        yield Paragraph(words)
        late = bodies.late_actions(told.on)
        if late:
            yield Bullets([Line(f"{one.text}, pour le {french.day(one.due_date)} ({one.body})") for one in late])


def _numbered(told: Told, one: Decision) -> Line:
    words, path = f"{one.body} n° {one.number}", bodies.path_of(one)
    return told.path(words, path) if path else Line(words)


def _choices(told: Told) -> Iterator[Block]:
    yield Heading(1, phrases.CHOICES)
    found = Consultation.objects.filter(closed_at__lt=end_of(told.on)).order_by("closed_at")
    if told.since:
        found = found.filter(closed_at__gte=end_of(told.since))
    for one in found.prefetch_related("options", "colleges"):
        yield from _choice(told, one)
    if not found:
        yield Paragraph(phrases.NO_CHOICE)
    yield Heading(2, phrases.NEEDS)
    needs = Need.objects.published().count()
    themes = list(Theme.objects.order_by("title"))
    words = f"{french.plural(needs, 'besoin publié', 'besoins publiés')}."
    yield Paragraph(words, url=told.path("Les besoins", "/besoins/").url)
    if themes:
        rows = [(told.path(one.title, one.get_absolute_url()), Line(str(one.get_state_display()))) for one in themes]
        yield Table(phrases.NEEDS, ("Thème", "Où il en est"), rows, (3, 3))


def _choice(told: Told, one: Consultation) -> Iterator[Block]:
    yield Heading(2, one.question)
    result = shown(one, list(one.options.all()), list(one.colleges.all()))
    yield Paragraph(" ".join(result.sentences), url=told.path(one.question, one.get_absolute_url()).url)
    if result.differ:
        yield Paragraph(phrases.DIFFER.format(names=", ".join(result.differ)))
    yield Paragraph(one.decision or phrases.NOT_DECIDED, label=phrases.DECISION)


def _budget(told: Told) -> Iterator[Block]:
    yield Heading(1, phrases.BUDGET)
    if not told.budget.lines:
        yield Paragraph(phrases.NO_BUDGET)
        return
    yield Heading(2, phrases.BY_STAGE)
    yield Bullets([Line(f"{stage.label}\u00a0: {french.euros(amount)}") for stage, amount in told.budget.by_stage])
    if told.budget.by_funder:
        yield Heading(2, phrases.BY_FUNDER)
        yield funders_of(told.budget)


def _appendix(told: Told) -> Iterator[Block]:
    yield Heading(1, phrases.APPENDIX)
    seen: dict[str, Line] = {}
    for line in [*(told.measure(one) for one in told.every), *told.sources]:
        seen.setdefault(line.url, line)
    yield Bullets([Line(f"{line.text}\u00a0: {line.url}", line.url) for line in seen.values()])
