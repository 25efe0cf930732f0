"""Truths of the committee's files that must hold."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from maillage.kernel.registry import Breach
from maillage.steering.models import CommitteePaper

CHANGED = "steering.paper_changed"


def find_breaches() -> Iterator[Breach]:
    """Papers that are not, byte for byte, what was given."""
    for paper in CommitteePaper.objects.order_by("pk").iterator(chunk_size=10):
        if hashlib.sha256(bytes(paper.content)).hexdigest() != paper.sha256:
            yield Breach(CHANGED, str(paper), "le fichier n’est plus celui qui a été donné")
