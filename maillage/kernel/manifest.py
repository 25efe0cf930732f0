"""What the ground offers to the house: the chain of the journal."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone

from maillage.kernel.actions import guard_journal, seal_journal
from maillage.kernel.queries.audit import check_audit
from maillage.kernel.registry import Breach, Chore, Manifest

CHAIN = "kernel.journal_chain"


def find_breaches() -> Iterator[Breach]:
    """The first link of the journal that breaks, when there is one."""
    if broken := check_audit().broken:
        yield Breach(CHAIN, f"maillon {broken.seal}", broken.message)


def _seal() -> int:
    return seal_journal(at=timezone.now())


MANIFEST = Manifest(
    room="kernel",
    checks=(find_breaches,),
    foundations=(guard_journal,),
    chores=(Chore("sceller le journal", 5, _seal),),
)
