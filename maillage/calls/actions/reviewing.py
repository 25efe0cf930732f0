"""What one reviewer thinks of one application: kept as a draft, then handed in.

Words: *points* go from 0 to 5; the *total* is of a hundred, by the weights of the criteria.
Neighbours: `queries.reviews` puts the reviews of an application together; `recusing` has them count no longer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from django.db import transaction

from maillage.accounts.models import User
from maillage.calls.actions.means import keep_mean
from maillage.calls.actions.refusal import CallRefused
from maillage.calls.actions.seen import hold, require_state
from maillage.calls.enums import ApplicationState
from maillage.calls.models import Application, Criterion, Review, Reviewer, Score
from maillage.calls.models.review import EXTREMES
from maillage.calls.phrases import review as phrases
from maillage.kernel.actions import journal

MOST, CENT = 5, Decimal("0.01")
Marks = Mapping[int, "Mark"]


@dataclass(frozen=True)
class Mark:
    """points: 0 to 5, None when not given yet; comment: "" for none."""

    points: int | None
    comment: str = ""


def save_review(*, application: Application, marks: Marks, words: str, by: User, at: datetime) -> Review:
    """Keep a draft that nobody else reads. marks: by number of criterion. Raises CallRefused."""
    with transaction.atomic():
        return _kept(application, marks, words, by, at)


def hand_in_review(*, application: Application, marks: Marks, words: str, by: User, at: datetime) -> Review:
    """Keep it and hand it in: it counts, and changes no more unless it is taken back. Raises CallRefused.

    Refused: a criterion without points, an extreme without its comment, a person who stays away, whoever hands in
    twice. The application stays locked meanwhile, as it is while somebody declares a recusal.
    """
    with transaction.atomic():
        review = _kept(application, marks, words, by, at)
        criteria = list(review.application.call.criteria.order_by("position", "pk"))
        _require_whole(criteria, marks)
        review.total, review.sent_at = total_of(criteria, marks), at
        review.save(update_fields=["total", "sent_at"])
        keep_mean(review.application)
        journal(verb="hand_in_review", target=review, changes={"sent_at": [None, at.isoformat()]}, by=by, at=at)
    return review


def take_back_review(*, application: Application, by: User, at: datetime) -> Review:
    """It is a draft again and counts no more until it is handed in anew; the journal keeps what it said.

    Raises CallRefused: the jury is not open any more, it was not handed in, or this person stays away.
    """
    with transaction.atomic():
        row = hold(application, by=by)
        require_state(row, [ApplicationState.REVIEW], phrases.NOT_IN_REVIEW)
        review = Review.objects.filter(application=row, reviewer=_reviewer(row, by), sent_at__isnull=False).first()
        if review is None or review.sent_at is None:
            raise CallRefused(phrases.NOT_SENT)
        points = {str(one.criterion_id): one.points for one in review.scores.order_by("criterion")}
        changes = {
            "sent_at": [review.sent_at.isoformat(), None], "total": [str(review.total), None], "points": [points, None],
        }  # fmt: skip
        journal(verb="take_back_review", target=review, changes=changes, by=by, at=at)
        review.sent_at, review.total, review.changed_at = None, None, at
        review.save(update_fields=["sent_at", "total", "changed_at"])
        keep_mean(row)
    return review


def total_of(criteria: list[Criterion], marks: Marks) -> Decimal:
    """Of a hundred, to the cent. Source: the weights of the call, whatever their sum."""
    weights = sum(one.weight for one in criteria)
    points = sum(one.weight * (marks[one.pk].points or 0) for one in criteria)
    return (Decimal(points) * 100 / (MOST * weights)).quantize(CENT, ROUND_HALF_UP)


def _kept(application: Application, marks: Marks, words: str, by: User, at: datetime) -> Review:
    row = hold(application, by=by)
    require_state(row, [ApplicationState.REVIEW], phrases.NOT_IN_REVIEW)
    reviewer = _reviewer(row, by)
    known = set(row.call.criteria.values_list("pk", flat=True))
    if not known:
        raise CallRefused(phrases.NO_CRITERIA)
    if not set(marks) <= known:
        raise CallRefused(phrases.NOT_A_CRITERION)
    review, _ = Review.objects.get_or_create(application=row, reviewer=reviewer, defaults={"changed_at": at})
    if review.sent_at is not None:
        raise CallRefused(phrases.SENT)
    for criterion, mark in marks.items():
        _score(review, criterion, mark)
    review.application, review.words, review.changed_at = row, words.strip(), at
    review.save(update_fields=["words", "changed_at"])
    return review


def _reviewer(row: Application, by: User) -> Reviewer:
    found = Reviewer.objects.filter(call=row.call_id, user=by).first()
    if found is None:
        raise CallRefused(phrases.NOT_JUROR)
    if found.pledged_at is None:
        raise CallRefused(phrases.PLEDGE_FIRST)
    return found


def _score(review: Review, criterion: int, mark: Mark) -> None:
    if mark.points is None:
        Score.objects.filter(review=review, criterion=criterion).delete()
        return
    if not 0 <= mark.points <= MOST:
        raise CallRefused(phrases.POINTS, f"points-{criterion}")
    facts = {"points": mark.points, "comment": mark.comment.strip()}
    Score.objects.update_or_create(review=review, criterion_id=criterion, defaults=facts)


def _require_whole(criteria: list[Criterion], marks: Marks) -> None:
    least, most = EXTREMES
    for one in criteria:
        mark = marks.get(one.pk, Mark(None))
        if mark.points is None:
            raise CallRefused(phrases.ALL_POINTS, f"points-{one.pk}")
        if not least <= mark.points <= most and not mark.comment.strip():
            raise CallRefused(phrases.COMMENT, f"comment-{one.pk}")
