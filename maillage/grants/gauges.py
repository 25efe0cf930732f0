"""Figures of grants that indicators follow; years are those of the day that is read."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.urls import reverse
from django.utils import timezone

from maillage.calls.enums import Funding
from maillage.calls.models import ForecastLine
from maillage.grants.enums import InstalmentKind
from maillage.grants.models import Decision, Instalment, Report
from maillage.kernel.counted import CountedLine, CountedList, Fold, Listing
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
    sums = _payments(on).aggregate(
        paid=Sum("amount", filter=~Q(kind=InstalmentKind.CLAWBACK)),
        back=Sum("amount", filter=Q(kind=InstalmentKind.CLAWBACK)),
    )
    return Figure((sums["paid"] or NOTHING) - (sums["back"] or NOTHING))


def _payments(on: date) -> QuerySet[Instalment]:
    return Instalment.objects.filter(confirmed_at__isnull=False, paid_on__year=on.year, paid_on__lte=on)


def _readable(on: date, reader: Any) -> QuerySet[Decision]:
    """What that agent may read: somebody who stays away from a file does not find it in the list of a figure."""
    return Decision.objects.visible_to(reader, on=on)


def _address(decision: Decision) -> str:
    return reverse("grants_office:grant", args=[decision.pk])


def _named(decision: Decision) -> str:
    return f"{decision.application.number} {decision.application.title}"


def _paid_list(on: date, reader: Any) -> CountedList:
    """Each payment; what came back is taken off."""
    rows = _payments(on).filter(agreement__decision__in=_readable(on, reader))
    rows = rows.select_related("agreement__decision__application").order_by("-paid_on", "-pk")

    def line(one: Instalment) -> CountedLine:
        decision, is_back = one.agreement.decision, one.kind == InstalmentKind.CLAWBACK
        title = f"{_named(decision)}, {one.get_kind_display().lower()}"
        return CountedLine(title, _address(decision), one.paid_on, -one.amount if is_back else one.amount)

    return CountedList(rows, line)


def _accepted(on: date) -> QuerySet[Report]:
    return Report.objects.filter(accepted_at__date__gte=date(on.year, 1, 1), accepted_at__date__lte=on)


def _reports(field: str) -> Listing:
    """The reports that bring something to a sum."""

    def read(on: date, reader: Any) -> CountedList:
        rows = _accepted(on).filter(agreement__decision__in=_readable(on, reader)).annotate(brings=F(field))
        rows = rows.filter(brings__gt=0).select_related("agreement__decision__application")
        return CountedList(rows.order_by("-accepted_at", "-pk"), _report_line)

    return Listing(read, "bilan", Fold.SUM, "Accepté le")


def _report_line(one: Any) -> CountedLine:
    decision = one.agreement.decision
    return CountedLine(_named(decision), _address(decision), timezone.localdate(one.accepted_at), one.brings)


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
    return Figure(_accepted(on).aggregate(people=Sum("people"))["people"] or 0, is_people=True)


def jobs(on: date) -> Figure:
    """Full-time equivalents that the projects of the reports accepted this year created or kept."""
    return Figure(_accepted(on).aggregate(jobs=Sum("jobs"))["jobs"] or NOTHING)


def spent_euros(on: date) -> Figure:
    """Euros that the projects of the reports accepted this year spent, as far as those costs were retained."""
    return Figure(_accepted(on).aggregate(euros=Sum("eligible"))["euros"] or NOTHING)


GAUGES = (
    Gauge("grants.awarded_count", awarded_count),
    Gauge("grants.awarded_euros", awarded_euros),
    Gauge("grants.jobs", jobs, _reports("jobs")),
    Gauge("grants.leverage", leverage),
    Gauge("grants.paid_euros", paid_euros, Listing(_paid_list, "versement", Fold.SUM, "Versé le")),
    Gauge("grants.people", people, _reports("people")),
    Gauge("grants.spent_euros", spent_euros, _reports("eligible")),
)
