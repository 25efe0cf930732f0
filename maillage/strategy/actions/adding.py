"""Add a measure that the document does not have, copy one, take one away.

Words: an *added* measure is the team's, title and summary included; the others are the document's. Neighbours: the back
office, the import of a plan.
"""

from __future__ import annotations

import re
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max

from maillage.accounts.models import User
from maillage.kernel.actions import journal
from maillage.strategy import phrases
from maillage.strategy.actions.steering import SteeringRefused
from maillage.strategy.models import Axis, Measure, Step

LONGEST_TITLE = 200


def add_measure(
    *, axis: Axis, title: str, by: User | None, at: datetime, summary: str = "", code: str = ""
) -> Measure:  # fmt: skip
    """One more measure of an axis. code: « 2.9 », the next free one when empty.

    Raises SteeringRefused: the code is taken, or is not of this axis.
    """
    if code and not re.fullmatch(rf"{axis.number}\.[1-9][0-9]?", code):
        raise SteeringRefused(phrases.NOT_OF_AXIS.format(code=code, axis=axis.number), "code")
    with transaction.atomic():
        # The axis is locked: two people who add at once get two codes.
        kept = Axis.objects.select_for_update(of=("self",)).get(pk=axis.pk)
        last = Measure.objects.filter(strategy_id=kept.strategy_id).aggregate(last=Max("position"))["last"]
        try:
            with transaction.atomic():
                measure = Measure.objects.create(
                    strategy_id=kept.strategy_id, axis=kept, code=code or _free_code(kept), title=title.strip(),
                    summary=summary.strip(), position=(last or 0) + 1, is_added=True, changed_at=at,
                )  # fmt: skip
        except IntegrityError as error:
            raise SteeringRefused(phrases.CODE_TAKEN.format(code=code), "code") from error
        journal(verb="add_measure", target=measure, changes={"title": [None, measure.title]}, by=by, at=at)
    return measure


def _free_code(axis: Axis) -> str:
    taken = Measure.objects.filter(strategy_id=axis.strategy_id, code__startswith=f"{axis.number}.")
    numbers = [int(code.partition(".")[2]) for code in taken.values_list("code", flat=True)]
    return f"{axis.number}.{max(numbers, default=0) + 1}"


def duplicate_measure(*, measure: Measure, by: User | None, at: datetime) -> Measure:
    """A new measure of the same axis with the same summary, partners, frames and steps, nothing of them done.

    Money, news, proofs and state are its own. Raises SteeringRefused for a body, which has no axis.
    """
    if measure.axis is None:
        raise SteeringRefused(phrases.NO_COPY_OF_BODY)
    with transaction.atomic():
        title = phrases.COPY_OF.format(title=measure.title)[:LONGEST_TITLE]
        copy = add_measure(axis=measure.axis, title=title, summary=measure.summary, by=by, at=at)
        for name in ("priority", "carried_by", "partners", "frameworks", "owner", "liaison_officer", "risks"):
            setattr(copy, name, getattr(measure, name))
        copy.save()
        Step.objects.bulk_create(
            Step(measure=copy, position=step.position, title=step.title, who=step.who)
            for step in measure.steps.order_by("position")
        )
    return copy


def rename_measure(*, measure: Measure, title: str, summary: str, by: User | None, at: datetime) -> Measure:
    """Other words for an added measure. Raises SteeringRefused for one of the document."""
    with transaction.atomic():
        kept = Measure.objects.select_for_update(of=("self",)).get(pk=measure.pk)
        if not kept.is_added:
            raise SteeringRefused(phrases.OF_THE_DOCUMENT, "title")
        changes = {
            name: [getattr(kept, name), value]
            for name, value in (("title", title.strip()), ("summary", summary.strip()))
            if getattr(kept, name) != value
        }
        if changes:
            kept.title, kept.summary, kept.changed_at = title.strip(), summary.strip(), at
            kept.save(update_fields=["title", "summary", "changed_at"])
            journal(verb="rename_measure", target=kept, changes=changes, by=by, at=at)
    return kept


def remove_measure(*, measure: Measure, by: User | None, at: datetime) -> None:
    """Take an added measure away. Raises SteeringRefused: it is the document's, or something hangs on it."""
    with transaction.atomic():
        kept = Measure.objects.select_for_update(of=("self",)).filter(pk=measure.pk).first()
        if kept is None:
            return
        if not kept.is_added:
            raise SteeringRefused(phrases.OF_THE_DOCUMENT)
        if kept.news.exists() or kept.evidence.exists() or kept.budget.exists() or kept.questions.exists():
            raise SteeringRefused(phrases.SOMETHING_HANGS)
        changes = {"title": [kept.title, None], "steps": [list(kept.steps.values_list("title", flat=True)), None]}
        journal(verb="remove_measure", target=kept, changes=changes, by=by, at=at)
        kept.delete()
