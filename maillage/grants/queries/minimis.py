"""What a single undertaking was given *de minimis*, and what it still may receive.

An aid counts at the day when its right was given, in the three years that end that day: ]D - 3 years; D]. A regulation
has its own ceiling; all of them together, the highest ceiling of those that are there. Sources: Regulations (EU)
2023/2831 and 2023/2832, article 3 and 5. Neighbour: `terms` has the ceilings.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from maillage.calls.models import Application
from maillage.grants import terms
from maillage.grants.enums import SUMMED
from maillage.grants.facts import is_summed
from maillage.grants.models import DeMinimisAid, Undertaking, UndertakingMember

NOTHING = Decimal(0)


@dataclass(frozen=True)
class Room:
    """What may still be given, in euros: `left` of `ceiling`, `given` being counted. Negative when it is passed."""

    ceiling: Decimal
    given: Decimal

    @property
    def left(self) -> Decimal:
        return self.ceiling - self.given


@dataclass(frozen=True)
class Counted:
    """One aid, as it counts: when, under which regulation, how many euros."""

    granted_on: date
    regulation: str
    amount: Decimal


def aids_of(undertaking: Undertaking) -> list[Counted]:
    """Every aid of the register, ours and declared ones; one query."""
    rows = DeMinimisAid.objects.filter(undertaking=undertaking)
    return [Counted(*row) for row in rows.values_list("granted_on", "regulation", "amount").order_by("pk")]


def room(aids: Iterable[Counted], *, regulation: str, on: date) -> Room:
    """The narrowest of the rooms that an aid of that regulation, given that day, would meet.

    An aid that was already given on a later day counts with this one in the three years before that later day.
    """
    known = list(aids)
    until = terms.window_start
    days = {on} | {one.granted_on for one in known if one.granted_on > on and until(one.granted_on) < on}
    rooms = [found for day in sorted(days) for found in _rooms(known, regulation, day)]
    return min(rooms, key=lambda one: one.left)


def narrowest(aids: Iterable[Counted], *, on: date) -> Room | None:
    """The narrowest room of the three years that end that day, or that end with a later aid; negative when a ceiling
    is passed, None without any aid in them."""
    known = list(aids)
    days = {on} | {one.granted_on for one in known if one.granted_on > on}
    regulations = {one.regulation for one in known if one.granted_on > terms.window_start(on)}
    rooms = [found for day in days for regulation in regulations for found in _rooms(known, regulation, day)]
    return min(rooms, key=lambda one: one.left, default=None)


def _rooms(aids: list[Counted], regulation: str, day: date) -> list[Room]:
    start = terms.window_start(day)
    counted = [one for one in aids if start < one.granted_on <= day]
    own = sum((one.amount for one in counted if one.regulation == regulation), NOTHING)
    together = sum((one.amount for one in counted), NOTHING)
    highest = max(terms.ceiling(one, day) for one in {regulation, *(one.regulation for one in counted)})
    return [Room(terms.ceiling(regulation, day), own), Room(highest, together)]


def rooms_of(applications: Iterable[Application], on: date) -> dict[int, Room]:
    """{application: what its undertaking may still receive that day}, for those that count; what each declares in its
    file is counted. Two queries, when organisation, call, scheme and declared aids are loaded."""
    counted = [one for one in applications if is_summed(one)]
    members = UndertakingMember.objects.filter(organisation__in=[one.organisation_id for one in counted])
    owners = dict(members.values_list("organisation", "undertaking"))
    aids: dict[int, list[Counted]] = defaultdict(list)
    rows = DeMinimisAid.objects.filter(undertaking__in=set(owners.values()))
    for owner, day, regulation, amount in rows.values_list(
        "undertaking", "granted_on", "regulation", "amount"
    ).order_by("pk"):
        aids[owner].append(Counted(day, regulation, amount))
    return {
        one.pk: room(
            _with_declared(one, aids[owners.get(one.organisation_id, 0)]), regulation=one.call.scheme.state_aid, on=on
        )
        for one in counted
    }


def _with_declared(application: Application, known: list[Counted]) -> list[Counted]:
    """What the register has, and what the file declares that is not there yet."""
    declared = [
        Counted(one.granted_on, one.regulation, one.amount)
        for one in application.declared_aids.all()
        if one.regulation in SUMMED
    ]
    return [*known, *(one for one in declared if one not in known)]
