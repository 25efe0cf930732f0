"""Truths of the directory that no constraint of the database can hold. For `check_invariants`."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from maillage.directory.models import ImportRun
from maillage.kernel.registry import Breach

FILES = "directory.import_files"


def find_breaches() -> Iterator[Breach]:
    """Yield each import whose received file is gone, or is no longer what was received."""
    kept = ImportRun.objects.exclude(file="").only("pk", "file", "file_digest").order_by("pk")
    for run in kept.iterator(chunk_size=500):
        digest = hashlib.sha256()
        try:
            with run.file.open("rb") as stored:
                for block in stored.chunks(1 << 20):
                    digest.update(block)
        except FileNotFoundError:
            yield Breach(FILES, run.batch, "its file is gone")
            continue
        if digest.hexdigest() != run.file_digest:
            yield Breach(FILES, run.batch, "its file is not what was received")
