"""The list of erasures outside the database: a restored backup would otherwise bring people back.

One line of JSON per erasure, {"digest", "at"}, in the folder of the backups. The digest is keyed by SECRET_KEY, so
that the list names nobody, and nobody can look an address up in it without the key.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings

NAME = "erasures.jsonl"


def digest_of(address: str) -> str:
    """The keyed digest of an address, whatever its case."""
    key = hashlib.blake2b(settings.SECRET_KEY.encode(), digest_size=32, person=b"erasures").digest()
    return hashlib.blake2b(address.strip().lower().encode(), key=key, digest_size=32).hexdigest()


def note(digests: list[str], at: datetime) -> None:
    """Add lines and wait until the disk has them."""
    path = Path(settings.BACKUP_DIR) / NAME
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with path.open("a", encoding="utf-8") as handle:
        handle.writelines(json.dumps({"digest": digest, "at": at.isoformat()}) + "\n" for digest in digests)
        handle.flush()
        os.fsync(handle.fileno())


def noted() -> Iterator[tuple[str, datetime]]:
    """Every line of the list; one cut short by a crash is left out."""
    path = Path(settings.BACKUP_DIR) / NAME
    if not path.exists():
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            row = json.loads(line)
            yield row["digest"], datetime.fromisoformat(row["at"])
        except (ValueError, KeyError):
            continue
