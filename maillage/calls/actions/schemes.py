"""Who grants, under which rules, and with how much a year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import IntegrityError, transaction

from maillage.accounts.models import User
from maillage.calls.actions.refusal import CallRefused
from maillage.calls.enums import DecidingBody, StateAid
from maillage.calls.models import Authority, EnvelopeLine, Scheme
from maillage.calls.phrases import calls as phrases
from maillage.kernel.actions import journal
from maillage.strategy.models import Measure
from maillage.territories.models import Epci
from ui import french


@dataclass(frozen=True)
class SchemeFacts:
    """What a scheme says of itself; see the model."""

    authority: Authority
    title: str
    purpose: str
    legal_basis: str
    regional_agreement: str = ""
    state_aid: StateAid = StateAid.NONE
    deciding_body: DecidingBody = DecidingBody.COUNCIL
    defines_need: bool = False
    measure: Measure | None = None


def save_authority(
    *, name: str, by: User | None, at: datetime, siret: str = "", epci: Epci | None = None, court: str = ""
) -> Authority:  # fmt: skip
    """The authority of this community of communes, or of the territory itself; corrected when it is known already."""
    with transaction.atomic():
        facts = {"name": name.strip(), "siret": siret, "court": court.strip()}
        made, is_new = Authority.objects.update_or_create(epci=epci, defaults=facts)
        journal(verb="save_authority", target=made, changes={"new": [None, is_new]}, by=by, at=at)
    return made


def save_scheme(
    *, facts: SchemeFacts, by: User, at: datetime, scheme: Scheme | None = None, is_example: bool = False
) -> Scheme:
    """Open a scheme, or correct one. Raises CallRefused: no title, no legal ground, a title that its authority has."""
    if not facts.title.strip():
        raise CallRefused(phrases.NO_TITLE, "title")
    if not facts.legal_basis.strip():
        raise CallRefused(phrases.NO_LEGAL_BASIS, "legal_basis")
    row = scheme or Scheme(opened_at=at, is_example=is_example)
    before = {name: str(getattr(row, name)) for name in facts.__dict__ if scheme is not None}
    for name, value in facts.__dict__.items():
        setattr(row, name, value.strip() if isinstance(value, str) and name not in _CHOSEN else value)
    try:
        with transaction.atomic():
            row.save()
            changes = {name: [before.get(name), str(value)] for name, value in facts.__dict__.items()}
            changed = {name: pair for name, pair in changes.items() if pair[0] != pair[1]}
            journal(verb="save_scheme", target=row, changes=changed, by=by, at=at)
    except IntegrityError as error:
        raise CallRefused(phrases.TITLE_TAKEN, "title") from error
    return row


_CHOSEN = ("state_aid", "deciding_body")


def set_envelope(*, scheme: Scheme, year: int, amount: Decimal, by: User, at: datetime) -> EnvelopeLine:
    """What a scheme may spend that year, in euros. Raises CallRefused below what was awarded on it already."""
    if not 2020 <= year <= 2100:
        raise CallRefused(phrases.WRONG_YEAR, "year")
    with transaction.atomic():
        line, is_new = EnvelopeLine.objects.get_or_create(scheme=scheme, year=year, defaults={"amount": amount})
        before = None if is_new else line.amount
        if not is_new and not EnvelopeLine.objects.filter(pk=line.pk, awarded__lte=amount).update(amount=amount):
            line.refresh_from_db()
            raise CallRefused(phrases.BELOW_AWARDED.format(awarded=french.euros(line.awarded)), "amount")
        changes = {"year": [None, year], "amount": [before and str(before), str(amount)]}
        journal(verb="set_envelope", target=scheme, changes=changes, by=by, at=at)
        line.refresh_from_db()
    return line
