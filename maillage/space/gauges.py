"""Figures of the organisations' spaces that indicators may follow."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Q

from maillage.directory.models import Establishment, Organisation
from maillage.kernel.registry import Figure, Gauge
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


def held_sheets(on: date) -> Figure:
    """Published sheets whose organisation has a manager here, of all that are published."""
    everything = Organisation.objects.published()
    holders = Membership.objects.filter(part=Part.MANAGER, user__is_active=True)
    found = everything.filter(pk__in=holders.values("organisation"))
    places = Establishment.objects.filter(organisation__in=found, is_main=True, commune__epci__isnull=False)
    counted = places.values("commune__epci").annotate(number=Count("pk")).order_by("commune__epci")
    return Figure(found.count(), {row["commune__epci"]: row["number"] for row in counted}, whole=everything.count())


def messages(on: date) -> Figure:
    """Messages that left for an organisation or a liaison officer, since the site exists."""
    found = RelayedMessage.objects.filter(state=MessageState.RELAYED)
    counted = found.filter(_MAIN).values(_EPCI).annotate(number=Count("pk")).order_by(_EPCI)
    return Figure(found.count(), {row[_EPCI]: row["number"] for row in counted})


GAUGES = (
    Gauge("space.officers", officers),
    Gauge("space.held_sheets", held_sheets),
    Gauge("space.messages", messages),
)
