"""Members of a body as an electorate: one voice for each organisation that sits, one for each person who sits alone.

Somebody known by an address alone votes by letter: one address, one voice, that of the account once there is one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from functools import partial

from django.utils.text import slugify

from maillage.accounts.models import User
from maillage.governance.enums import Kind
from maillage.governance.models import Member
from maillage.governance.rules import running
from maillage.kernel.registry import Electorate, Voice
from maillage.outbox.addresses import digest

ALONE = ("membres", "Membres")


def _voices(kind: Kind, on: date) -> Iterator[Voice]:
    """College after college, in their order."""
    seats = Member.objects.filter(running(on), body__kind=kind).select_related("organisation", "college")
    alone = seats.filter(organisation=None, user=None).exclude(email="").values("email")
    accounts = {one.email.lower(): one.pk for one in User.objects.filter(email__in=alone, is_active=True)}
    for seat in seats.order_by("college__position", "pk"):
        college = (slugify(seat.college.label)[:40], seat.college.label) if seat.college else ALONE
        if seat.organisation is not None:
            name = seat.organisation.name
            yield Voice(f"organisation:{seat.organisation_id}", college, name, organisation_id=seat.organisation_id)
        elif person := seat.user_id or accounts.get(seat.email):
            yield Voice(f"person:{person}", college, college[1], user_id=person)
        elif seat.email:
            yield Voice(f"address:{digest(seat.email)}", college, college[1], address=seat.email)


def _names(kind: Kind, keys: Collection[str]) -> dict[str, str]:
    """Of the people known by an address alone, as the screen of the body's members shows them to agents."""
    seats = Member.objects.filter(body__kind=kind).exclude(email="").order_by("since", "pk")
    return {key: str(seat) for seat in seats if (key := f"address:{digest(seat.email)}") in keys}


ELECTORATES = (
    Electorate("governance.collective", "Les membres du collectif", partial(_voices, Kind.COLLECTIVE),
               names=partial(_names, Kind.COLLECTIVE)),
    Electorate("governance.steering", "Les membres du comité de pilotage", partial(_voices, Kind.STEERING_COMMITTEE),
               names=partial(_names, Kind.STEERING_COMMITTEE)),
)  # fmt: skip
