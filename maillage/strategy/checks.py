"""Truths of the plan that must hold."""

from __future__ import annotations

from collections.abc import Iterator

from maillage.kernel.registry import Breach
from maillage.strategy.queries.evidence import miscounted

COUNT = "strategy.evidence_count"


def find_breaches() -> Iterator[Breach]:
    """Kept counts of proofs that are not the count of proofs."""
    for subject, message in miscounted():
        yield Breach(COUNT, subject, message)
