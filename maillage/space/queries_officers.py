"""Reads about liaison officers: who sits for which communes, how messages went."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Avg, Count, F, Q

from maillage.accounts.models import Mandate, User
from maillage.space.deciding import running_officers
from maillage.space.enums import MessageState
from maillage.space.models import RelayedMessage
from maillage.territories.models import Commune, Epci
from maillage.territories.queries import epcis_of, home_territory


@dataclass(frozen=True)
class Seat:
    """One EPCI of the territory and who sits for it; mandates: one, unless something is wrong."""

    epci: Epci
    mandates: tuple[Mandate, ...]
    communes: tuple[Commune, ...]

    @property
    def mandate(self) -> Mandate | None:
        """The one to show: the oldest that runs."""
        return self.mandates[0] if self.mandates else None


def seats(on: date) -> list[Seat]:
    """One seat for each EPCI of the home territory, in its order; three queries."""
    home = home_territory()
    if home is None:
        return []
    epcis = epcis_of(home)
    held: dict[str, list[Mandate]] = {}
    for mandate in running_officers(on, [epci.siren for epci in epcis]):
        held.setdefault(str(mandate.epci_id), []).append(mandate)
    towns: dict[str | None, list[Commune]] = {}
    for commune in Commune.objects.of_territory(home).by_name():
        towns.setdefault(commune.epci_id, []).append(commune)
    return [Seat(one, tuple(held.get(one.siren, ())), tuple(towns.get(one.siren, ()))) for one in epcis]


def officer_of(siren: str, on: date) -> tuple[Epci, User] | None:
    """Who answers for this EPCI that day; None when nobody does."""
    mandate = running_officers(on, [siren]).first()
    return None if mandate is None or mandate.epci is None else (mandate.epci, mandate.user)


@dataclass(frozen=True)
class MessageFigures:
    """Counts and delay of relayed messages; hours: mean time between writing and leaving, None without any."""

    written: int
    relayed: int
    hours: float | None


def message_figures() -> MessageFigures:
    """What agents see of messages: how many, how fast; never the words. One query."""
    told = RelayedMessage.objects.aggregate(
        written=Count("pk"),
        relayed=Count("pk", filter=Q(state=MessageState.RELAYED)),
        delay=Avg(F("relayed_at") - F("written_at"), filter=Q(state=MessageState.RELAYED)),
    )
    delay = told["delay"]
    return MessageFigures(told["written"], told["relayed"], None if delay is None else delay.total_seconds() / 3600)
