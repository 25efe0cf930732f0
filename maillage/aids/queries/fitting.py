"""Which aids fit somebody, and why: `matching` over the open aids, with what people advised.

Neighbours: a room that holds projects calls `possible_for` with the seeker that it makes of one, and `advice_about`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Model

from maillage.aids.enums import Audience
from maillage.aids.matching import Board, Facts, Match, Seeker
from maillage.aids.models import Aid, AidAdvice
from maillage.aids.queries.places import places_of_commune
from maillage.directory.enums import Family, TermKind
from maillage.directory.models import Establishment, Organisation

_AUDIENCE_OF_FAMILY = {
    Family.ASSOCIATION: Audience.ASSOCIATION,
    Family.FOUNDATION: Audience.ASSOCIATION,
    Family.COOPERATIVE: Audience.COMPANY,
    Family.MUTUAL: Audience.COMPANY,
    Family.COMMERCIAL_ESS: Audience.COMPANY,
}  # fmt: skip


@dataclass(frozen=True)
class Found:
    """An aid and why it fits, or does not."""

    aid: Aid
    match: Match


@dataclass(frozen=True)
class Possible:
    """fitting: no point against, the nearest first; aside: at least one against, the nearest first."""

    fitting: tuple[Found, ...]
    aside: tuple[Found, ...]


def facts_of(aid: Aid) -> Facts:
    """What of an aid is compared."""
    most = [one for one in (aid.amount_max, aid.loan_amount, aid.advance_amount) if one is not None]
    return Facts(
        audiences=frozenset(aid.audiences), themes=frozenset(aid.themes), coverage=frozenset(aid.coverage),
        steps=frozenset(aid.steps), types=frozenset(aid.types), amount_min=aid.amount_min,
        amount_max=max(most, default=None), start_date=aid.start_date, deadline_date=aid.deadline_date,
        recurrence=aid.recurrence, is_gone=aid.gone_date is not None,
    )  # fmt: skip


def possible_for(seeker: Seeker) -> Possible:
    """Every open aid for this seeker, with its seven reasons. One query."""
    rows = list(Aid.objects.open(seeker.on).light().order_by(F("deadline_date").asc(nulls_last=True), "name", "pk"))
    if not rows:
        return Possible((), ())
    row = Board([facts_of(aid) for aid in rows]).row(seeker)
    ranked = [Found(rows[place], row.match(place)) for place in row.ranked()]
    return Possible(tuple(one for one in ranked if one.match.fits), tuple(one for one in ranked if not one.match.fits))


def possible_for_organisation(organisation: Organisation, *, on: date) -> Possible:
    """The same, for what an organisation's sheet says of it. Three queries."""
    return possible_for(seeker_of(organisation, on=on))


def seeker_of(organisation: Organisation, *, on: date) -> Seeker:
    """Who an organisation is, by its sheet: family, subjects, places. Two queries."""
    themes = organisation.terms.filter(kind=TermKind.THEME).values_list("code", flat=True)
    places = Establishment.objects.filter(organisation=organisation, commune__isnull=False).select_related("commune")
    keys = frozenset(key for one in places if one.commune is not None for key in places_of_commune(one.commune))
    audience = _AUDIENCE_OF_FAMILY.get(Family(organisation.family)) if organisation.family else None
    return Seeker(on=on, audience=audience.value if audience else "", themes=frozenset(themes), places=keys)


def advice_about(target: Model) -> list[AidAdvice]:
    """What people said of aids for this object, the latest first. One query."""
    rows = AidAdvice.objects.filter(object_type=target._meta.label_lower, object_id=target.pk)
    return list(rows.select_related("aid", "by").order_by("-at", "-pk"))


def advised(target: Model, possible: Possible) -> Possible:
    """The same, once people spoke: what they added comes first, what they removed is not there. One query."""
    said = {one.aid_id: one for one in advice_about(target)}
    kept = [one for one in (*possible.fitting, *possible.aside) if one.aid.pk not in said or said[one.aid.pk].is_added]
    first = [one for one in kept if one.aid.pk in said]
    rest = _without(possible.fitting, said)
    return Possible((*first, *rest), _without(possible.aside, said))


def _without(found: Iterable[Found], said: dict[int, Any]) -> tuple[Found, ...]:
    return tuple(one for one in found if one.aid.pk not in said)
