"""Reads about liaison officers: who sits for which communes, how messages went."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Avg, Count, F, Prefetch, Q
from django.utils import timezone
from wagtail.images import get_image_model

from maillage.accounts.models import Delegation, Mandate, User
from maillage.accounts.queries import running_delegations
from maillage.accounts.rules import may_enter_back_office, may_manage_people
from maillage.space.deciding import running_officers
from maillage.space.enums import MessageState
from maillage.space.models import Portrait, RelayedMessage
from maillage.territories.models import Commune, Epci
from maillage.territories.queries import epcis_of, home_territory

# Long enough to find somebody, and to let a council name them.
ENDING_DAYS = 60


@dataclass(frozen=True)
class Seat:
    """One EPCI of the territory and who sits for it; mandates: one, unless something is wrong.

    absence: who stands in for the one to show, today; portrait: of the one to show, if they gave one.
    """

    epci: Epci
    mandates: tuple[Mandate, ...]
    communes: tuple[Commune, ...]
    absence: Delegation | None = None
    portrait: Portrait | None = None

    @property
    def mandate(self) -> Mandate | None:
        """The one to show: the oldest that runs."""
        return self.mandates[0] if self.mandates else None


def seats(on: date) -> list[Seat]:
    """One seat for each EPCI of the home territory, in its order; seven queries, whatever their number."""
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
    away = {one.giver_id: one for one in running_delegations(on=on)}
    found = [_seat(one, held.get(one.siren, []), towns.get(one.siren, []), away) for one in epcis]
    faces = portraits_of(seat.mandate.user_id for seat in found if seat.mandate)
    return [replace(seat, portrait=faces.get(seat.mandate.user_id)) if seat.mandate else seat for seat in found]


def portraits_of(people: Iterable[int]) -> dict[int, Portrait]:
    """{person: portrait} with what was drawn of each; three queries at most."""
    pictures = get_image_model().objects.prefetch_renditions("fill-240x240|format-webp")
    found = Portrait.objects.filter(user__in=list(people)).prefetch_related(Prefetch("picture", queryset=pictures))
    return {one.user_id: one for one in found}


def _seat(epci: Epci, held: list[Mandate], towns: list[Commune], away: Mapping[int, Delegation]) -> Seat:
    return Seat(epci, tuple(held), tuple(towns), away.get(held[0].user_id) if held else None)


def seat_of(siren: str | None, on: date) -> Seat | None:
    """Who sits for this EPCI, without its communes; None for one that is not known. Three queries."""
    epci = Epci.objects.filter(siren=siren).first() if siren else None
    if epci is None:
        return None
    held = list(running_officers(on, [epci.siren]))
    return _seat(epci, held, [], {one.giver_id: one for one in running_delegations(on=on)})


@dataclass(frozen=True)
class Watch:
    """What somebody must do about liaison officers. ending: mandates that end within ENDING_DAYS, the soonest first."""

    vacant: tuple[Epci, ...]
    crowded: tuple[Epci, ...]
    ending: tuple[Mandate, ...]


def watch_seats(on: date) -> Watch | None:
    """What is wrong or will be; None when every seat is held for long. Four queries."""
    found = seats(on)
    soon = on + timedelta(days=ENDING_DAYS)
    ending = [one.mandate for one in found if one.mandate and one.mandate.end_date and one.mandate.end_date <= soon]
    told = Watch(
        tuple(one.epci for one in found if not one.mandates),
        tuple(one.epci for one in found if len(one.mandates) > 1),
        tuple(sorted(ending, key=lambda one: one.end_date or on)),
    )
    return told if told.vacant or told.crowded or told.ending else None


def seats_panel(user: User) -> dict[str, Any] | None:
    """The home of the back office, when something must be done about liaison officers."""
    on = timezone.localdate()
    watch = watch_seats(on) if may_enter_back_office(user, on=on) else None
    return None if watch is None else {"watch": watch, "may_manage": bool(may_manage_people(user, on=on))}


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
