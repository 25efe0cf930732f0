"""Say where a measure stands, what its steps are, and what is new.

Words: to *steer* is to change what people own of a measure (never its code, title or summary: the file's). Late is
computed (`queries`), never written. Neighbours: the screens of the back office, the seeds, the import of a plan.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from maillage.accounts.models import User
from maillage.kernel.actions import journal
from maillage.strategy import phrases
from maillage.strategy.enums import STANDING_STILL, Framework, State
from maillage.strategy.models import Measure, News, Step

STEERED = (
    "state", "state_note", "priority", "carried_by", "owner", "partners", "liaison_officer", "start_date", "end_date",
    "risks", "frameworks",
)  # fmt: skip
STEP_FACTS = ("title", "who", "due_date", "done_date")
MOST_STEPS = 60


class SteeringRefused(Exception):
    """Nothing was written; `phrase` says why and what to do, `field` where ("" for the whole)."""

    def __init__(self, phrase: str, field: str = "") -> None:
        super().__init__(phrase)
        self.phrase, self.field = phrase, field


def steer_measure(
    *, measure: Measure, facts: dict[str, Any], by: User | None, at: datetime, seen_at: datetime | None = None,
    must_be_as_seen: bool = True,
) -> Measure:  # fmt: skip
    """Change some of STEERED; the day of a new state is that of `at` in Paris. What says the same writes nothing.

    seen_at: `changed_at` as the person saw it. Raises SteeringRefused: somebody else changed it since (unless not
    must_be_as_seen), a standstill without reason, an end before the start, an unknown frame.
    """
    with transaction.atomic():
        kept = Measure.objects.select_for_update(of=("self",)).get(pk=measure.pk)
        if must_be_as_seen and kept.changed_at != seen_at:
            raise SteeringRefused(phrases.MOVED)
        changes = {
            name: [getattr(kept, name), facts[name]]
            for name in STEERED
            if name in facts and getattr(kept, name) != facts[name]
        }
        if not changes:
            return kept
        for name, (_, value) in changes.items():
            setattr(kept, name, value)
        _check(kept)
        if "state" in changes:
            kept.state_since = timezone.localdate(at)
        kept.changed_at = at
        kept.save(update_fields=[*changes, "state_since", "changed_at"])
        journal(verb="steer", target=kept, changes=_told(changes), by=by, at=at)
    return kept


def steer_many(*, measures: Iterable[Measure], facts: dict[str, Any], by: User | None, at: datetime) -> int:
    """The same change for several measures, all or none; how many changed. Raises SteeringRefused with the code."""
    changed = 0
    with transaction.atomic():
        for measure in measures:
            try:
                kept = steer_measure(measure=measure, facts=facts, by=by, at=at, must_be_as_seen=False)
            except SteeringRefused as refusal:
                raise SteeringRefused(f"{measure.code} : {refusal.phrase}", refusal.field) from refusal
            changed += kept.changed_at == at
    return changed


def _check(measure: Measure) -> None:
    if measure.state in STANDING_STILL and not measure.state_note.strip():
        raise SteeringRefused(phrases.NEEDS_REASON.format(state=State(measure.state).label.lower()), "state_note")
    if measure.start_date and measure.end_date and measure.end_date < measure.start_date:
        raise SteeringRefused(phrases.ENDS_BEFORE_START, "end_date")
    if set(measure.frameworks) - set(Framework.values):
        raise SteeringRefused(phrases.UNKNOWN_FRAMEWORK, "frameworks")


def _told(changes: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """As the journal keeps them: people by their number, days as text."""
    return {name: [_plain(before), _plain(after)] for name, (before, after) in changes.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, User):
        return value.pk
    return value.isoformat() if isinstance(value, date) else value


def add_step(
    *, measure: Measure, title: str, by: User | None, at: datetime, who: str = "", due_date: date | None = None,
    position: int | None = None,
) -> Step:  # fmt: skip
    """One more step, after the others unless its place is said. Raises SteeringRefused beyond MOST_STEPS."""
    with transaction.atomic():
        kept = Measure.objects.select_for_update(of=("self",)).get(pk=measure.pk)
        last = kept.steps.order_by("-position").first()
        if kept.steps.count() >= MOST_STEPS:
            raise SteeringRefused(phrases.TOO_MANY_STEPS.format(most=MOST_STEPS))
        position = position or (last.position + 1 if last else 1)
        step = Step.objects.create(measure=kept, position=position, title=title, who=who, due_date=due_date)
        journal(verb="add_step", target=kept, changes={"step": [None, title]}, by=by, at=at)
    return step


def change_step(*, step: Step, facts: dict[str, Any], by: User | None, at: datetime) -> Step:
    """Change some of STEP_FACTS. Raises SteeringRefused when the step is gone, or done after today."""
    with transaction.atomic():
        kept = Step.objects.select_for_update(of=("self",)).select_related("measure").filter(pk=step.pk).first()
        if kept is None:
            raise SteeringRefused(phrases.STEP_GONE)
        if facts.get("done_date") and facts["done_date"] > timezone.localdate(at):
            raise SteeringRefused(phrases.DONE_TOMORROW, "done_date")
        changes = {
            name: [getattr(kept, name), facts[name]]
            for name in STEP_FACTS
            if name in facts and getattr(kept, name) != facts[name]
        }
        if changes:
            for name, (_, value) in changes.items():
                setattr(kept, name, value)
            kept.save(update_fields=list(changes))
            verb = "finish_step" if changes.get("done_date", [None, None])[1] else "change_step"
            journal(verb=verb, target=kept.measure, changes=_told(changes), by=by, at=at, note=kept.title)
    return kept


def finish_step(*, step: Step, by: User | None, at: datetime) -> Step:
    """Done today."""
    return change_step(step=step, facts={"done_date": timezone.localdate(at)}, by=by, at=at)


def remove_step(*, step: Step, by: User | None, at: datetime) -> None:
    """Take a step away; the journal keeps what it said. Twice does no harm."""
    with transaction.atomic():
        kept = Step.objects.select_for_update(of=("self",)).select_related("measure").filter(pk=step.pk).first()
        if kept is not None:
            said = {name: [value, None] for name in STEP_FACTS if (value := _plain(getattr(kept, name)))}
            kept.delete()
            journal(verb="remove_step", target=kept.measure, changes=said, by=by, at=at)


def tell_news(*, measure: Measure, text: str, news_date: date, by: User | None, at: datetime) -> News:
    """A few words that the public page shows, the latest first. Raises SteeringRefused for a day to come."""
    if news_date > timezone.localdate(at):
        raise SteeringRefused(phrases.NEWS_TOMORROW, "news_date")
    with transaction.atomic():
        news = News.objects.create(measure=measure, text=text, news_date=news_date, by=by, told_at=at)
        journal(verb="tell_news", target=measure, changes={"news": [None, text]}, by=by, at=at)
    return news


def withdraw_news(*, news: News, by: User | None, at: datetime) -> None:
    """Take a piece of news away; the journal keeps its words. Twice does no harm."""
    with transaction.atomic():
        if News.objects.filter(pk=news.pk).delete()[0]:
            journal(verb="withdraw_news", target=news.measure, changes={"news": [news.text, None]}, by=by, at=at)
