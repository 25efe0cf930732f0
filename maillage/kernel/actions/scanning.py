"""Show the antivirus what came while it was away, or before there was one.

Words: a document is in *quarantine* while an antivirus is set and has not looked at it: nobody may take it
(`kernel.handing`). It is then cleared, or *condemned*: erased by the verb of its room, which tells whoever sent it.
"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.core.files.storage import default_storage

from maillage.kernel.registry import Quarantine, manifests
from maillage.kernel.uploads import UploadRefused
from maillage.kernel.uploads.antivirus import AntivirusAway, look

MOST_AT_ONCE = 500


def scan_waiting(*, at: datetime) -> int:
    """Look at the documents in quarantine, the oldest first, at most 500 of each sort; how many left it.

    Stops when the antivirus is away. One that it cannot look at (too large for it) stays, and is tried again.
    """
    done = 0
    if not settings.CLAMD_URL:
        return done
    try:
        for manifest in manifests():
            for quarantine in manifest.quarantines:
                done += _drain(quarantine, at)
    except AntivirusAway:
        pass  # said in the log by whoever asked
    return done


def _drain(quarantine: Quarantine, at: datetime) -> int:
    done = 0
    for row in quarantine.rows().filter(scanned_at=None).order_by("pk")[:MOST_AT_ONCE]:
        try:
            with default_storage.open(row.file.name or "") as handle:
                content = handle.read()
        except OSError:  # gone since, or lost: `check_invariants` tells the second
            continue
        try:
            if look(content):
                # Another document may have taken the place of this one meanwhile: it waits for its own turn.
                done += quarantine.rows().filter(pk=row.pk, sha256=row.sha256, scanned_at=None).update(scanned_at=at)
        except UploadRefused:
            quarantine.condemn(row, at)
            done += 1
    return done
