"""Write down the pairs of sheets that may be one, for a person to look at; nothing is merged here.

Words: see `directory.likeness`. A pair already decided is never opened again.
Neighbours: imports call this on what they made; `merging` closes a pair by merging it.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from maillage.accounts.models import User
from maillage.directory.likeness import Candidate, Pair, core_of, like_pairs
from maillage.directory.models import DuplicatePair, Establishment, Organisation
from maillage.kernel.actions import journal
from maillage.territories.models import Commune

_BATCH = 2_000


def candidates() -> list[Candidate]:
    """Every living sheet with the point of its main place, or the centre of its commune; three queries."""
    centres = {code: (latitude, longitude) for code, latitude, longitude in Commune.objects.values_list(
        "code", "latitude", "longitude")}  # fmt: skip
    places = {
        pk: (commune, latitude, longitude, siret)
        for pk, commune, latitude, longitude, siret in Establishment.objects.filter(is_main=True)
        .values_list("organisation_id", "commune_id", "latitude", "longitude", "siret")
        .iterator(chunk_size=_BATCH)
    }
    found = []
    living = Organisation.objects.not_merged().order_by("pk").values_list("pk", "name_key", "siren", "rna")
    for pk, name_key, siren, rna in living.iterator(chunk_size=_BATCH):
        commune, latitude, longitude, siret = places.get(pk, (None, None, None, None))
        if latitude is None:
            latitude, longitude = centres.get(commune or "", (None, None))
        found.append(
            Candidate(pk, core_of(name_key), commune or "", latitude, longitude, siren or (siret or "")[:9], rna)
        )
    return found


def find_duplicates(
    *, at: datetime, among: Collection[int] | None = None, since: datetime | None = None
) -> list[DuplicatePair]:
    """Open the pairs not known yet, and give them back.

    among: only pairs that touch these sheets; since: only those that touch a sheet changed since then.
    """
    if since is not None:
        among = set(Organisation.objects.filter(updated_at__gte=since).values_list("pk", flat=True))
    if among is not None and not among:
        return []
    return _open(like_pairs(candidates(), among=among), at)


def _open(pairs: list[Pair], at: datetime) -> list[DuplicatePair]:
    opened: list[DuplicatePair] = []
    for start in range(0, len(pairs), _BATCH):
        batch = {(pair.first, pair.second): pair for pair in pairs[start : start + _BATCH]}
        there = DuplicatePair.objects.filter(first__in={first for first, _ in batch})
        for known in there.values_list("first", "second"):
            batch.pop(known, None)
        DuplicatePair.objects.bulk_create(
            (
                DuplicatePair(first_id=pair.first, second_id=pair.second, likeness=pair.likeness, reason=pair.reason,
                              created_at=at)
                for pair in batch.values()
            ),
            ignore_conflicts=True,  # two imports may end at the same moment
        )  # fmt: skip
        opened += [pair for pair in there.all() if (pair.first_id, pair.second_id) in batch]
    return opened


def set_distinct(*, pair: DuplicatePair, by: User | None, at: datetime) -> None:
    """Say that these are two organisations; the pair does not come back."""
    with transaction.atomic():
        changed = DuplicatePair.objects.filter(pk=pair.pk, state=DuplicatePair.State.OPEN).update(
            state=DuplicatePair.State.DISTINCT, decided_at=at
        )
        if changed:
            changes = {"duplicate": [f"{pair.first} / {pair.second}", "distinct"]}
            journal(verb="set_distinct", target=pair.first, changes=changes, by=by, at=at)


def pair_of(first: int, second: int, *, at: datetime) -> DuplicatePair:
    """The pair of these two sheets, opened when nobody saw it before."""
    low, high = sorted((first, second))
    pair, _ = DuplicatePair.objects.get_or_create(
        first_id=low,
        second_id=high,
        defaults={"likeness": 100, "reason": "Signalée par une personne", "created_at": at},
    )
    return pair


def open_pairs_of(organisation: Organisation) -> int:
    """How many pairs of this sheet wait for a person."""
    return DuplicatePair.objects.filter(
        Q(first=organisation) | Q(second=organisation), state=DuplicatePair.State.OPEN
    ).count()
