"""Reading the change table in an order that loses nothing, on SQLite and on PostgreSQL.

Words: the cursor says what an index has read: {"transaction", "id", "ahead"}. On SQLite writers come one by
one, so ids follow commits and `id` is enough. On PostgreSQL a row may appear late; but once the oldest
running transaction (the horizon) is beyond a row's transaction, nothing older can appear. Rows beyond the
horizon are read at once too, and remembered in `ahead` so as not to be read twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Max, Q

from maillage.search.models import Change

Cursor = dict[str, Any]
PRUNED = "~pruned"


class Lost(Exception):
    """The table no longer tells what happened since this cursor: the index must be rebuilt."""


@dataclass(frozen=True)
class Batch:
    """Changed ids by kind, each once; where the cursor goes once they are indexed; whether more waits."""

    ids: dict[str, list[int]]
    count: int
    cursor: Cursor
    has_more: bool


def transaction_number() -> int:
    """Return the number of the running transaction on PostgreSQL, 0 elsewhere."""
    if connection.vendor != "postgresql":
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        return int(cursor.fetchone()[0])


def _horizon() -> int:
    """Return the number under which every transaction is over; 0 where commits follow ids."""
    if connection.vendor != "postgresql":
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        return int(cursor.fetchone()[0])


def present() -> Cursor:
    """Return the cursor of an index that is about to read everything."""
    horizon = _horizon()
    return {"transaction": horizon, "id": Change.objects.aggregate(last=Max("id"))["last"] or 0, "ahead": []}


def read(cursor: Cursor, limit: int) -> Batch:
    """Return at most limit changes after the cursor. Raises Lost when some may be missing."""
    horizon = _horizon()
    _refuse_gap(cursor, horizon)
    ahead = set(cursor.get("ahead", ()))
    if connection.vendor == "postgresql":
        wanted = Q(transaction__gte=cursor["transaction"])
        order = ["transaction", "id"]
    else:
        wanted = Q(id__gt=cursor["id"])
        order = ["id"]
    rows = Change.objects.filter(wanted).exclude(id__in=ahead) if ahead else Change.objects.filter(wanted)
    found = list(rows.order_by(*order).values_list("transaction", "id", "kind", "object_id")[: limit + 1])
    has_more = len(found) > limit
    found = found[:limit]
    ids: dict[str, dict[int, None]] = {}
    for _, _, kind, object_id in found:
        ids.setdefault(kind, {})[object_id] = None
    # What was read up to here is finished, or remembered one by one.
    reached = min(horizon, found[-1][0]) if has_more else horizon
    kept = {number for transaction, number, _, _ in found if transaction >= reached}
    if ahead:
        kept |= set(Change.objects.filter(id__in=ahead, transaction__gte=reached).values_list("id", flat=True))
    moved: Cursor = {
        "transaction": reached,
        "id": max([cursor["id"], *(number for _, number, _, _ in found)]),
        "ahead": sorted(kept) if connection.vendor == "postgresql" else [],
    }
    return Batch({kind: list(numbers) for kind, numbers in ids.items()}, len(found), moved, has_more)


def _refuse_gap(cursor: Cursor, horizon: int) -> None:
    if not {"transaction", "id"} <= set(cursor):
        raise Lost("the index does not say what it has read")
    if bool(cursor["transaction"]) != bool(horizon) or horizon < cursor["transaction"]:
        raise Lost("the database is another one, or an older copy")
    first = Change.objects.order_by("id").values_list("id", "kind").first()
    if first is not None and first[1] == PRUNED and first[0] > cursor["id"]:
        raise Lost("changes were pruned before this index read them")
    if (Change.objects.aggregate(last=Max("id"))["last"] or 0) < cursor["id"]:
        raise Lost("the database is older than the index")


def prune(before: datetime) -> int:
    """Remove changes older than a moment; return how many. The newest of them stays, as a mark of the gap."""
    old = Change.objects.filter(at__lt=before)
    last = old.aggregate(last=Max("id"))["last"]
    if last is None:
        return 0
    Change.objects.filter(pk=last).update(kind=PRUNED)
    removed, _ = old.filter(id__lt=last).delete()
    return removed
