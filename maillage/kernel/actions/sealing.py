"""Chain the journal: seal what was written since, blank what a person may have erased, guard the tables.

Words: a *seal* covers acts by their numbers and carries the digest of the seal before. Acts are sealed after their
commit, by the worker, so that writing costs nothing more. On PostgreSQL an act may appear after one with a higher
number (its transaction ended later): it is sealed as a *late* act for `chain.LATE` after its neighbours; later than
that it is a breach. On SQLite numbers follow commits. Neighbours: `chain` computes, `queries.audit` checks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet

from maillage.kernel import chain
from maillage.kernel.models import JournalEntry, JournalSeal

SEAL_SIZE = 500


def seal_journal(*, at: datetime) -> int:
    """Seal every act that waits; how many. Several workers may: a link that another wrote first is left to it."""
    sealed = 0
    while True:
        done = _seal_next(at)
        sealed += done
        if done < SEAL_SIZE:
            return sealed


def _seal_next(at: datetime) -> int:
    last = JournalSeal.objects.order_by("-number").first()
    front = last.front if last else 0
    acts = _late_acts(at)
    acts += JournalEntry.objects.filter(pk__gt=front).order_by("pk")[:SEAL_SIZE]
    if not acts:
        return 0
    number = last.number + 1 if last else 1
    digests = [chain.digest_of(act) for act in acts]
    ranges = [list(found) for found in _ranges(act.pk for act in acts)]
    seal = JournalSeal(
        number=number,
        ranges=ranges,
        front=max(front, acts[-1].pk),
        count=len(acts),
        marks="".join(digest.hex()[: chain.MARK] for digest in digests),
        digest=chain.link(
            previous=last.digest if last else "", number=number, ranges=ranges, sealed_at=chain.moment(at), acts=digests
        ),
        sealed_at=at,
    )
    try:
        with transaction.atomic():
            seal.save()
    except IntegrityError:  # another worker sealed this link meanwhile
        return 0
    return len(acts)


def _late_acts(at: datetime) -> list[JournalEntry]:
    """Acts in the gaps of the recent seals, by number; nothing on SQLite."""
    if connection.vendor != "postgresql":
        return []
    late_from = at - chain.LATE
    seals = JournalSeal.objects.filter(sealed_at__gte=late_from)
    recent = list(seals.order_by("number").values_list("ranges", "front"))
    if not recent:
        return []
    before = JournalSeal.objects.filter(sealed_at__lt=late_from).order_by("-number").first()
    low, high = before.front if before else 0, recent[-1][1]
    covered = sum(last - max(first, low + 1) + 1 for ranges, _ in recent for first, last in ranges if last > low)
    there = JournalEntry.objects.filter(pk__gt=low, pk__lte=high)
    if there.count() == covered:
        return []
    known = {number for ranges, _ in recent for first, last in ranges for number in range(first, last + 1)}
    late = [number for number in there.order_by("pk").values_list("pk", flat=True) if number not in known]
    return list(JournalEntry.objects.filter(pk__in=late[:SEAL_SIZE]).order_by("pk"))


def _ranges(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    first = last = None
    for number in numbers:
        if first is None or last is None:
            first = last = number
        elif number == last + 1:
            last = number
        else:
            yield first, last
            first = last = number
    if first is not None and last is not None:
        yield first, last


def blank_parts(*, acts: QuerySet[JournalEntry], names: Iterable[str] | None = None, words: Iterable[str] = ()) -> int:
    """Erase these parts of these acts, and every part that holds one of these words; how many acts changed.

    names: as `chain.parts_of` calls them. words: compared without case. Join a transaction. The chain holds.
    """
    wanted, changed = list(names or ()), 0
    sought = [word.casefold() for word in words if word]
    bare: QuerySet[JournalEntry] = QuerySet(JournalEntry)  # the only place that may: the model's own set refuses
    for act in acts.order_by("pk").iterator(chunk_size=500):
        parts = chain.parts_of(act)
        holding = [name for name, value in parts.items() if _holds(value, sought)]
        named = [name for name in wanted if parts.get(name)]
        if fresh := {*named, *holding} - act.erased.get("digests", {}).keys():
            bare.filter(pk=act.pk).update(**chain.without(act, fresh))
            changed += 1
    return changed


def _holds(value: object, sought: list[str]) -> bool:
    if isinstance(value, str):
        folded = value.casefold()
        return any(word in folded for word in sought)
    if isinstance(value, dict):
        return any(_holds(one, sought) for one in value.values())
    if isinstance(value, list):
        return any(_holds(one, sought) for one in value)
    return False


_CORE = ("id", "at", "actor_id", "verb", "object_type", "object_id", "batch")
_ACTS, _SEALS = JournalEntry._meta.db_table, JournalSeal._meta.db_table


def guard_journal() -> int:
    """Put triggers on both tables: no act is removed or changed but to erase a part of it, no seal at all.

    For `prepare`, after the migrations (SQLite loses triggers when a migration copies a table). Twice without harm.
    """
    is_postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        for statement in _POSTGRESQL if is_postgresql else _SQLITE:
            cursor.execute(statement)
    return 4


def _differs(operator: str, empty: str) -> str:
    moved = " OR ".join(f"OLD.{column} {operator} NEW.{column}" for column in _CORE)
    return f"{moved} OR NEW.salt <> '' OR NEW.erased = {empty}"


_REFUSAL = "the journal is append-only"
_SQLITE = tuple(
    f"CREATE TRIGGER IF NOT EXISTS {name} BEFORE {event} ON {table} {when} BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
    for name, event, table, when in (
        ("journal_keeps_acts", "UPDATE", _ACTS, f"WHEN {_differs('IS NOT', chr(39) + '{}' + chr(39))}"),
        ("journal_keeps_all", "DELETE", _ACTS, ""),
        ("journal_keeps_seals", "UPDATE", _SEALS, ""),
        ("journal_keeps_links", "DELETE", _SEALS, ""),
    )
)
_FUNCTION = (
    "CREATE OR REPLACE FUNCTION journal_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{_REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
)
_POSTGRESQL = (
    _FUNCTION,
    *(
        f"CREATE OR REPLACE TRIGGER {name} BEFORE {event} ON {table} {when} EXECUTE FUNCTION journal_is_append_only()"
        for name, event, table, when in (
            ("journal_keeps_acts", "UPDATE", _ACTS,
             f"FOR EACH ROW WHEN ({_differs('IS DISTINCT FROM', chr(39) + '{}' + chr(39) + '::jsonb')})"),
            ("journal_keeps_all", "DELETE OR TRUNCATE", _ACTS, "FOR EACH STATEMENT"),
            ("journal_keeps_seals", "UPDATE OR DELETE OR TRUNCATE", _SEALS, "FOR EACH STATEMENT"),
        )
    ),
)  # fmt: skip
