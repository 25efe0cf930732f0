"""Files that rows name: on the disk before their row commits, checked against their hash, swept when no row names them.

Words: a *kept* file has a name made of its SHA-256 and of a token, so that no two rows ever share one and erasing one
never takes another's. Neighbours: rooms name them in a FileField; backups copy them after the database.
"""

from __future__ import annotations

import errno
import hashlib
import logging
import os
import secrets
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, Storage, default_storage

NO_ROOM = (
    "Ce document n’a pas pu être gardé\u00a0: notre serveur n’a plus de place. Tout ce qui était déjà enregistré est "
    "conservé. Renvoyez-le dans une heure, ou appelez-nous si le temps presse."
)
FULL = (errno.ENOSPC, errno.EDQUOT)
logger = logging.getLogger(__name__)
STRAY_AFTER = timedelta(days=1)
PART = ".part-"
_BLOCK = 1 << 20


class NoRoom(OSError):
    """The disk is full, and nothing was kept; `phrase` says it in French to whoever sent the document."""

    phrase = NO_ROOM


@dataclass(frozen=True)
class KeptFile:
    """A file that the storage holds: its name there, SHA-256 in hexadecimal, size in bytes."""

    name: str
    sha256: str
    size: int


def keep_file(content: bytes, *, folder: str, extension: str) -> KeptFile:
    """Write a private file and wait for the disk; call it before the transaction that names it.

    folder: of the storage, with its slash ("pieces/"); extension: what the content really is, without dot.
    Cut short, it leaves nothing under its name: written aside, then given its name. Raises NoRoom on a full disk.
    """
    digest = hashlib.sha256(content).hexdigest()
    name = f"{folder}{digest}-{secrets.token_hex(8)}.{extension}"
    if isinstance(default_storage, FileSystemStorage):
        try:
            _write(Path(default_storage.path(name)), content)
        except OSError as error:
            if error.errno in FULL:
                logger.exception("no room for a document of %s bytes in %s", len(content), folder)
                raise NoRoom(*error.args) from error
            raise
    else:  # an object store answers once it holds the whole
        name = default_storage.save(name, ContentFile(content))
    return KeptFile(name, digest, len(content))


def _write(place: Path, content: bytes) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=place.parent, prefix=PART, delete=False) as part:
        try:
            part.write(content)
            part.flush()
            os.fsync(part.fileno())
            Path(part.name).replace(place)
        except BaseException:
            Path(part.name).unlink(missing_ok=True)
            raise
    folder = os.open(place.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def digest_of(blocks: Iterable[bytes]) -> str:
    """SHA-256 of a file read in pieces, in hexadecimal."""
    digest = hashlib.sha256()
    for block in blocks:
        digest.update(block)
    return digest.hexdigest()


def trouble_of(stored: Any, sha256: str) -> str:
    """What is wrong with the file of a row, in English, for `check_invariants`; "" when it is what was kept."""
    try:
        with stored.open("rb") as handle:
            found = digest_of(handle.chunks(_BLOCK))
    except FileNotFoundError:
        return "its file is gone"
    return "" if found == sha256 else "its file is not what was received"


def remove_stray_files(*, folder: str, named: Iterable[str], at: datetime, storage: Storage | None = None) -> int:
    """Remove from a folder of the storage the files that no row names (a machine stopped while they arrived); how many.

    named: names of the rows. One that is less than a day old is left: its row may be about to be written.
    """
    storage = storage or default_storage
    strays = [
        path
        for path in sorted(set(_paths(storage, folder)) - set(named))
        if storage.get_modified_time(path) < at - STRAY_AFTER
    ]
    for path in strays:
        storage.delete(path)
    return len(strays)


def _paths(storage: Storage, folder: str) -> Iterator[str]:
    try:
        _, names = storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in names:
        if name:
            yield f"{folder}{name}"


def drop_file(name: str | None) -> None:
    """Erase a kept file; nothing when it is gone already."""
    if name:
        default_storage.delete(name)
