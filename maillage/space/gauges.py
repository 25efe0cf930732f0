"""Figures of the organisations' spaces that indicators may follow."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from maillage.directory.gauges import sheet_line
from maillage.directory.models import Establishment, Organisation
from maillage.kernel.counted import CountedLine, CountedList, Fold, Listing
from maillage.kernel.registry import Figure, Gauge
from maillage.space import phrases
from maillage.space.enums import MessageState, Part
from maillage.space.models import Membership, RelayedMessage
from maillage.space.queries_officers import seats

# One main place for each organisation: the parts add up.
_MAIN = Q(organisation__establishments__is_main=True, organisation__establishments__commune__epci__isnull=False)
_EPCI = "organisation__establishments__commune__epci"


def officers(on: date) -> Figure:
    """EPCI of the territory where somebody is the liaison officer that day. Not a count of people: one name each."""
    found = seats(on)
    held = {seat.epci.siren: int(bool(seat.mandates)) for seat in found}
    return Figure(sum(held.values()), held, path="/referents/", whole=len(found))


def _held() -> QuerySet[Organisation]:
    holders = Membership.objects.filter(part=Part.MANAGER, user__is_active=True)
    return Organisation.objects.published().filter(pk__in=holders.values("organisation"))


def _held_list(on: date, reader: Any) -> CountedList:
    """Sheets, not their managers: who keeps a sheet stands in its own page."""
    return CountedList(_held().order_by("name", "pk"), sheet_line)


def held_sheets(on: date) -> Figure:
    """Published sheets whose organisation has a manager here, of all that are published."""
    everything = Organisation.objects.published()
    found = _held()
    places = Establishment.objects.filter(organisation__in=found, is_main=True, commune__epci__isnull=False)
    counted = places.values("commune__epci").annotate(number=Count("pk")).order_by("commune__epci")
    return Figure(found.count(), {row["commune__epci"]: row["number"] for row in counted}, whole=everything.count())


def _messages_list(on: date, reader: Any) -> CountedList:
    """How many each organisation was sent; never who wrote, nor what. Officers are one line, not their names."""
    found = RelayedMessage.objects.filter(state=MessageState.RELAYED)
    names = Organisation.objects.in_bulk(found.exclude(organisation=None).values_list("organisation", flat=True))
    rows = found.values("organisation").annotate(number=Count("pk")).order_by("-number", "organisation")

    def line(row: dict[str, Any]) -> CountedLine:
        to = names.get(row["organisation"])
        if to is None:
            return CountedLine(phrases.TO_OFFICERS, "/referents/", value=row["number"])
        return CountedLine(to.name, to.get_absolute_url() if to.is_public else "", value=row["number"])

    return CountedList(list(rows), line)


def messages(on: date) -> Figure:
    """Messages that left for an organisation or a liaison officer, since the site exists."""
    found = RelayedMessage.objects.filter(state=MessageState.RELAYED)
    counted = found.filter(_MAIN).values(_EPCI).annotate(number=Count("pk")).order_by(_EPCI)
    return Figure(found.count(), {row[_EPCI]: row["number"] for row in counted})


GAUGES = (
    Gauge("space.officers", officers),
    Gauge("space.held_sheets", held_sheets, Listing(_held_list, "fiche", day="Vérifiée le")),
    Gauge("space.messages", messages, Listing(_messages_list, "destinataire", Fold.SUM)),
)
