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
# The one size in which a portrait is shown, thrice its place on the page: sharp on every screen.
PORTRAIT = "fill-240x240|format-webp"


@dataclass(frozen=True)
class Seat:
    """One EPCI of the territory and who sits for it; mandates: one, unless something is wrong.

    absence: who stands in for the one to show, today. portrait, stand_in_portrait: their own, once `with_portraits`
    looked for them; None for those who show none.
    """

    epci: Epci
    mandates: tuple[Mandate, ...]
    communes: tuple[Commune, ...]
    absence: Delegation | None = None
    portrait: Portrait | None = None
    stand_in_portrait: Portrait | None = None

    @property
    def mandate(self) -> Mandate | None:
        """The one to show: the oldest that runs."""
        return self.mandates[0] if self.mandates else None


def seats(on: date) -> list[Seat]:
    """One seat for each EPCI of the home territory, in its order; four queries."""
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
    return [_seat(one, held.get(one.siren, []), towns.get(one.siren, []), away) for one in epcis]


def _seat(epci: Epci, held: list[Mandate], towns: list[Commune], away: Mapping[int, Delegation]) -> Seat:
    return Seat(epci, tuple(held), tuple(towns), away.get(held[0].user_id) if held else None)


def seat_of(siren: str | None, on: date) -> Seat | None:
    """Who sits for this EPCI, with faces and without communes; None for one not known. Four queries, or six."""
    epci = Epci.objects.filter(siren=siren).first() if siren else None
    if epci is None:
        return None
    held = list(running_officers(on, [epci.siren]))
    seat = _seat(epci, held, [], {one.giver_id: one for one in running_delegations(on=on)})
    return with_portraits([seat], on)[0]


def with_portraits(found: Iterable[Seat], on: date) -> list[Seat]:
    """These seats with the faces of those who answer; one query, three when there are some."""
    rows = list(found)
    people = {seat.mandate.user_id for seat in rows if seat.mandate} | {s.absence.taker_id for s in rows if s.absence}
    faces = _faces(people, on)
    return [
        replace(
            seat,
            portrait=faces.get(seat.mandate.user_id) if seat.mandate else None,
            stand_in_portrait=faces.get(seat.absence.taker_id) if seat.absence else None,
        )
        for seat in rows
    ]


def _faces(people: Iterable[int], on: date) -> dict[int, Portrait]:
    """{account: its portrait}, of those whose own mandate of liaison officer runs that day."""
    drawn = Prefetch("picture", queryset=get_image_model().objects.prefetch_renditions(PORTRAIT))
    shown = Portrait.objects.filter(user__in=people).filter(user__in=running_officers(on).values("user"))
    return {one.user_id: one for one in shown.select_related("user").prefetch_related(drawn)}


def portrait_of(user: User) -> Portrait | None:
    """What this person put there, whether it is shown today or not."""
    return Portrait.objects.filter(user=user).select_related("user", "picture").first()


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
