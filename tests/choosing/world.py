"""What the tests of consultations share: a question, its voices, ballots."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from maillage.accounts.enums import Role
from maillage.accounts.models import Mandate, User
from maillage.choosing import actions, receipts
from maillage.choosing.models import Ballot, Consultation, Elector
from maillage.directory.models import Organisation
from maillage.space.enums import Part
from maillage.space.models import Membership
from tests.factories import organisation, person

OPENS = datetime(2026, 11, 23, 8, tzinfo=UTC)
DURING = OPENS + timedelta(days=2)
CLOSES = OPENS + timedelta(days=14)
PAPER_UNTIL = CLOSES + timedelta(days=3)
BEFORE = OPENS - timedelta(days=1)
EVERYBODY = ("choosing.organisations", "choosing.elected", "choosing.inhabitants", "choosing.partners")
THEMES = (("Réparer", "Ateliers et recycleries"), ("Manger", ""), ("Bouger", ""))
_numbers = itertools.count(1)


def draft_of(**traits: Any) -> actions.Draft:
    facts: dict[str, Any] = {
        "question": "Quels thèmes en 2027 ?", "method": "dots", "dots": 5, "options": THEMES, "opens_at": OPENS,
        "closes_at": CLOSES, "paper_until": PAPER_UNTIL, "electorates": EVERYBODY,
    }  # fmt: skip
    facts |= traits
    if facts["method"] != "dots":
        facts["dots"] = None
    if facts["method"] == "consent":
        facts["options"] = ()
    return actions.Draft(**facts)


def drafted(**traits: Any) -> Consultation:
    return actions.draft(what=draft_of(**traits), by=None, at=BEFORE)


def opened(**traits: Any) -> Consultation:
    return actions.open_consultation(consultation=drafted(**traits), by=None, at=BEFORE)


def held_by(*emails: str, name: str = "", **facts: Any) -> Organisation:
    """A published sheet that the first person manages, the others with them."""
    number = next(_numbers)
    made = organisation(name or f"Atelier {number:03d}", status="published", **facts)
    for rank, email in enumerate(emails or (f"tient{number}@exemple.test",)):
        user = User.objects.filter(email=email).first() or person(email)
        part = Part.CONTRIBUTOR if rank else Part.MANAGER
        Membership.objects.create(user=user, organisation=made, part=part, since=BEFORE)
    return made


def elected(email: str = "edith@exemple.test") -> User:
    user = person(email)
    Mandate.objects.create(user=user, role=Role.ELECTED_MEMBER, start_date=BEFORE.date())
    return user


def voice_of(consultation: Consultation, who: Organisation | User) -> Elector:
    own = {"organisation": who} if isinstance(who, Organisation) else {"user": who}
    return Elector.objects.get(consultation=consultation, **own)


def dots(**given: int) -> dict[str, Any]:
    return {"dots": given}


def at(moment: datetime) -> Callable[[], datetime]:
    return lambda: moment


def vote(voice: Elector, content: dict[str, Any], *, moment: datetime = DURING, **facts: Any) -> Ballot:
    told: dict[str, Any] = {"code": receipts.draw_code(), "by": None, **facts}
    return actions.cast(elector=voice, content=content, clock=at(moment), **told)


def vote_by_address(one: Consultation, address: str, content: dict[str, Any], **facts: Any) -> Ballot:
    told: dict[str, Any] = {"code": receipts.draw_code(), **facts}
    return actions.cast_by_address(consultation=one, address=address, content=content, clock=at(DURING), **told)


def closed(one: Consultation) -> Consultation:
    return actions.close(consultation=one, by=None, at=PAPER_UNTIL)
