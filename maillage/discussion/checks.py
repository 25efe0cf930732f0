"""Truths of the room that no constraint of the database can hold. For `check_invariants`."""

from __future__ import annotations

from collections.abc import Iterator

from maillage.discussion.enums import ThreadKind
from maillage.discussion.models import FileVersion, Thread
from maillage.kernel.kept_files import trouble_of
from maillage.kernel.registry import Breach


def find_breaches() -> Iterator[Breach]:
    """Yield each file that is not what was kept, and each idea without a text."""
    for kept in FileVersion.objects.only("pk", "file", "sha256").order_by("pk").iterator(chunk_size=500):
        if trouble := trouble_of(kept.file, kept.sha256):
            yield Breach("discussion.files", f"FileVersion {kept.pk}", trouble)
    for idea in Thread.objects.filter(kind=ThreadKind.IDEA, versions=None).order_by("pk")[:20]:
        yield Breach("discussion.ideas", str(idea), "une idée sans texte.")
