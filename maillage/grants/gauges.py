"""Figures of grants that indicators follow; years are those of the day that is read."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Count, Q, QuerySet, Sum

from maillage.calls.enums import Funding
from maillage.calls.models import ForecastLine
from maillage.grants.enums import InstalmentKind
from maillage.grants.models import Decision, Instalment, Report
from maillage.kernel.registry import Figure, Gauge
from ui import french

NOTHING, CENT = Decimal(0), Decimal("0.01")


def _awards(on: date) -> QuerySet[Decision]:
    return Decision.objects.awards().filter(deliberated_on__year=on.year, deliberated_on__lte=on)


def _note(rows: QuerySet[Decision]) -> str:
    examples = rows.filter(is_example=True).count()
    return f"dont {french.plural(examples, 'aide d’exemple', 'aides d’exemple')}" if examples else ""


def _list(rows: QuerySet[Decision], on: date) -> str:
    """The public list of these awards; of a year without any, the whole list, which has no such filter then."""
    return f"/subventions/?annee={on.year}" if rows.exists() else "/subventions/"


def _in_epcis(rows: QuerySet[Decision]) -> QuerySet[Decision]:
    return rows.filter(application__commune__epci__isnull=False).order_by()


def awarded_count(on: date) -> Figure:
    """Awards of the year; parts by EPCI of the commune of the project."""
    rows = _awards(on)
    parts = _in_epcis(rows).values_list("application__commune__epci").annotate(number=Count("pk"))
    return Figure(rows.count(), dict(parts), path=_list(rows, on), note=_note(rows))


def awarded_euros(on: date) -> Figure:
    """Euros of the awards of the year."""
    rows = _awards(on)
    parts = _in_epcis(rows).values_list("application__commune__epci").annotate(euros=Sum("amount"))
    euros = rows.aggregate(euros=Sum("amount"))["euros"] or NOTHING
    return Figure(euros, dict(parts), path=_list(rows, on), note=_note(rows))


def paid_euros(on: date) -> Figure:
    """Euros really paid in the year, what came back taken off."""
    rows = Instalment.objects.filter(confirmed_at__isnull=False, paid_on__year=on.year, paid_on__lte=on)
    sums = rows.aggregate(
        paid=Sum("amount", filter=~Q(kind=InstalmentKind.CLAWBACK)),
        back=Sum("amount", filter=Q(kind=InstalmentKind.CLAWBACK)),
    )
    return Figure((sums["paid"] or NOTHING) - (sums["back"] or NOTHING))


def leverage(on: date) -> Figure:
    """Euros that other funders gave for one euro of ours, over the awards of the year."""
    rows = _awards(on)
    ours = rows.aggregate(euros=Sum("amount"))["euros"] or NOTHING
    others = ForecastLine.objects.filter(
        application__decision__in=rows, code__startswith="74", funding=Funding.GRANTED
    ).aggregate(euros=Sum("amount"))["euros"] or NOTHING  # fmt: skip
    share = (others / ours).quantize(CENT, rounding=ROUND_HALF_UP) if ours else NOTHING
    return Figure(share, path=_list(rows, on), note=f"{french.euros(others)} pour {french.euros(ours)}")


def people(on: date) -> Figure:
    """People that the projects of the reports accepted this year served, as those reports say."""
    rows = Report.objects.filter(accepted_at__date__gte=date(on.year, 1, 1), accepted_at__date__lte=on)
    return Figure(rows.aggregate(people=Sum("people"))["people"] or 0, is_people=True)


def jobs(on: date) -> Figure:
    """Full-time equivalents that the projects of the reports accepted this year created or kept."""
    rows = Report.objects.filter(accepted_at__date__gte=date(on.year, 1, 1), accepted_at__date__lte=on)
    return Figure(rows.aggregate(jobs=Sum("jobs"))["jobs"] or NOTHING)


def spent_euros(on: date) -> Figure:
    """Euros that the projects of the reports accepted this year spent, as far as those costs were retained."""
    rows = Report.objects.filter(accepted_at__date__gte=date(on.year, 1, 1), accepted_at__date__lte=on)
    return Figure(rows.aggregate(euros=Sum("eligible"))["euros"] or NOTHING)


GAUGES = (
    Gauge("grants.awarded_count", awarded_count),
    Gauge("grants.awarded_euros", awarded_euros),
    Gauge("grants.jobs", jobs),
    Gauge("grants.leverage", leverage),
    Gauge("grants.paid_euros", paid_euros),
    Gauge("grants.people", people),
    Gauge("grants.spent_euros", spent_euros),
)
