"""Thousands of sheets at once: facts read without objects, and room for long writes.

The twin of `facts.facts_of`, for imports and seeds; a test holds them equal. Rows are written by `kernel.bulk`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from django.db import connections, router

from maillage.directory.facts import (
    OTHER_PLACES,
    PLACE_FIELDS,
    PLAIN_FIELDS,
    QUALIFICATION_FIELDS,
    Facts,
    place_key,
    to_json,
)
from maillage.directory.models import Establishment, Organisation, Qualification


class KnownFacts(NamedTuple):
    """The facts of one sheet, and where each comes from (as Organisation.sources)."""

    facts: Facts
    sources: dict[str, int]


def facts_by_pk(pks: Collection[int], *, lock: bool = False) -> dict[int, KnownFacts]:
    """What `facts_of` says of each of these sheets; four queries whatever the rows.

    lock: hold the sheets until the end of the transaction.
    """
    organisations = Organisation.objects.filter(pk__in=pks).order_by("pk")
    if lock:
        organisations = organisations.select_for_update(of=("self",))
    rows = list(organisations.values("pk", "sources", *PLAIN_FIELDS))  # first of all: this is what the lock holds
    terms: dict[int, list[str]] = defaultdict(list)
    named = Organisation.terms.through.objects.filter(organisation_id__in=pks)
    for pk, kind, code in named.values_list("organisation_id", "term__kind", "term__code"):
        terms[pk].append(f"{kind}:{code}")
    held: dict[int, list[Facts]] = defaultdict(list)
    for row in Qualification.objects.filter(organisation__in=pks).values("organisation_id", *QUALIFICATION_FIELDS):
        held[row.pop("organisation_id")].append({name: to_json(value) for name, value in row.items()})
    mains: dict[int, Facts] = {}
    others: dict[int, list[Facts]] = defaultdict(list)
    places = Establishment.objects.filter(organisation__in=pks).order_by("pk")
    for row in places.values("organisation_id", "is_main", *PLACE_FIELDS):
        pk, is_main = row.pop("organisation_id"), row.pop("is_main")
        place = {name: to_json(value) for name, value in row.items()}
        if is_main:
            mains.setdefault(pk, place)
        else:
            others[pk].append({name: value for name, value in place.items() if value not in ("", None, False)})
    found: dict[int, KnownFacts] = {}
    nowhere: Facts = dict.fromkeys(PLACE_FIELDS)
    for row in rows:
        pk, sources = row.pop("pk"), row.pop("sources")
        facts: Facts = {name: to_json(value) for name, value in row.items()}
        facts.update({f"place.{name}": value for name, value in mains.get(pk, nowhere).items()})
        facts["terms"] = sorted(terms.get(pk, ()))
        facts["qualifications"] = sorted(held.get(pk, ()), key=lambda one: (one["kind"], one["number"]))
        facts[OTHER_PLACES] = sorted(others.get(pk, ()), key=place_key)
        found[pk] = KnownFacts(facts, sources)
    return found


@contextmanager
def roomy_cache(megabytes: int = 64) -> Iterator[None]:
    """Give SQLite room for the pages of a long write; its usual two megabytes spill the same ones again and again.

    Does nothing on PostgreSQL.
    """
    connection = connections[router.db_for_write(Organisation)]
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA cache_size")
        (usual,) = cursor.fetchone()
        cursor.execute(f"PRAGMA cache_size = -{megabytes * 1024}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA cache_size = {usual}")
