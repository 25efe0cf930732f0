"""Make the plan say what a workbook says, whole or not at all, each change by the verb that a screen would call.

Words: a *report* tells each change in French. Neighbours: `book` writes and reads the workbook.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from maillage.accounts.models import User
from maillage.kernel.actions import journal
from maillage.kernel.models import JournalEntry
from maillage.strategy import phrases
from maillage.strategy.actions import adding, budgeting, steering
from maillage.strategy.actions.steering import STEERED, SteeringRefused
from maillage.strategy.book.columns import BUDGET, MEASURES, NEWS, STEPS, Facts
from maillage.strategy.book.reading import Book, BookRefused
from maillage.strategy.enums import Money
from maillage.strategy.models import Axis, Measure, Strategy

Rows = list[tuple[int, Facts]]


@dataclass
class PlanReport:
    """lines: what changed, in French, measure after measure."""

    is_dry_run: bool
    lines: list[str] = field(default_factory=list)


@dataclass
class _Import:
    """One import on its way: what it was given, what it found wrong, what it did."""

    book: Book
    by: User | None
    at: datetime
    report: PlanReport
    problems: list[str] = field(default_factory=list)

    @contextmanager
    def row(self, sheet: str, line: int) -> Iterator[None]:
        """A refusal becomes a problem of this line, and the other lines are still tried."""
        try:
            with transaction.atomic():
                yield
        except SteeringRefused as refusal:
            self.problems.append(phrases.BOOK_LINE.format(sheet=sheet, line=line, reason=refusal.phrase))

    def tell(self, measure: Measure, what: str) -> None:
        self.report.lines.append(f"{measure.code} : {what}")

    def rows_of(self, sheet: str, code: str) -> Rows:
        return [(line, facts) for line, facts in self.book.rows[sheet] if facts["code"] == code]


def import_plan(
    *, strategy: Strategy, book: Book, by: User | None, at: datetime, is_dry_run: bool = False
) -> PlanReport:  # fmt: skip
    """What an export says again changes nothing. Raises BookRefused with every mistake; nothing is written then."""
    if book.plan and book.plan != strategy.slug:
        raise BookRefused([phrases.BOOK_OTHER_PLAN.format(plan=book.plan)])
    if book.moment is None:
        raise BookRefused([phrases.BOOK_UNDATED])
    run = _Import(book, by, at, PlanReport(is_dry_run))
    with transaction.atomic():
        known = {one.code: one for one in Measure.objects.select_for_update(of=("self",)).filter(strategy=strategy)}
        run.problems += _strays(book)
        for line, facts in book.rows[MEASURES]:
            _import_measure(run, strategy, known, line, facts)
        if run.problems:
            raise BookRefused(run.problems)
        if is_dry_run:
            transaction.set_rollback(True)
        elif run.report.lines:
            journal(verb="import_plan", target=strategy, changes={"lines": [None, len(run.report.lines)]}, by=by, at=at)
    return run.report


def _strays(book: Book) -> Iterator[str]:
    codes = {facts["code"] for _, facts in book.rows[MEASURES]}
    for sheet in (STEPS, BUDGET, NEWS):
        for line, facts in book.rows[sheet]:
            if facts["code"] not in codes:
                yield phrases.BOOK_UNKNOWN_MEASURE.format(sheet=sheet, line=line, code=facts["code"])


def _import_measure(run: _Import, strategy: Strategy, known: dict[str, Measure], line: int, facts: Facts) -> None:
    measure = known.get(facts["code"])
    before = len(run.report.lines)
    with run.row(MEASURES, line):
        if measure is None:
            measure = _add(run, strategy, line, facts)
        elif (facts["title"], facts["summary"]) != (measure.title, _cell(measure.summary)):
            adding.rename_measure(
                measure=measure, title=facts["title"], summary=facts["summary"], by=run.by, at=run.at
            )  # fmt: skip
            run.tell(measure, "titre ou résumé")
        _steer(run, measure, facts)
    if measure is not None and measure.pk:
        _import_steps(run, measure)
        _import_budget(run, measure)
        _import_news(run, measure)
        if len(run.report.lines) > before and _moved_since(measure, run):
            run.problems.append(phrases.BOOK_MOVED.format(code=measure.code))


def _cell(text: str) -> str:
    """As a cell gives it back: spreadsheets keep no blank around it."""
    return text.strip()


def _add(run: _Import, strategy: Strategy, line: int, facts: Facts) -> Measure:
    number = facts["code"].partition(".")[0]
    axis = Axis.objects.filter(strategy=strategy, number=int(number) if number.isdecimal() else 0).first()
    if axis is None:
        raise SteeringRefused(phrases.BOOK_NO_AXIS.format(line=line, code=facts["code"]))
    measure = adding.add_measure(
        axis=axis, title=facts["title"], summary=facts["summary"], code=facts["code"], by=run.by, at=run.at
    )
    run.tell(measure, "nouvelle mesure")
    return measure


def _steer(run: _Import, measure: Measure, facts: Facts) -> None:
    said = {name: facts[name] for name in STEERED}
    changed = [name for name in STEERED if _plain(getattr(measure, name)) != _plain(said[name])]
    if changed:
        steering.steer_measure(
            measure=measure, facts={name: said[name] for name in changed}, by=run.by, at=run.at, must_be_as_seen=False
        )
        names = (str(Measure._meta.get_field(name).verbose_name) for name in changed)  # type: ignore[union-attr]
        run.tell(measure, ", ".join(names))


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return sorted(value)
    return value.strip() if isinstance(value, str) else value


def _import_steps(run: _Import, measure: Measure) -> None:
    present = {step.position: step for step in measure.steps.order_by("position")}
    rows = run.rows_of(STEPS, measure.code)
    for position in present.keys() - {facts["position"] for _, facts in rows}:
        steering.remove_step(step=present[position], by=run.by, at=run.at)
        run.tell(measure, f"étape retirée, « {present[position].title} »")
    for line, facts in rows:
        said = {name: facts[name] for name in steering.STEP_FACTS}
        step = present.get(facts["position"])
        with run.row(STEPS, line):
            if step is None:
                step = steering.add_step(
                    measure=measure, title=said["title"], who=said["who"], due_date=said["due_date"],
                    position=facts["position"], by=run.by, at=run.at,
                )  # fmt: skip
                run.tell(measure, f"nouvelle étape, « {step.title} »")
            elif any(_plain(getattr(step, name)) != said[name] for name in said):
                run.tell(measure, f"étape changée, « {said['title']} »")
            steering.change_step(step=step, facts=said, by=run.by, at=run.at)


def _import_budget(run: _Import, measure: Measure) -> None:
    present = {(line.funder, line.year, line.stage): line for line in measure.budget.order_by("pk")}
    said = run.rows_of(BUDGET, measure.code)
    rows = {(facts["funder"], facts["year"], facts["stage"]): (line, facts) for line, facts in said}
    for key in present.keys() - rows.keys():
        budgeting.remove_budget_line(line=present[key], by=run.by, at=run.at)
        run.tell(measure, f"ligne de budget retirée, {key[0]} {key[1]}")
    for key, (number, facts) in rows.items():
        line = present.get(key)
        with run.row(BUDGET, number):
            if line is None:
                budgeting.add_budget_line(
                    measure=measure, funder=key[0], year=key[1], stage=Money(key[2]), amount=facts["amount"], by=run.by,
                    at=run.at,
                )  # fmt: skip
                run.tell(measure, f"nouvelle ligne de budget, {key[0]} {key[1]}")
            elif line.amount != facts["amount"]:
                budgeting.change_budget_line(
                    line=line, stage=Money(key[2]), amount=facts["amount"], by=run.by, at=run.at
                )
                run.tell(measure, f"montant changé, {key[0]} {key[1]}")


def _import_news(run: _Import, measure: Measure) -> None:
    present = {(one.news_date, _cell(one.text)): one for one in measure.news.order_by("pk")}
    rows = {(facts["news_date"], facts["text"]): line for line, facts in run.rows_of(NEWS, measure.code)}
    for key in present.keys() - rows.keys():
        steering.withdraw_news(news=present[key], by=run.by, at=run.at)
        run.tell(measure, "nouvelle retirée")
    for key, line in rows.items():
        if key not in present:
            with run.row(NEWS, line):
                steering.tell_news(measure=measure, news_date=key[0], text=key[1], by=run.by, at=run.at)
                run.tell(measure, "une nouvelle de plus")


def _moved_since(measure: Measure, run: _Import) -> bool:
    """Did somebody else change it after the workbook was written? What this import wrote has its own moment."""
    acts = JournalEntry.objects.filter(
        object_type=Measure._meta.label_lower, object_id=measure.pk, at__gt=run.book.moment
    )
    return acts.exclude(at=run.at).exists()
