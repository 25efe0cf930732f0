"""A synthetic directory of any size, for measures only: planted in bulk, without journal, and marked as example.

Words: every row is invented; SIREN and SIRET have right keys in a range that is not attributed.
Neighbours: `seed --profile=load --number N`; benchmarks read what it plants. Source: none, it is made up.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import connection, models, transaction

from maillage.directory.bulk import roomy_cache
from maillage.directory.enums import EssVerdict, Family, Status
from maillage.directory.models import Establishment, Organisation, Term
from maillage.kernel.actions import name_source
from maillage.kernel.models import Source
from maillage.kernel.text import fold
from maillage.territories.models import Commune
from pipelines.contracts.identifiers import with_luhn_key

FIRST_SIREN_BODY = 98_000_000
CHUNK = 20_000
KINDS = (
    ("Association", Family.ASSOCIATION, "9220", 60), ("Comité des fêtes", Family.ASSOCIATION, "9220", 8),
    ("Club sportif", Family.ASSOCIATION, "9220", 10), ("Amicale", Family.ASSOCIATION, "9220", 6),
    ("Coopérative", Family.COOPERATIVE, "6317", 6), ("CUMA", Family.COOPERATIVE, "6316", 4),
    ("Mutuelle", Family.MUTUAL, "8210", 2), ("Fondation", Family.FOUNDATION, "9300", 1),
    ("Société solidaire", Family.COMMERCIAL_ESS, "5710", 3),
)  # fmt: skip
SUBJECTS = (
    "du jardin partagé", "de la ressourcerie", "de l’aide à domicile", "du patrimoine", "de la mobilité solidaire",
    "de l’épicerie sociale", "des aînés", "de la lecture", "du tennis de table", "de la menuiserie", "de l’insertion",
    "du canal", "des parents d’élèves", "de la danse", "du réemploi", "de la pêche", "de la fanfare", "du théâtre",
    "des maraîchers", "du numérique pour tous", "de la randonnée", "du vélo", "de la blanchisserie", "des abeilles",
)  # fmt: skip
ADJECTIVES = ("", " rural", " solidaire", " du Santerre", " des Trois Rivières", " Nord", " Saint-Martin", " nouveau")


def plant_load(*, number: int, at: datetime, say: Callable[[str], None]) -> dict[str, int]:
    """Add synthetic organisations until there are `number` of them; give back what was added.

    Each has one establishment, one sector, one theme. One transaction; the search index is rebuilt apart
    (`maillage rebuild_index`), since a change table of a million rows would only say "everything".
    """
    there = Organisation.objects.filter(slug__startswith="charge-").count()
    wanted = max(0, number - there)
    if not wanted:
        return {"structures de charge": 0}
    source = name_source(kind=Source.Kind.EXAMPLE, title="Données de charge inventées", on=at.date())
    writer = _Writer(number=wanted, first=there, source=source.pk, at=at)
    with roomy_cache(512), transaction.atomic(), _bare_tables(_TABLES):
        for done in writer.write():
            say(f"… {done} sur {wanted}")
    return {"structures de charge": wanted}


_TABLES = (Organisation, Establishment, Organisation.terms.through)


@contextmanager
def _bare_tables(planted: Sequence[type[models.Model]]) -> Iterator[None]:
    """On PostgreSQL, set indexes and keys aside and make them again at the end: row by row they cost three times more.

    Join a transaction: nobody else sees the tables without them. Raises IntegrityError when the rows break one.
    """
    if connection.vendor != "postgresql":
        yield
        return
    tables = [model._meta.db_table for model in planted]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table with checks still waiting is not altered
        cursor.execute(
            "SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE contype IN ('f', 'u') AND conrelid = ANY(%s::regclass[])",
            [tables],
        )
        keys = cursor.fetchall()
        for table, name, _ in keys:
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        cursor.execute(
            "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index"
            " WHERE NOT indisprimary AND indrelid = ANY(%s::regclass[])",
            [tables],
        )
        indexes = cursor.fetchall()
        for name, _ in indexes:
            cursor.execute(f"DROP INDEX {name}")
        yield
        cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")
        for statement in [definition for _, definition in indexes]:
            cursor.execute(statement)
        for table, name, definition in keys:
            cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")


class _Writer:
    """Draws rows and hands them to the database by its fastest door (COPY, or executemany)."""

    def __init__(self, *, number: int, first: int, source: int, at: datetime) -> None:
        self.number, self.first, self.source = number, first, source
        self.moment = at.strftime("%Y-%m-%d %H:%M:%S+00:00")
        self.chance = random.Random(20261122)  # noqa: S311 - repeatable, not secret
        # In the order of Python's strings: the same rows whatever the collation of the database.
        self.places = sorted(
            Commune.objects.filter(latitude__isnull=False).values_list(
                "pk", "name", "latitude", "longitude", "postal_codes"
            )
        )
        self.terms = {
            kind: list(Term.objects.filter(kind=kind).order_by("pk").values_list("pk", flat=True))
            for kind in ("sector", "theme")
        }
        self.next_id = {
            model: 1 + (model.objects.aggregate(top=models.Max("pk"))["top"] or 0)
            for model in (Organisation, Establishment)
        }

    def write(self) -> Iterator[int]:
        organisations = _Table(Organisation)
        establishments = _Table(Establishment)
        links = _Table(Organisation.terms.through)
        drawn = self._rows()
        done = 0
        while chunk := list(islice(drawn, CHUNK)):
            organisations.insert(row[0] for row in chunk)
            establishments.insert(row[1] for row in chunk)
            links.insert(link for row in chunk for link in row[2])
            done += len(chunk)
            yield done
        for model in (Organisation, Establishment, Organisation.terms.through):
            _reset_sequence(model)

    def _rows(self) -> Iterator[tuple[dict[str, Any], dict[str, Any], list[dict[str, Any]]]]:
        chance, kinds = self.chance, [kind for kind in KINDS for _ in range(kind[3])]
        for rank in range(self.first, self.first + self.number):
            kind, family, legal_form, _ = chance.choice(kinds)
            code, place, latitude, longitude, postal_codes = chance.choice(self.places)
            subject = chance.choice(SUBJECTS)
            name = f"{kind} {subject}{chance.choice(ADJECTIVES)} {place}"
            body = str(FIRST_SIREN_BODY + rank)
            siren = with_luhn_key(body)
            pk, establishment = self.next_id[Organisation], self.next_id[Establishment]
            self.next_id[Organisation] += 1
            self.next_id[Establishment] += 1
            yield (
                {
                    "id": pk, "slug": f"charge-{rank}", "name": name, "name_key": fold(name), "siren": siren,
                    "family": family.value, "legal_form": legal_form, "naf_code": "94.99Z", "naf_version": "rev2",
                    "description": f"Nous agissons autour {subject} à {place} et dans les communes voisines.",
                    "activities": f"Activités {subject}", "ess_verdict": EssVerdict.YES.value,
                    "ess_reason": "core_category", "status": Status.PUBLISHED.value, "is_example": True,
                    "completeness": 60, "created_at": self.moment, "updated_at": self.moment,
                    "sources": f'{{"name": {self.source}}}',
                },
                {
                    "id": establishment, "organisation_id": pk, "siret": with_luhn_key(f"{siren}0001"), "is_main": True,
                    "postal_code": postal_codes[0] if postal_codes else "", "commune_id": code,
                    "latitude": round((latitude or 0.0) + chance.gauss(0, 0.008), 5),
                    "longitude": round((longitude or 0.0) + chance.gauss(0, 0.012), 5),
                },
                [{"organisation_id": pk, "term_id": chance.choice(self.terms[kind])} for kind in ("sector", "theme")],
            )  # fmt: skip


class _Table:
    """One table, with the default of each column that a row does not name."""

    def __init__(self, model: type[models.Model]) -> None:
        self.table = model._meta.db_table
        columns = [
            field
            for field in model._meta.concrete_fields
            if not (field.primary_key and field.name == "id" and model.__name__.startswith("Organisation_"))
        ]
        self.columns = [str(field.column) for field in columns]
        self.defaults = [_default(field) for field in columns]

    def insert(self, rows: Iterable[dict[str, Any]]) -> None:
        values = (
            tuple(row.get(column, default) for column, default in zip(self.columns, self.defaults, strict=True))
            for row in rows
        )
        names = ", ".join(f'"{column}"' for column in self.columns)
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.copy(f'COPY "{self.table}" ({names}) FROM STDIN') as copy:
                    for row in values:
                        copy.write_row(row)
            else:
                marks = ", ".join("?" for _ in self.columns)
                cursor.connection.executemany(f'INSERT INTO "{self.table}" ({names}) VALUES ({marks})', values)  # noqa: S608


def _default(field: models.Field[Any, Any]) -> Any:
    value = None if field.null else field.get_default()
    return "[]" if value == [] else "{}" if value == {} else getattr(value, "value", value)


def _reset_sequence(model: type[models.Model]) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(_no_style(), [model]):
                cursor.execute(statement)


def _no_style() -> Any:
    from django.core.management.color import no_style  # only PostgreSQL needs it

    return no_style()
