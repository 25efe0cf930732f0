"""Journal an act, name a source.

Words: an *act* is one verb on one object; a *batch* groups the acts of one import or merge.
Neighbours: rooms above call these inside their own transaction; `sealing` chains the acts afterwards.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Model

from maillage.kernel import chain
from maillage.kernel.bulk import fresh
from maillage.kernel.edition import begin_edition
from maillage.kernel.models import JournalEntry, Source

AUTOMATIC = "Maillage"


def entry(
    *,
    verb: str,
    target: Model,
    changes: dict[str, list[Any]],
    by: AbstractBaseUser | None,
    at: datetime,
    batch: str = "",
    note: str = "",
    actor_label: str = "",
) -> JournalEntry:
    """An unsaved journal entry, for callers that write thousands at once."""
    return fresh(JournalEntry, {
        "at": at,
        "actor_id": None if by is None else by.pk,
        "actor_label": (actor_label or signature_of(by))[:200],
        "verb": verb,
        "object_type": target._meta.label_lower,
        "object_id": target.pk,
        "object_label": str(target)[:255],
        "changes": changes,
        "batch": batch,
        "note": note[:500],
        "salt": chain.draw_salt(),
        "erased": {},
    })  # fmt: skip


def signature_of(by: AbstractBaseUser | None) -> str:
    """Under what name an act is written: the person's `signature` when they have one, else their name."""
    return AUTOMATIC if by is None else str(getattr(by, "signature", by))


def journal(**facts: Any) -> JournalEntry:
    """Write one act down; same arguments as `entry`. Call inside the transaction of the act."""
    written = entry(**facts)
    written.save(force_insert=True)
    begin_edition()
    return written


def name_source(*, kind: str, title: str, on: date, reference: str = "", url: str = "", licence: str = "") -> Source:
    """The source with these facts, made when it is new."""
    source, _ = Source.objects.get_or_create(
        kind=kind,
        title=title[:200],
        reference=reference[:200],
        date=on,
        defaults={"url": url, "licence": licence},
    )
    return source
