"""Whose sheet is due to be asked about, through which address, and why others are not asked. Reads only.

Words: a sheet is *due* when nobody verified it, and no letter asked, for as many months as its organisation chose.
Neighbours: `actions.freshness` posts what is planned here; `maillage freshness_campaign --dry-run` shows it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from maillage.accounts.models import User
from maillage.directory.confirmation import known_since, silence_limit
from maillage.directory.models import Organisation
from maillage.kernel.dated import months_before
from maillage.outbox.addresses import AddressRefused, normalise
from maillage.outbox.enums import Trouble
from maillage.outbox.models import Mailbox
from maillage.outbox.rules import refusal
from maillage.space.enums import Months, Part
from maillage.space.models import Membership
from maillage.space.notices_freshness import SHEETS

BATCH = 500
REASONS = {
    "example": "donnée d’exemple",
    "no_address": "aucune adresse sûre : à appeler",
    Trouble.STOPPED: "l’adresse est arrêtée",
    Trouble.BLOCKED: "ne veut plus de lettres à ce sujet",
}


@dataclass(frozen=True)
class Planned:
    """One due sheet. to: whom to ask (its manager, else its own address), None when `reason` says why nobody is."""

    organisation: Organisation
    to: User | str | None
    reason: str

    @property
    def reader(self) -> str:
        """Who would read it, without naming them."""
        return "" if self.to is None else "responsable" if isinstance(self.to, User) else "adresse de la structure"


def due_sheets(at: datetime) -> QuerySet[Organisation]:
    """Published, open sheets whose time has come, the longest unconfirmed first; `known` is when they were last."""
    known, on, is_due = Coalesce("verified_at", "created_at"), timezone.localdate(at), Q()
    for months in Months.values:
        limit = _end_of(months_before(on, months))
        is_due |= Q(chosen=months, known__lt=limit, asked__lt=limit)
    return (
        Organisation.objects.published()
        .not_merged()
        .filter(closed_date__isnull=True)
        .annotate(known=known, asked=Coalesce("freshness__asked_at", known))
        .annotate(chosen=Coalesce("freshness__months", Months.TWELVE.value))
        .filter(is_due)
        .order_by("known", "pk")
    )


def plan(at: datetime, *, with_examples: bool = False) -> Iterator[Planned]:
    """Every due sheet with whom to ask, or why not; three queries for each BATCH."""
    managers = Membership.objects.filter(part=Part.MANAGER, user__is_active=True).select_related("user")
    # The keys first: what is asked meanwhile leaves the list, and must not make it skip others.
    keys = list(due_sheets(at).values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        wanted = Organisation.objects.prefetch_related(Prefetch("memberships", managers, to_attr="managers"))
        rows = wanted.in_bulk(keys[start : start + BATCH])
        yield from _planned([rows[pk] for pk in keys[start : start + BATCH] if pk in rows], with_examples)


def _planned(rows: list[Organisation], with_examples: bool) -> Iterator[Planned]:
    readers = [(one, _reader(one)) for one in rows]
    addresses = {one.pk: _address(to) for one, to in readers}
    known = {box.address: box for box in Mailbox.objects.filter(address__in=set(addresses.values()) - {""})}
    for one, to in readers:
        reason = ""
        if one.is_example and not with_examples:
            reason = "example"
        elif not addresses[one.pk]:
            reason = "no_address"
        elif addresses[one.pk] in known:
            reason = refusal(known[addresses[one.pk]], subject=SHEETS.key, is_urgent=False) or ""
        yield Planned(one, None if reason else to, reason)


def _reader(organisation: Organisation) -> User | str:
    managers: list[Membership] = getattr(organisation, "managers")  # noqa: B009 — put there by the prefetch
    return managers[0].user if managers else organisation.email


def _address(to: User | str) -> str:
    try:
        return normalise(to.email if isinstance(to, User) else to)
    except AddressRefused:
        return ""


def silent_sheets(at: datetime) -> QuerySet[Organisation]:
    """Published, open sheets that nobody confirmed for a year and a month, the longest silent first."""
    limit = _end_of(silence_limit(timezone.localdate(at)))
    found = Organisation.objects.published().not_merged().filter(closed_date__isnull=True, is_example=False)
    return found.annotate(known=Coalesce("verified_at", "created_at")).filter(known__lt=limit).order_by("known", "pk")


def silence_key(organisation: Organisation) -> str:
    """Names one silence of one sheet: a later confirmation begins another."""
    return f"unconfirmed:{organisation.pk}:{known_since(organisation).isoformat()}"


def _end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
