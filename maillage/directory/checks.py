"""Truths of the directory that no constraint of the database can hold. For `check_invariants`."""

from __future__ import annotations

from collections.abc import Iterator

from maillage.directory.models import ImportRun
from maillage.kernel.kept_files import trouble_of
from maillage.kernel.registry import Breach

FILES = "directory.import_files"


def find_breaches() -> Iterator[Breach]:
    """Yield each import whose received file is gone, or is no longer what was received."""
    kept = ImportRun.objects.exclude(file="").only("pk", "file", "file_digest").order_by("pk")
    for run in kept.iterator(chunk_size=500):
        if trouble := trouble_of(run.file, run.file_digest):
            yield Breach(FILES, run.batch, trouble)
