"""Purge what is over, hand somebody all that is theirs, erase them: along the inventory, room by room.

Words: see `kernel.personal`. Short transactions of `STEP` rows: a purge that was killed goes on at the next one.
Neighbours: rooms declare, commands and the page /moi/ call; `kernel.erasures` keeps the list for restored backups.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterable
from datetime import date, datetime
from typing import IO, Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.db import connection, connections, models, transaction
from django.db.models import Model, QuerySet
from django.utils import timezone

from maillage.kernel import erasures
from maillage.kernel.actions.journaling import journal
from maillage.kernel.edition import begin_edition
from maillage.kernel.models import Erasure
from maillage.kernel.personal import Erasing, Holding, Person
from maillage.kernel.queries.inventory import holdings, inventory
from maillage.kernel.queries.values import dated_value, months_before

STEP = 200
_NIGHT = range(2, 5)


def person_known_as(address: str) -> Person:
    """Somebody by one of their addresses; whoever has no account is known by this address alone."""
    wanted = address.strip().lower()
    user = get_user_model()._default_manager.filter(email__iexact=wanted).first()
    return person_of(user) if user else Person((wanted,))


def person_of(user: Any) -> Person:
    """The person behind an account, with every address it has."""
    mine = [str(user.email).lower()]
    for one in holdings():
        if one.address and one.of is not None and one.model != settings.AUTH_USER_MODEL:
            found = one.rows.filter(one.of(Person((), user.pk))).values_list(one.address, flat=True)
            mine += [str(address).lower() for address in found if address]
    return Person(tuple(dict.fromkeys(mine)), user.pk, user.get_full_name())


# Purge


def purge(*, at: datetime, dry_run: bool = False) -> dict[str, int]:
    """Delete or blank what its term says is over; {"accounts.Mandate": rows}. Twice is once.

    Rows that an outside file belongs to lose it after the commit. A row is counted once, by its own table.
    """
    counts: dict[str, int] = {}
    for one in holdings():
        if one.term.over is None:
            continue
        over = one.rows.filter(one.term.over(_limit(one, at)))
        done = over.count() if dry_run else _purge_holding(one, over, at)
        if done:
            counts[one.model] = counts.get(one.model, 0) + done
    return counts


def _limit(one: Holding, at: datetime) -> datetime:
    return months_before(at, dated_value(one.term.key, on=timezone.localdate(at)).value)


def _purge_holding(one: Holding, over: QuerySet[Any], at: datetime) -> int:
    done = 0
    while pks := list(over.order_by("pk").values_list("pk", flat=True)[:STEP]):
        with transaction.atomic():
            rows = one.rows.filter(pk__in=pks)
            moved = one.outlive(rows, at) if one.outlive else _take_away(one, rows)
        if not moved:  # nothing more can be done to these: do not turn round them for ever
            return done
        done += moved
    return done


def _take_away(one: Holding, rows: QuerySet[Any]) -> int:
    """Blank or delete rows; their files go once it is committed."""
    _drop_files(rows, [name for name in one.fields if one.erasing == Erasing.DELETE or name in one.blank])
    if one.erasing == Erasing.BLANK:
        return rows.update(**one.blank)
    count = rows.count()
    rows.delete()
    return count


def _drop_files(rows: QuerySet[Any], fields: Iterable[str]) -> None:
    files = [name for name in fields if isinstance(rows.model._meta.get_field(name), models.FileField)]
    if not files:
        return
    for row in rows.only("pk", *files):
        for name in files:
            stored = getattr(row, name)
            if stored:
                transaction.on_commit(lambda stored=stored: stored.storage.delete(stored.name))  # type: ignore[misc]


# Erasure


def erase_person(*, person: Person, by: Any, at: datetime) -> Erasure:
    """Erase everything of a person along the inventory, and keep only that it was done.

    One transaction; files, cache and sessions follow. Once for all: a second call finds nothing.
    """
    digests = [erasures.digest_of(address) for address in person.addresses]
    # Before the database: should we be cut between the two, the person is erased at the next restore or replay.
    erasures.note(digests, at)
    with transaction.atomic():
        counts: dict[str, int] = {}
        for one in holdings():
            if done := _erase_holding(one, person, at):
                counts[one.title] = counts.get(one.title, 0) + done
        made = [
            Erasure.objects.get_or_create(digest=digest, at=at, defaults={"counts": counts})[0] for digest in digests
        ]
        # By nobody: whoever leaves would otherwise sign their own leaving.
        journal(
            verb="erase_person", target=made[0], changes={}, at=at,
            by=None if by is None or by.pk == person.user_id else by,
        )  # fmt: skip
        transaction.on_commit(_forget_everywhere)
    return made[0]


def _erase_holding(one: Holding, person: Person, at: datetime) -> int:
    if one.of is None:
        return one.erase(one.rows, person, at) if one.erase else 0
    rows = one.rows.filter(one.of(person))
    if one.erase:
        return one.erase(rows, person, at)
    return 0 if one.erasing == Erasing.KEEP else _take_away(one, rows)


def _forget_everywhere() -> None:
    cache.clear()
    begin_edition()
    shrink_log()


def shrink_log() -> None:
    """Empty SQLite's write-ahead logs, where the pages of before still stand; nothing on PostgreSQL."""
    for alias in settings.DATABASES:
        if connections[alias].vendor == "sqlite" and not connections[alias].in_atomic_block:
            with connections[alias].cursor() as cursor:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def compact(*, at: datetime) -> int:
    """Write the database files anew without the room of what was erased; how many erasures waited for it.

    Takes the write lock for the whole copy (about a second per 100 MB): for the command, and for the night.
    """
    waiting = Erasure.objects.filter(compacted_at__isnull=True)
    count = waiting.count()
    if count and connection.vendor == "sqlite":
        for alias in settings.DATABASES:
            with connections[alias].cursor() as cursor:
                cursor.execute("VACUUM")
    waiting.update(compacted_at=at)
    shrink_log()
    return count


