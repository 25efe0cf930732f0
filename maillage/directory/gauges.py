"""Figures of the directory that indicators may follow."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from maillage.directory.enums import Status
from maillage.directory.models import Establishment, Organisation
from maillage.kernel.counted import CountedLine, CountedList, Listing
from maillage.kernel.dated import months_before
from maillage.kernel.registry import Figure, Gauge
from maillage.territories.models import Commune
from maillage.territories.queries import home_epcis
from ui import french


def _parts(**of_organisation: Any) -> dict[str, int]:
    """By EPCI of the territory, as the list filters: a published organisation counts where one of its open places is.

    Joined, not asked « is it among »: half the time over a million sheets. Places first: of a national directory, few
    lie here.
    """
    here = Commune.objects.filter(epci__in=home_epcis().values("pk"))
    places = Establishment.objects.filter(
        commune__in=here, closed_date__isnull=True, organisation__status=Status.PUBLISHED, **of_organisation
    )
    counted = places.values("commune__epci").annotate(number=Count("organisation", distinct=True))
    return {row["commune__epci"]: row["number"] for row in counted.order_by("commune__epci")}


def _examples(found: QuerySet[Organisation]) -> str:
    number = found.filter(is_example=True).count()
    return f"dont {french.plural(number, 'fiche d’exemple', 'fiches d’exemple')}" if number else ""


def published(on: date) -> Figure:
    """The sheets that the public list shows, invented ones too: the figure and its list say the same."""
    found = Organisation.objects.published()
    return Figure(found.count(), _parts(), path="/annuaire/", note=_examples(found))


def _a_year_before(on: date) -> datetime:
    return timezone.make_aware(datetime.combine(months_before(on, 12), time.min))


def _confirmed(on: date) -> QuerySet[Organisation]:
    return Organisation.objects.published().filter(verified_at__gte=_a_year_before(on))


def _recognised(on: date) -> QuerySet[Organisation]:
    holds = Q(qualifications__start_date__isnull=True) | Q(qualifications__start_date__lte=on)
    holds &= Q(qualifications__end_date__isnull=True) | Q(qualifications__end_date__gte=on)
    return Organisation.objects.published().filter(holds, qualifications__isnull=False).distinct()


def sheet_line(one: Organisation) -> CountedLine:
    """A published sheet, with the day when somebody verified it last; an example says that it is one."""
    name = f"{one.name} (donnée d’exemple)" if one.is_example else one.name
    return CountedLine(name, one.get_absolute_url(), timezone.localdate(one.verified_at) if one.verified_at else None)


def _sheets(of: Callable[[date], QuerySet[Organisation]], day: str = "") -> Listing:
    """Published sheets: everybody may open their list."""

    def read(on: date, reader: Any) -> CountedList:
        return CountedList(of(on).order_by("name", "pk"), sheet_line)

    return Listing(read, "fiche", day=day, is_public=True)


def confirmed(on: date) -> Figure:
    """Published sheets that somebody verified in the last twelve months, of all that are published."""
    since = _a_year_before(on)
    everything = Organisation.objects.published()
    found = _confirmed(on)
    number = found.count()
    parts = _parts(organisation__verified_at__gte=since) if number else {}
    return Figure(number, parts, whole=everything.count(), note=_examples(found))


def recognised(on: date) -> Figure:
    """Published sheets with an accreditation or a label that holds that day."""
    found = _recognised(on)
    number = found.count()
    return Figure(number, _parts(organisation__in=found) if number else {}, note=_examples(found))


GAUGES = (
    Gauge("directory.published", published),
    Gauge("directory.confirmed", confirmed, _sheets(_confirmed, "Vérifiée le")),
    Gauge("directory.recognised", recognised, _sheets(_recognised)),
)
