"""Put what waits for one reader in one letter: at most one a week, a day, or at once, as they chose.

Words: the *carrier* is the letter that carries the others; one letter alone needs none.
Neighbours: the worker calls `gather` again and again; delivery sends the carrier.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from maillage.kernel.letters import Pace
from maillage.outbox import rules
from maillage.outbox.actions.posting import RANKS
from maillage.outbox.enums import State, Trouble
from maillage.outbox.models import Letter, Mailbox
from maillage.outbox.moments import next_gathering

CARRIER = "outbox.gathered"
CARRIER_LASTS = timedelta(days=5)
SORTED_BY = ("pk", "mailbox_id", "subject", "due_at", "too_late_at")
# One commit of a few dozen milliseconds: other writers pass in between.
READERS_PER_STEP = 200


def gather(*, at: datetime, steps: int = 5) -> int:
    """Make ready the letters of readers whose moment has come; how many readers were served.

    Each step commits READERS_PER_STEP readers; several workers may gather at once.
    """
    served = 0
    for _ in range(steps):
        done = _gather_some(at)
        served += done
        if done < READERS_PER_STEP:
            break
    return served


def _gather_some(at: datetime) -> int:
    due = Letter.objects.to_gather(at).order_by("due_at").values_list("mailbox_id", flat=True)
    wanted = set(due[: READERS_PER_STEP * 4])
    if not wanted:
        return 0
    with transaction.atomic():
        readers = _locked(sorted(wanted)[:READERS_PER_STEP])
        # Locked: what a person holds or cancels meanwhile is left alone.
        rows = Letter.objects.to_gather(at).select_for_update(of=("self",)).filter(mailbox__in=readers)
        sorting = _Sorting(at)
        for pk, mailbox_id, subject, due_at, too_late_at in rows.values_list(*SORTED_BY).order_by("pk"):
            sorting.take(pk, readers[mailbox_id], subject, due_at, too_late_at)
        _write(sorting, readers, at)
    return len(readers)


@dataclass
class _Sorting:
    """What becomes of the letters of one step, before anything is written: their keys, by reader or by reason."""

    at: datetime
    ready: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    refused: dict[Trouble, list[int]] = field(default_factory=lambda: defaultdict(list))
    postponed: list[Letter] = field(default_factory=list)

    def take(self, pk: int, mailbox: Mailbox, subject: str, due_at: datetime, too_late_at: datetime) -> None:
        refusal = rules.refusal(mailbox, subject=subject, is_urgent=False)
        if refusal is not None:
            self.refused[refusal].append(pk)
        elif mailbox.was_gathered_for(timezone.localdate(self.at)):
            later = next_gathering(mailbox, self.at)
            self.postponed.append(Letter(pk=pk, due_at=later, too_late_at=later + (too_late_at - due_at)))
        else:
            self.ready[mailbox.pk].append(pk)


def _write(sorting: _Sorting, readers: dict[int, Mailbox], at: datetime) -> None:
    """As many statements for one reader as for two hundred."""
    for trouble, refused in sorting.refused.items():
        Letter.objects.filter(pk__in=refused).update(state=State.CANCELLED, trouble=trouble)
    if sorting.postponed:
        Letter.objects.bulk_update(sorting.postponed, ["due_at", "too_late_at"], 500)
    if not sorting.ready:
        return
    several = {pk: letters for pk, letters in sorting.ready.items() if len(letters) > 1}
    carriers = Letter.objects.bulk_create([_carrier(readers[pk], at) for pk in several])
    if carriers:
        mine = Letter.objects.filter(pk__in=[one.pk for one in carriers], mailbox=OuterRef("mailbox"))
        carried = [pk for letters in several.values() for pk in letters]
        Letter.objects.filter(pk__in=carried).update(state=State.PENDING, gathered_in=Subquery(mine.values("pk")[:1]))
    alone = [letters[0] for pk, letters in sorting.ready.items() if pk not in several]
    if alone:
        Letter.objects.filter(pk__in=alone).update(state=State.PENDING)
    Mailbox.objects.filter(pk__in=list(sorting.ready)).update(gathered_date=timezone.localdate(at))


def _locked(ids: list[int]) -> dict[int, Mailbox]:
    skip: dict[str, Any] = {"skip_locked": True} if connection.features.has_select_for_update_skip_locked else {}
    rows = Mailbox.objects.select_for_update(of=("self",), **skip).filter(pk__in=ids).order_by("pk")
    return {mailbox.pk: mailbox for mailbox in rows}


def _carrier(mailbox: Mailbox, at: datetime) -> Letter:
    return Letter(
        mailbox=mailbox,
        kind=CARRIER,
        state=State.PENDING,
        rank=RANKS[Pace.GATHERED],
        earliest_at=at,
        due_at=at,
        too_late_at=at + CARRIER_LASTS,
        created_at=at,
    )
