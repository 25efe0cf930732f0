"""What the jury thinks of applications, put together: how many opinions, mean, spread, rank.

Words: a review *counts* once it is handed in, by somebody who does not stay away from the application; the *mean* is
shown from a number of reviews on (a dated value). Neighbours: `office` and `jury` show it, `report` prints it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Avg, Count, QuerySet

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
    return Review.objects.filter(sent_at__isnull=False, set_aside_at=None)


def unseen_by(user: User) -> QuerySet[Application]:
    """Applications whose scores this person may not see yet: of its jury, and has not handed in its own."""
    named = Reviewer.objects.filter(user=user).values("call")
    sent = Review.objects.filter(reviewer__user=user, sent_at__isnull=False).values("application")
    return Application.objects.filter(call__in=named).exclude(pk__in=sent)


def standings(applications: Collection[Application], *, by: User, on: date) -> dict[int, Standing]:
    """By number of application, ranks left out; four queries, whatever their number."""
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
    handed: dict[int, int] = defaultdict(int)
    sent = Review.objects.filter(application__in=keys, sent_at__isnull=False)
    for key, total, aside in sent.values_list("application", "total", "set_aside_at"):
        handed[key] += 1
        if aside is None:
            totals[key].append(total or Decimal())
    return {
        one.pk: _standing(
            totals[one.pk], len(jurors[one.call_id] - away[one.pk]), handed[one.pk], least, one.pk in hidden
        )
        for one in applications
    }


def mean_of(totals: Sequence[Decimal]) -> Decimal:
    """Of these totals, one at least, to the cent."""
    return (sum(totals, Decimal()) / len(totals)).quantize(CENT, ROUND_HALF_UP)


def _standing(totals: list[Decimal], expected: int, handed: int, least: int, is_hidden: bool) -> Standing:
    given = len(totals)
    told = Standing(given, max(expected, given), handed - given, is_hidden=is_hidden)
    if is_hidden or given < least:
        return told
    return replace(told, mean=mean_of(totals), spread=max(totals) - min(totals))


def ranks(call: int, means: Collection[Decimal], *, by: User, on: date) -> dict[Decimal, int]:
    """{mean: its rank among the applications of a call whose mean this person may read}; equal means share a rank.

    means: those to rank. Two queries, and none without a mean.
    """
    if not means:
        return {}
    rows = rated(Application.objects.received_by(by, on=on).filter(call=call).submitted(), by=by, on=on)
    found: dict[Decimal, int] = {}
    before = 0
    for mean, count in rows.values_list("mean").annotate(count=Count("pk")).order_by("-mean"):
        if mean in means:
            found[mean] = before + 1
        before += count
    return found


def rated(rows: ApplicationQuerySet, *, by: User, on: date) -> ApplicationQuerySet:
    """Those that have a mean which this person may read: enough reviews, and their own handed in if they owe one."""
    enough = rows.filter(mean__isnull=False, reviews_counted__gte=terms.review("least_reviews", on))
    # Most agents are of no jury: their lists are then put in order from an index alone.
    if not Reviewer.objects.filter(user=by).exists():
        return enough
    return enough.exclude(pk__in=unseen_by(by).values("pk"))


def reviews_of(application: Application) -> list[Review]:
    """Handed in, each with its scores in the order of the criteria; three queries."""
    rows = application.reviews.filter(sent_at__isnull=False)
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
