"""Thousands of rows at once: facts read without objects, rows written without one statement each.

The twins of `facts.facts_of` and of `bulk_create`, for imports and seeds; a test holds them equal.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple, TypeVar

from django.db import connections, models, router
from django.db.models import Model
from django.db.models.base import ModelState

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

_Model = TypeVar("_Model", bound=Model)
_PLAIN = (models.CharField, models.TextField, models.BooleanField, models.IntegerField, models.FloatField)


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


def fresh(model: type[_Model], values: Mapping[str, Any]) -> _Model:
    """A new object with these column values and the defaults of the others.

    What the constructor does, without its signals and its loop over forty fields: it took a fifth of an import.
    Mutable defaults are shared: do not change them in place.
    """
    made = model.__new__(model)
    made.__dict__.update(_defaults(model))
    made.__dict__.update(values)
    made._state = ModelState()  # noqa: SLF001 — what the constructor sets first
    return made


@lru_cache(maxsize=16)
def _defaults(model: type[Model]) -> dict[str, Any]:
    return {field.attname: field.get_default() for field in model._meta.concrete_fields}


def insert_rows(model: type[Model], rows: Sequence[Model]) -> None:
    """Insert new rows and give them their keys; join a transaction. No signal is sent, no default computed.

    Raises IntegrityError like any insertion.
    """
    if not rows:
        return
    connection = connections[router.db_for_write(model)]
    fields = model._meta.concrete_fields
    pick = itemgetter(*(field.attname for field in fields))
    prepared = [(rank, prepare) for rank, field in enumerate(fields) if (prepare := _preparer(field, connection))]
    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    table = connection.ops.quote_name(model._meta.db_table)
    for row, pk in zip(rows, _new_keys(model, connection, len(rows)), strict=True):
        row.pk = pk
        row._state.adding, row._state.db = False, connection.alias  # noqa: SLF001 — the row is now stored

    def ready() -> Iterator[list[Any]]:
        for row in rows:
            values = list(pick(row.__dict__))
            for rank, prepare in prepared:
                values[rank] = prepare(values[rank])
            yield values

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for one in ready():
                    copy.write_row(one)
        else:
            marks = ", ".join(["%s"] * len(fields))
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", list(ready()))  # noqa: S608


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


def _preparer(field: Any, connection: Any) -> Callable[[Any], Any] | None:
    """How a value of this field goes to the database; None when it goes as it is."""
    column = field.target_field if field.is_relation else field
    if isinstance(column, _PLAIN):
        return None
    if isinstance(column, models.DateField):  # moments too; the same one comes back on every row
        return lru_cache(maxsize=1024)(lambda value: field.get_db_prep_save(value, connection))
    return lambda value: field.get_db_prep_save(value, connection)


def _new_keys(model: type[Model], connection: Any, count: int) -> Sequence[int]:
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
                [connection.ops.quote_name(table), count],
            )
            return [row[0] for row in cursor.fetchall()]
        # The transaction is immediate: nobody else inserts meanwhile; explicit keys move the counter along.
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        row = cursor.fetchone()
        last = row[0] if row else 0
        return range(last + 1, last + 1 + count)
