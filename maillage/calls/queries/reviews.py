"""What the jury thinks of applications, put together: how many opinions, mean, spread, rank.

Words: a review *counts* once it is handed in, by somebody who does not stay away from the application; the *mean* is
shown from a number of reviews on (a dated value). Neighbours: `office` and `jury` show it, `report` prints it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Avg, Count, Exists, OuterRef, QuerySet

from maillage.accounts.models import User
from maillage.calls import terms
from maillage.calls.enums import ApplicationState
from maillage.calls.models import AdmissibilityCheck, Application, Recusal, Review, Reviewer
from maillage.calls.querysets import ApplicationQuerySet

CENT = Decimal("0.01")


@dataclass(frozen=True)
class Standing:
    """Of one application. given, expected: « 2/3 avis rendus »; recused: handed in by somebody who stays away since.

    mean, spread: of a hundred, None while too few were given, or when they are hidden from whoever asks.
    """

    given: int = 0
    expected: int = 0
    recused: int = 0
    mean: Decimal | None = None
    spread: Decimal | None = None
    is_hidden: bool = False

    @property
    def words(self) -> str:
        return f"{self.given}/{self.expected} avis rendu{'s' if self.given > 1 else ''}"


def counted() -> QuerySet[Review]:
    """Reviews that count."""
    away = Recusal.objects.filter(application=OuterRef("application"), user=OuterRef("reviewer__user"))
    return Review.objects.filter(~Exists(away), sent_at__isnull=False)


def unseen_by(user: User) -> QuerySet[Application]:
    """Applications whose scores this person may not see yet: of its jury, and has not handed in its own."""
    named = Reviewer.objects.filter(user=user).values("call")
    sent = Review.objects.filter(reviewer__user=user, sent_at__isnull=False).values("application")
    return Application.objects.filter(call__in=named).exclude(pk__in=sent)


def standings(applications: Collection[Application], *, by: User, on: date) -> dict[int, Standing]:
    """By number of application, ranks left out; five queries, whatever their number."""
    keys = [one.pk for one in applications]
    calls = {one.call_id for one in applications}
    least = terms.review("least_reviews", on)
    hidden = set(unseen_by(by).filter(pk__in=keys).values_list("pk", flat=True))
    jurors: dict[int, set[int]] = defaultdict(set)
    for call, user in Reviewer.objects.filter(call__in=calls, user__isnull=False).values_list("call", "user"):
        jurors[call].add(user or 0)
    away: dict[int, set[int]] = defaultdict(set)
    for key, user in Recusal.objects.filter(application__in=keys, user__isnull=False).values_list(
        "application", "user"
    ):
        away[key].add(user or 0)
    totals: dict[int, list[Decimal]] = defaultdict(list)
    for key, total in counted().filter(application__in=keys).values_list("application", "total"):
        totals[key].append(total or Decimal())
    sent = Review.objects.filter(application__in=keys, sent_at__isnull=False).values_list("application")
    handed = dict(sent.annotate(count=Count("pk")))
    return {
        one.pk: _standing(
            totals[one.pk], len(jurors[one.call_id] - away[one.pk]), handed.get(one.pk, 0), least, one.pk in hidden
        )
        for one in applications
    }


def _standing(totals: list[Decimal], expected: int, handed: int, least: int, is_hidden: bool) -> Standing:
    given = len(totals)
    told = Standing(given, max(expected, given), handed - given, is_hidden=is_hidden)
    if is_hidden or given < least:
        return told
    mean = (sum(totals, Decimal()) / given).quantize(CENT, ROUND_HALF_UP)
    return replace(told, mean=mean, spread=max(totals) - min(totals))


def ranks(rows: ApplicationQuerySet, *, by: User, on: date) -> dict[int, int]:
    """Rank of each of these applications that has a mean that this person may read; equal means share a rank."""
    least = terms.review("least_reviews", on)
    told = counted().filter(application__in=rows.values("pk"))
    told = told.exclude(application__in=unseen_by(by).values("pk"))
    means = told.values("application").annotate(count=Count("pk"), mean=Avg("total")).filter(count__gte=least)
    found: dict[int, int] = {}
    last, rank = Decimal(-1), 0
    for place, one in enumerate(means.order_by("-mean", "application"), start=1):
        mean = Decimal(str(one["mean"])).quantize(CENT, ROUND_HALF_UP)
        rank = rank if mean == last else place
        found[one["application"]], last = rank, mean
    return found


def reviews_of(application: Application) -> list[Review]:
    """Handed in, each with `is_away` and its scores in the order of the criteria; three queries."""
    away = Recusal.objects.filter(application=OuterRef("application"), user=OuterRef("reviewer__user"))
    rows = application.reviews.filter(sent_at__isnull=False).annotate(is_away=Exists(away))
    return list(rows.select_related("reviewer__user").prefetch_related("scores__criterion").order_by("sent_at", "pk"))


@dataclass(frozen=True)
class CriterionMean:
    """mean: of five, over the reviews that count; spread: between the highest and the lowest."""

    label: str
    weight: int
    mean: Decimal
    spread: int


def criterion_means(application: Application) -> list[CriterionMean]:
    """By criterion, over the reviews that count; one query."""
    rows = (
        counted()
        .filter(application=application)
        .values_list("scores__criterion", "scores__criterion__label", "scores__criterion__weight", "scores__points")
    )
    points: dict[tuple[int, str, int], list[int]] = defaultdict(list)
    for key, label, weight, given in rows.order_by("scores__criterion__position", "scores__criterion"):
        if key is not None and given is not None:
            points[key, label or "", weight or 0].append(given)
    return [
        CriterionMean(label, weight, (Decimal(sum(said)) / len(said)).quantize(CENT), max(said) - min(said))
        for (_, label, weight), said in points.items()
    ]


def means_by_criterion(user: User, *, on: date) -> list[tuple[str, int, Decimal]]:
    """(criterion, how many points were given, mean of five) over every call, of what this person may read."""
    shown = _shown(user, on).exclude(pk__in=unseen_by(user).values("pk"))
    rows = counted().filter(application__in=shown.values("pk"), scores__isnull=False)
    told = rows.values("scores__criterion__label").annotate(count=Count("scores"), mean=Avg("scores__points"))
    return [
        (one["scores__criterion__label"], one["count"], Decimal(str(one["mean"])).quantize(CENT))
        for one in told.order_by("scores__criterion__label")
    ]


def not_met(user: User, *, on: date) -> list[tuple[str, int]]:
    """(point of admissibility, in how many inadmissible applications it was not met), the most frequent first."""
    kept = _shown(user, on).filter(state=ApplicationState.INADMISSIBLE)
    rows = AdmissibilityCheck.objects.filter(application__in=kept.values("pk"), is_met=False).values_list("item")
    return list(rows.annotate(count=Count("pk")).order_by("-count", "item"))


def _shown(user: User, on: date) -> ApplicationQuerySet:
    return Application.objects.visible_to(user, on=on)
