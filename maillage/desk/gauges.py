"""Figures of the desk that indicators follow. Years are those of the day that is read; their lists are for agents."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from statistics import median
from typing import Any

from django.db.models import Count, Min, Q, QuerySet, Sum
from django.urls import reverse
from django.utils import timezone

from maillage.desk.enums import Outcome, Stage, Standing
from maillage.desk.models import Effort, Passage, Project
from maillage.kernel.counted import CountedLine, CountedList, Fold, Listing
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
    return _counted(_received(on), is_people=True)


def _received(on: date) -> QuerySet[Project]:
    return Project.objects.filter(pk__in=list(_first_met(on).values_list("pk", flat=True)))


def wait(on: date) -> Figure:
    """Median days from the request to the first interview, of those of the year, to the nearest day."""
    days = [_waited(one) for one in _first_met(on)]
    if not days:
        return Figure(0, note="aucun premier entretien cette année")
    return Figure(Decimal(median(days)).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def _waited(project: Any) -> int:
    """Days from the request to the first interview; an interview noted before the request waited for nothing."""
    met: date = project.met_on
    return max((met - timezone.localdate(project.opened_at)).days, 0)


def followed(on: date) -> Figure:
    """Files that are followed now, paused ones too."""
    return _counted(_followed(on))


def _followed(on: date) -> QuerySet[Project]:
    return Project.objects.filter(standing__in=[Standing.FOLLOWED, Standing.PAUSED])


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
    return _counted(_created(on))


def _created(on: date) -> QuerySet[Project]:
    return Project.objects.filter(
        outcome=Outcome.DONE, closed_at__date__gte=date(on.year, 1, 1), closed_at__date__lte=on
    )


def together(on: date) -> Figure:
    """Followed files that name three organisations or more."""
    return _counted(_together(on))


def _together(on: date) -> QuerySet[Project]:
    rows = _followed(on)
    many = rows.annotate(partners=Count("involvements")).filter(partners__gte=ENOUGH_PARTNERS)
    return Project.objects.filter(pk__in=many.values("pk"))


def engineering(on: date) -> Figure:
    """Half-days given to projects this year."""
    rows = Effort.objects.filter(day__gte=date(on.year, 1, 1), day__lte=on)
    return Figure(rows.aggregate(total=Sum("half_days"))["total"] or 0)


def _line(project: Project, value: int = 1) -> CountedLine:
    address = reverse("desk_office:project", args=[project.pk])
    day = timezone.localdate(project.opened_at)
    return CountedLine(f"{project.reference} {project.title}", address, day, value)


def _files(of: Callable[[date], QuerySet[Project]]) -> Listing:
    """The files themselves, which every agent may open."""

    def read(on: date, reader: Any) -> CountedList:
        return CountedList(of(on).order_by("-opened_at", "-pk"), _line)

    return Listing(read, "projet", day="Reçu le")


def _waits(on: date, reader: Any) -> CountedList:
    return CountedList(_first_met(on).order_by("-opened_at", "-pk"), lambda one: _line(one, _waited(one)))


def _begun(on: date, reader: Any) -> CountedList:
    """Every project that began as an idea: 1 for those that came to a creation, 0 for the others."""
    grown = set(Project.objects.filter(pk__in=_passed(_CREATED)).values_list("pk", flat=True))
    rows = Project.objects.filter(pk__in=_passed([Stage.IDEA])).order_by("-opened_at", "-pk")
    return CountedList(rows, lambda one: _line(one, int(one.pk in grown)))


def _efforts(on: date, reader: Any) -> CountedList:
    given = Sum("efforts__half_days", filter=Q(efforts__day__gte=date(on.year, 1, 1), efforts__day__lte=on))
    rows = Project.objects.annotate(given=given).filter(given__gt=0).order_by("-given", "-pk")
    return CountedList(rows, lambda one: _line(one, one.given))


GAUGES = (
    Gauge("desk.received", received, _files(_received)),
    Gauge("desk.wait", wait, Listing(_waits, "projet", Fold.MEDIAN, "Reçu le")),
    Gauge("desk.followed", followed, _files(_followed)),
    Gauge("desk.from_idea", from_idea, Listing(_begun, "projet", Fold.SHARE, "Reçu le")),
    Gauge("desk.created", created, _files(_created)),
    Gauge("desk.together", together, _files(_together)),
    Gauge("desk.engineering", engineering, Listing(_efforts, "projet", Fold.SUM, "Reçu le")),
)