def compact_at_night() -> int:
    """The worker's turn: between two and five in the morning, when an erasure waits for it."""
    at = timezone.now()
    return compact(at=at) if timezone.localtime(at).hour in _NIGHT else 0


def replay_erasures(*, at: datetime) -> int:
    """Erase again everybody who was erased before `at` and came back with a restored backup; how many.

    Somebody who opened a new account after their erasure stays.
    """
    known: dict[str, datetime] = dict(erasures.noted())
    for digest, moment in Erasure.objects.values_list("digest", "at"):
        known[digest] = max(moment, known.get(digest, moment))
    done = 0
    for address in sorted(_addresses()):
        erased_at = known.get(erasures.digest_of(address))
        if erased_at is None:
            continue
        person = person_known_as(address)
        joined = get_user_model()._default_manager.filter(pk=person.user_id or 0).values_list("date_joined", flat=True)
        if all(moment <= erased_at for moment in joined):
            erase_person(person=person, by=None, at=at)
            done += 1
    return done


def _addresses() -> set[str]:
    """Every address that the database knows, in lower case."""
    found: set[str] = set()
    for one in holdings():
        if one.address:
            kept = one.rows.exclude(**{one.address: ""}).order_by(one.address).values_list(one.address, flat=True)
            found.update(str(address).lower() for address in kept.distinct().iterator(chunk_size=2_000) if address)
    return found


# Export

_README = """Vos données sur Maillage
========================

Ce dossier contient tout ce que la plateforme garde de vous au {day}.

- donnees.json : vos données, rangées par sujet. Le fichier s’ouvre avec un navigateur ou un éditeur de texte.
- fichiers/ : les fichiers que vous avez envoyés pour vous-même, s’il y en a.

Les mots de passe et les secrets de connexion n’y sont pas : personne ne peut les lire, nous non plus.
Pour chaque sujet, donnees.json dit pourquoi nous le gardons et pour combien de temps.
Une question, une correction, une opposition : la page « Données personnelles » du site dit à qui écrire.
"""


def export_person(*, person: Person, to: IO[bytes], at: datetime) -> dict[str, int]:
    """Write a zip with everything of a person and of nobody else; {title: rows}."""
    terms = {(line.title, line.model): line for line in inventory(on=timezone.localdate(at))}
    told: list[dict[str, Any]] = []
    counts: dict[str, int] = {}
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
        for one in holdings():
            if one.of is None:
                continue
            rows = [_as_told(one, row, archive) for row in one.rows.filter(one.of(person)).order_by("pk")]
            if rows:
                line = terms[one.title, one.model]
                told.append({
                    "sujet": one.title, "pourquoi": one.purpose, "fondement": line.basis, "durée": line.term,
                    "lignes": rows,
                })  # fmt: skip
                counts[one.title] = counts.get(one.title, 0) + len(rows)
        archive.writestr("donnees.json", json.dumps(told, ensure_ascii=False, indent=2, default=str))
        archive.writestr("README.txt", _README.format(day=f"{timezone.localdate(at):%d/%m/%Y}"))
    return counts


def _as_told(one: Holding, row: Model, archive: zipfile.ZipFile) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for name in one.fields:
        column = row._meta.get_field(name)
        if name in one.secret or not isinstance(column, models.Field):
            continue
        label, value = str(column.verbose_name), getattr(row, column.attname)
        if isinstance(column, models.FileField):
            value = _file_of(value, archive)
        elif column.choices:
            value = getattr(row, f"get_{name}_display")()
        elif column.is_relation and not one.is_own(column):
            value = str(getattr(row, name)) if value is not None else None
        elif column.is_relation:
            continue
        told[label] = value.isoformat() if isinstance(value, datetime | date) else value
    return told


def _file_of(stored: Any, archive: zipfile.ZipFile) -> str | None:
    if not stored or not stored.storage.exists(stored.name):
        return None
    inside = f"fichiers/{stored.name}"
    if inside not in archive.namelist():
        with stored.storage.open(stored.name, "rb") as handle:
            archive.writestr(inside, handle.read())
    return inside
