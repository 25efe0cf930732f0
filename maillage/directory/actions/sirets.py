"""Hold the SIRETs of the directory against a register: a closed one is doubted, never deleted.

Words: a *state* is the day a place closed, or None while it is open; what the register does not know stays as it was.
Neighbours: `imports.sirets` asks the register; the doubt is settled by a person like any other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from maillage.directory.enums import FlagCode, Status
from maillage.directory.models import Establishment, Flag
from maillage.directory.quality import UNKNOWN_DATE


@dataclass(frozen=True)
class SiretDoubt:
    """One place whose number the register closed: the sheet's name, the number, the day ("" when not known)."""

    establishment: Establishment
    siret: str
    closed_on: str

    @property
    def message(self) -> str:
        since = f" depuis le {date.fromisoformat(self.closed_on):%d/%m/%Y}" if self.closed_on else ""
        return f"Le SIRET {self.siret} est fermé au répertoire Sirene{since}\u00a0: fermeture, ou déménagement\u202f?"


@dataclass(frozen=True)
class SiretsChecked:
    """closed: every closed number; opened: how many new doubts; lifted: doubts that hold no more; unknown: not told."""

    closed: list[SiretDoubt]
    opened: int
    lifted: int
    unknown: int


def flag_closed_sirets(*, states: Mapping[str, date | None], at: datetime, dry_run: bool = False) -> SiretsChecked:
    """Open a doubt on each closed place, close those of places that are open or have another number.

    A doubt that a person settled is not raised again. With dry_run nothing is written, the counts are the same.
    """
    with transaction.atomic():
        places = list(checked_places())
        closed = [_doubt(place, states[str(place.siret)]) for place in places if states.get(str(place.siret))]
        known = Flag.objects.filter(Q(resolved_at__isnull=True) | Q(is_settled=True), code=FlagCode.CLOSED_SIRET)
        held: dict[tuple[int, str], Flag] = {}
        for flag in known.select_related("establishment").order_by("pk"):
            if flag.establishment_id is not None and flag.establishment is not None:
                held[flag.establishment_id, str(flag.establishment.siret)] = flag
        fresh = [one for one in closed if (one.establishment.pk, one.siret) not in held]
        over = [flag.pk for flag in held.values() if flag.resolved_at is None and _is_over(flag, states)]
        if not dry_run:
            Flag.objects.bulk_create(_flag(one, at) for one in fresh)
            Flag.objects.filter(pk__in=over).update(resolved_at=at)
    unknown = sum(str(place.siret) not in states for place in places)
    return SiretsChecked(closed, len(fresh), len(over), unknown)


def checked_places() -> list[Establishment]:
    """Places with a number that the directory says open, of sheets that are not archived; one query."""
    found = Establishment.objects.filter(
        siret__isnull=False, closed_date__isnull=True, organisation__closed_date__isnull=True,
        organisation__merged_into__isnull=True,
    )  # fmt: skip
    found = found.exclude(organisation__status=Status.ARCHIVED).exclude(organisation__is_example=True)
    return list(found.select_related("organisation").order_by("organisation__name_key", "pk"))


def _doubt(place: Establishment, closed: date | None) -> SiretDoubt:
    day = "" if closed is None else closed.isoformat()
    return SiretDoubt(place, str(place.siret), "" if day == UNKNOWN_DATE else day)


def _is_over(flag: Flag, states: Mapping[str, date | None]) -> bool:
    """Is the number that the doubt names open, or no longer that of the place?"""
    siret = "" if flag.establishment is None else str(flag.establishment.siret)
    return siret not in flag.message or (siret in states and states[siret] is None)


def _flag(one: SiretDoubt, at: datetime) -> Flag:
    return Flag(
        organisation=one.establishment.organisation, establishment=one.establishment, code=FlagCode.CLOSED_SIRET,
        message=one.message, created_at=at,
    )  # fmt: skip
