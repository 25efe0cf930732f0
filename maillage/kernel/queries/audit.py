"""Does the chain of the journal hold? The first link that does not, named down to the act.

Words: the *head* is the last seal; kept elsewhere (a backup's manifest, a printed line), it also proves that no end
of the chain was cut off and written anew. Neighbours: `actions.sealing`, `chain`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import connections
from django.utils import timezone

from maillage.kernel import chain
from maillage.kernel.models import JournalEntry, JournalSeal


@dataclass(frozen=True)
class BrokenLink:
    """Where the chain breaks: the seal's number, the act's when it is known, and a French sentence."""

    seal: int
    act: int | None
    message: str


@dataclass(frozen=True)
class Audit:
    """What was read. head: "number:digest", "" before the first seal; waiting: acts not sealed yet."""

    seals: int
    acts: int
    erased: int
    waiting: int
    head: str
    broken: BrokenLink | None


def head(using: str = "default") -> str:
    """The last seal as "number:digest"."""
    last = JournalSeal.objects.using(using).order_by("-number").first()
    return "" if last is None else str(last)


def check_audit(*, known_head: str = "", using: str = "default", at: datetime | None = None) -> Audit:
    """Read the whole journal again and stop at the first link that breaks.

    known_head: a head noted earlier, that the chain must still hold. Memory stays small: one seal at a time.
    """
    seals = acts = erased = 0
    previous, is_known = "", not known_head
    broken: BrokenLink | None = None
    for seal in JournalSeal.objects.using(using).order_by("number").iterator(chunk_size=200):
        broken, blanked = _check_link(seal, seals + 1, previous, using)
        if broken:
            break
        seals, acts, erased, previous = seals + 1, acts + seal.count, erased + blanked, seal.digest
        is_known = is_known or str(seal) == known_head
    front = _front(using)
    broken = broken or _stray(front, acts, using, at or timezone.now())
    if not broken and not is_known:
        number = known_head.split(":", maxsplit=1)[0]
        broken = BrokenLink(seals, None, f"le maillon connu {number} n’est plus dans la chaîne")
    waiting = JournalEntry.objects.using(using).filter(pk__gt=front).count()
    return Audit(seals, acts, erased, waiting, head(using), broken)


def _front(using: str) -> int:
    last = JournalSeal.objects.using(using).order_by("-number").first()
    return last.front if last else 0


def _check_link(seal: JournalSeal, number: int, previous: str, using: str) -> tuple[BrokenLink | None, int]:
    if seal.number != number:
        return BrokenLink(number, None, "ce maillon a été retiré"), 0
    wanted = [act for first, last in seal.ranges for act in range(first, last + 1)]
    found = {
        act.pk: act
        for first, last in seal.ranges
        for act in JournalEntry.objects.using(using).filter(pk__gte=first, pk__lte=last)
    }
    marks = [seal.marks[rank : rank + chain.MARK] for rank in range(0, len(seal.marks), chain.MARK)]
    if len(wanted) != len(marks) or len(wanted) != seal.count:
        return BrokenLink(number, None, "ce maillon a été changé"), 0
    digests = []
    for pk, mark in zip(wanted, marks, strict=True):
        if pk not in found:
            return BrokenLink(number, pk, f"l’acte {pk} a été retiré"), 0
        digests.append(chain.digest_of(found[pk]))
        if digests[-1].hex()[: chain.MARK] != mark:
            return BrokenLink(number, pk, f"l’acte {pk} a été changé"), 0
        if chain.badly_erased(found[pk]):
            return BrokenLink(number, pk, f"l’acte {pk} dit de nouveau ce qui en avait été effacé"), 0
    told = chain.link(
        previous=previous, number=number, ranges=seal.ranges, sealed_at=chain.moment(seal.sealed_at), acts=digests
    )
    if told != seal.digest:
        return BrokenLink(number, None, "ce maillon a été changé, ou ne suit pas celui d’avant"), 0
    return None, sum(bool(act.erased) for act in found.values())


def _stray(front: int, sealed: int, using: str, at: datetime) -> BrokenLink | None:
    """An act that no seal covers, though its neighbours were sealed long ago: it was slipped in."""
    there = JournalEntry.objects.using(using).filter(pk__lte=front)
    if there.count() == sealed:
        return None
    covered = sorted((first, last, seal.number) for seal in _seals(using) for first, last in seal.ranges)
    rank = 0
    for pk in there.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=5_000):
        while rank < len(covered) and covered[rank][1] < pk:
            rank += 1
        if rank == len(covered) or pk < covered[rank][0]:
            number = covered[min(rank, len(covered) - 1)][2]
            if _may_be_late(pk, using, at):
                continue
            return BrokenLink(number, pk, f"l’acte {pk} a été glissé après coup")
    return None


def _seals(using: str) -> Iterator[JournalSeal]:
    return JournalSeal.objects.using(using).order_by("number").only("number", "ranges").iterator(chunk_size=2_000)


def _may_be_late(pk: int, using: str, at: datetime) -> bool:
    """On PostgreSQL, an act whose neighbours were sealed a moment ago still waits for its own seal."""
    if connections[using].vendor != "postgresql":
        return False
    passing = JournalSeal.objects.using(using).filter(front__gte=pk).order_by("number").first()
    return passing is not None and passing.sealed_at >= at - chain.LATE
