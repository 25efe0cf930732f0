"""Put what waits for one reader in one letter: at most one a week, a day, or at once, as they chose.

Words: the *carrier* is the letter that carries the others; one letter alone needs none.
Neighbours: the worker calls `gather` again and again; delivery sends the carrier.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from maillage.kernel.letters import Pace
from maillage.outbox import rules
from maillage.outbox.actions.posting import RANKS
from maillage.outbox.enums import State
from maillage.outbox.models import Letter, Mailbox
from maillage.outbox.moments import next_gathering

CARRIER = "outbox.gathered"
CARRIER_LASTS = timedelta(days=5)
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
        letters: dict[int, list[Letter]] = defaultdict(list)
        # Locked: what a person holds or cancels meanwhile is left alone.
        rows = Letter.objects.to_gather(at).select_for_update(of=("self",))
        for letter in rows.filter(mailbox__in=readers).order_by("pk"):
            letters[letter.mailbox_id].append(letter)
        carriers = [_serve(readers[pk], found, at) for pk, found in letters.items()]
        Letter.objects.bulk_create([carrier for carrier in carriers if carrier is not None])
        for carrier, found in zip(carriers, letters.values(), strict=True):
            for letter in found:
                if carrier is not None and letter.state == State.PENDING:
                    letter.gathered_in = carrier
        touched = [letter for found in letters.values() for letter in found]
        Letter.objects.bulk_update(touched, ["state", "trouble", "due_at", "too_late_at", "gathered_in"], 500)
        Mailbox.objects.bulk_update([readers[pk] for pk in letters], ["gathered_date"], 500)
    return len(letters)


def _locked(ids: list[int]) -> dict[int, Mailbox]:
    skip: dict[str, Any] = {"skip_locked": True} if connection.features.has_select_for_update_skip_locked else {}
    rows = Mailbox.objects.select_for_update(of=("self",), **skip).filter(pk__in=ids).order_by("pk")
    return {mailbox.pk: mailbox for mailbox in rows}


def _serve(mailbox: Mailbox, letters: list[Letter], at: datetime) -> Letter | None:
    """Change these unsaved: what is refused is cancelled, the rest is ready; the carrier when there are several."""
    day = timezone.localdate(at)
    ready = []
    for letter in letters:
        refused = rules.refusal(mailbox, subject=letter.subject, is_urgent=False)
        if refused is not None:
            letter.state, letter.trouble = State.CANCELLED, refused
        elif mailbox.was_gathered_for(day):
            lasting = letter.too_late_at - letter.due_at
            letter.due_at = next_gathering(mailbox, at)
            letter.too_late_at = letter.due_at + lasting
        else:
            letter.state = State.PENDING
            ready.append(letter)
    if not ready:
        return None
    mailbox.gathered_date = day
    if len(ready) == 1:
        return None
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
