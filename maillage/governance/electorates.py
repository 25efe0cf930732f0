"""Members of a body as an electorate: one voice for each organisation that sits, one for each person who sits alone.

Somebody known by an address alone has no voice here: a voice is an account's, or an organisation's.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial

from django.utils.text import slugify

from maillage.governance.enums import Kind
from maillage.governance.models import Member
from maillage.governance.rules import running
from maillage.kernel.registry import Electorate, Voice

ALONE = ("membres", "Membres")


def _voices(kind: Kind, on: date) -> Iterator[Voice]:
    """College after college, in their order."""
    seats = Member.objects.filter(running(on), body__kind=kind).select_related("organisation", "college")
    for seat in seats.order_by("college__position", "pk"):
        college = (slugify(seat.college.label)[:40], seat.college.label) if seat.college else ALONE
        if seat.organisation is not None:
            name = seat.organisation.name
            yield Voice(f"organisation:{seat.organisation_id}", college, name, organisation_id=seat.organisation_id)
        elif seat.user_id is not None:
            yield Voice(f"person:{seat.user_id}", college, college[1], user_id=seat.user_id)


ELECTORATES = (
    Electorate("governance.collective", "Les membres du collectif", partial(_voices, Kind.COLLECTIVE)),
    Electorate("governance.steering", "Les membres du comité de pilotage", partial(_voices, Kind.STEERING_COMMITTEE)),
)
