"""The digests that chain the journal: what of an act is sealed, and how a part of it can be erased without breaking it.

Words: the *core* of an act says what happened (moment, verb, object, batch, number of the person) and never
changes. Its *parts* are what may name somebody: the labels, the note, each changed field. A part enters the
digest of its act through a digest of its own, under a salt drawn for that act; to erase a part is to keep its
digest and to forget its value and its salt, so that nobody can guess it again, while the chain still holds.
Neighbours: `actions.sealing` seals and erases, `queries.audit` checks. Change nothing here without a new chain.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from maillage.kernel.models import JournalEntry

LABELS = ("actor_label", "object_label", "note")
CHANGES = "changes."
MARK = 8
# How long after its neighbours an act may still appear on PostgreSQL: far longer than any transaction may last.
LATE = timedelta(hours=1)
_NOTHING: tuple[Any, ...] = ("", None, [None, None])


def draw_salt() -> str:
    """128 bits at random, as 22 letters."""
    return secrets.token_urlsafe(16)


def moment(at: datetime) -> str:
    """A moment as the chain writes it."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def parts_of(act: JournalEntry) -> dict[str, Any]:
    """What may be erased from an act: {"actor_label": …, "changes.email": [before, after], …}."""
    parts = {name: getattr(act, name) for name in LABELS}
    parts.update((f"{CHANGES}{field}", pair) for field, pair in act.changes.items())
    return parts


def digest_of(act: JournalEntry) -> bytes:
    """The 32 bytes that stand for an act in the chain; the same before and after an erasure."""
    digests, salts = _kept(act)
    told = []
    for name, value in sorted(parts_of(act).items()):
        told.append([name, digests.get(name) or _part_digest(_part_salt(act.salt, salts, name), value)])
    core = [
        act.pk, moment(act.at), act.actor_id, act.verb,
        act.object_type, act.object_id, act.batch,
    ]  # fmt: skip
    return hashlib.sha256(_canonical([core, told])).digest()


def badly_erased(act: JournalEntry) -> bool:
    """Does a part that was erased hold something again?"""
    digests, _ = _kept(act)
    parts = parts_of(act)
    return any(parts.get(name, "") not in _NOTHING for name in digests)


def has_lost_changes(act: JournalEntry) -> bool:
    """Was a changed field erased? One can no longer go back before this act."""
    return any(name.startswith(CHANGES) for name in _kept(act)[0])


def without(act: JournalEntry, names: Iterable[str]) -> dict[str, Any]:
    """The columns of this act once these parts are erased; parts that it has not, or lost before, are left."""
    digests, salts = _kept(act)
    parts = parts_of(act)
    gone = [name for name in names if name in parts and name not in digests]
    digests = {**digests} | {name: _part_digest(_part_salt(act.salt, salts, name), parts[name]) for name in gone}
    columns: dict[str, Any] = {name: "" for name in gone if name in LABELS}
    columns["changes"] = {
        field: [None, None] if f"{CHANGES}{field}" in digests else pair for field, pair in act.changes.items()
    }
    columns["salt"] = ""
    columns["erased"] = {
        "digests": digests,
        "salts": {name: _part_salt(act.salt, salts, name) for name in parts if name not in digests},
    }
    return columns


def link(*, previous: str, number: int, ranges: list[list[int]], sealed_at: str, acts: Iterable[bytes]) -> str:
    """The digest of a seal, in 64 hexadecimal figures: the seal before, its own facts, each of its acts."""
    total = hashlib.sha256(_canonical([previous, number, ranges, sealed_at]))
    for act in acts:
        total.update(act)
    return total.hexdigest()


def _kept(act: JournalEntry) -> tuple[Mapping[str, str], Mapping[str, str]]:
    return act.erased.get("digests", {}), act.erased.get("salts", {})


def _part_salt(salt: str, salts: Mapping[str, str], name: str) -> str:
    return salts.get(name) or hashlib.sha256(f"{salt}|{name}".encode()).hexdigest()[:32]


def _part_digest(salt: str, value: Any) -> str:
    return hashlib.sha256(salt.encode() + _canonical(value)).hexdigest()[:32]


_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def _canonical(value: Any) -> bytes:
    return _encode(value).encode("utf-8", "surrogatepass")
