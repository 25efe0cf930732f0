"""Write down the money of a measure, line by line. Neighbours: the back office, the import of a plan, the seeds."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import IntegrityError, transaction

from maillage.accounts.models import User
from maillage.kernel.actions import journal
from maillage.strategy import phrases
from maillage.strategy.actions.steering import SteeringRefused
from maillage.strategy.enums import Money
from maillage.strategy.models import BudgetLine, Measure

MOST_LINES = 60


def add_budget_line(
    *, measure: Measure, funder: str, year: int, stage: Money, amount: Decimal, by: User | None, at: datetime
) -> BudgetLine:  # fmt: skip
    """amount: euros, above zero. Raises SteeringRefused: the same line is there, or there are MOST_LINES."""
    with transaction.atomic():
        kept = Measure.objects.select_for_update(of=("self",)).select_related("strategy").get(pk=measure.pk)
        if kept.budget.count() >= MOST_LINES:
            raise SteeringRefused(phrases.TOO_MANY_LINES.format(most=MOST_LINES))
        _check(kept, year, amount)
        try:
            with transaction.atomic():
                line = BudgetLine.objects.create(
                    measure=kept, funder=funder.strip(), year=year, stage=stage, amount=amount
                )
        except IntegrityError as error:
            raise SteeringRefused(phrases.SAME_LINE, "funder") from error
        journal(verb="add_budget_line", target=kept, changes={"budget": [None, _told(line)]}, by=by, at=at)
    return line


def change_budget_line(
    *, line: BudgetLine, stage: Money, amount: Decimal, by: User | None, at: datetime
) -> BudgetLine:  # fmt: skip
    """Another stage, another sum. Raises SteeringRefused: it is gone, or the same line is there at that stage."""
    with transaction.atomic():
        kept = BudgetLine.objects.select_for_update(of=("self",)).select_related("measure__strategy").filter(pk=line.pk)
        found = kept.first()
        if found is None:
            raise SteeringRefused(phrases.LINE_GONE)
        before = _told(found)
        _check(found.measure, found.year, amount)
        found.stage, found.amount = stage, amount
        if _told(found) == before:
            return found
        try:
            with transaction.atomic():
                found.save(update_fields=["stage", "amount"])
        except IntegrityError as error:
            raise SteeringRefused(phrases.SAME_LINE, "stage") from error
        changes = {"budget": [before, _told(found)]}
        journal(verb="change_budget_line", target=found.measure, changes=changes, by=by, at=at)
    return found


def remove_budget_line(*, line: BudgetLine, by: User | None, at: datetime) -> None:
    """Take a line away; the journal keeps what it said. Twice does no harm."""
    with transaction.atomic():
        if BudgetLine.objects.filter(pk=line.pk).delete()[0]:
            changes = {"budget": [_told(line), None]}
            journal(verb="remove_budget_line", target=line.measure, changes=changes, by=by, at=at)


def _check(measure: Measure, year: int, amount: Decimal) -> None:
    if amount <= 0:
        raise SteeringRefused(phrases.NO_MONEY, "amount")
    first, last = measure.strategy.start_year - 1, measure.strategy.end_year + 3
    if not first <= year <= last:
        raise SteeringRefused(phrases.FAR_YEAR.format(first=first, last=last), "year")


def _told(line: BudgetLine) -> str:
    return f"{line.funder}, {line.year}, {Money(line.stage).label.lower()} : {line.amount} €"
