"""Figures of the desk that indicators follow. Years are those of the day that is read; no list of them is public."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from statistics import median
from typing import Any

from django.db.models import Count, Min, Q, QuerySet, Sum
from django.utils import timezone

from maillage.desk.enums import Outcome, Stage, Standing
from maillage.desk.models import Effort, Passage, Project
from maillage.kernel.registry import Figure, Gauge
from ui import french

_CREATED = (Stage.CREATION, Stage.DEVELOPMENT, Stage.SCALING)
ENOUGH_PARTNERS = 3


def _parts(found: QuerySet[Project]) -> dict[str, int]:
    """By EPCI of the commune of the project; those without a commune are in the whole only."""
    rows = found.filter(commune__epci__isnull=False).values("commune__epci").annotate(number=Count("pk", distinct=True))
    return {row["commune__epci"]: row["number"] for row in rows.order_by("commune__epci")}


def _counted(found: QuerySet[Project], **more: Any) -> Figure:
    examples = found.filter(is_example=True).count()
    note = f"dont {french.plural(examples, 'projet d’exemple', 'projets d’exemple')}" if examples else ""
    return Figure(found.count(), _parts(found), note=note, **more)


def _first_met(on: date) -> QuerySet[Any]:
    """Projects whose first interview was this year, with `met_on`."""
    met = Project.objects.annotate(met_on=Min("interviews__day"))
    return met.filter(met_on__gte=date(on.year, 1, 1), met_on__lte=on)


def received(on: date) -> Figure:
    """First interviews of the year, once a project."""
    keys = list(_first_met(on).values_list("pk", flat=True))
    return _counted(Project.objects.filter(pk__in=keys), is_people=True)


def wait(on: date) -> Figure:
    """Median days from the request to the first interview, of those of the year, to the nearest day."""
    days = [
        (met - timezone.localdate(opened)).days for opened, met in _first_met(on).values_list("opened_at", "met_on")
    ]
    if not days:
        return Figure(0, note="aucun premier entretien cette année")
    return Figure(Decimal(median(max(one, 0) for one in days)).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def followed(on: date) -> Figure:
    """Files that are followed now, paused ones too."""
    return _counted(Project.objects.filter(standing__in=[Standing.FOLLOWED, Standing.PAUSED]))


def from_idea(on: date) -> Figure:
    """Of the projects that began as an idea, the share that came to a creation, in per cent."""
    begun = Project.objects.filter(pk__in=_passed([Stage.IDEA]))
    whole = begun.count()
    grown = begun.filter(Q(pk__in=_passed(_CREATED))).count()
    share = Decimal(100 * grown) / whole if whole else Decimal(0)
    return Figure(share.quantize(Decimal(1), rounding=ROUND_HALF_UP), note=f"{grown} sur {whole}")


def _passed(stages: Any) -> Any:
    return Passage.objects.filter(stage__in=stages).values("project")


def created(on: date) -> Figure:
    """Files closed this year because the project is there."""
    rows = Project.objects.filter(
        outcome=Outcome.DONE, closed_at__date__gte=date(on.year, 1, 1), closed_at__date__lte=on
    )
    return _counted(rows)


def together(on: date) -> Figure:
    """Followed files that name three organisations or more."""
    rows = Project.objects.filter(standing__in=[Standing.FOLLOWED, Standing.PAUSED])
    many = rows.annotate(partners=Count("involvements")).filter(partners__gte=ENOUGH_PARTNERS)
    return _counted(Project.objects.filter(pk__in=many.values("pk")))


def engineering(on: date) -> Figure:
    """Half-days given to projects this year."""
    rows = Effort.objects.filter(day__gte=date(on.year, 1, 1), day__lte=on)
    return Figure(rows.aggregate(total=Sum("half_days"))["total"] or 0)


GAUGES = (
    Gauge("desk.received", received),
    Gauge("desk.wait", wait),
    Gauge("desk.followed", followed),
    Gauge("desk.from_idea", from_idea),
    Gauge("desk.created", created),
    Gauge("desk.together", together),
    Gauge("desk.engineering", engineering),
)
