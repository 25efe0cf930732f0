"""Put a backup back: read and proved whole before anything of here is touched."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import DatabaseError

from maillage.kernel import erasures
from maillage.kernel.backup import databases
from maillage.kernel.backup.files import BackupRefused, Folder, Manifest
from maillage.kernel.backup.making import MEDIA, SECRET, media_names
from maillage.kernel.models import Erasure


def restore_backup(*, backup: Path, key: bytes | None = None, force: bool = False) -> Manifest:
    """Put database, media and secret key of a backup in place; give back its manifest. The site must be stopped.

    Refuses to overwrite a database that holds something, unless forced. Afterwards nobody is signed in; the command
    migrates, erases again those who left since, and makes the search index anew. Raises BackupRefused.
    """
    folder = Folder(backup, key)
    manifest = folder.manifest()
    refuse_to_overwrite(force=force)
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=_beside_the_database()) as place:
        copy, proved = Path(place) / "copy", Path(place) / "proved"
        for name, stored in manifest.files.items():
            # Each file is written out and compared before the first of them takes its place.
            target = copy if name == databases.NAMES[manifest.vendor] else proved / name
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("wb") as handle:
                handle.writelines(folder.read(name, stored))
        note_erasures()
        databases.put_back(copy, manifest.vendor)
        put_media({name.removeprefix(MEDIA): proved / name for name in manifest.files if name.startswith(MEDIA)})
        if SECRET in manifest.files:
            put_secret((proved / SECRET).read_bytes())
    end_sessions()
    return manifest


def _beside_the_database() -> Path:
    folder = Path(settings.DATA_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def refuse_to_overwrite(*, force: bool) -> None:
    """Raises BackupRefused when there is a database and nobody said that it may go."""
    if not force and not databases.is_empty():
        raise BackupRefused("Il y a déjà une base ici : --force la remplace.")


def note_erasures() -> None:
    """Keep the erasures of the database that goes, for the one that comes."""
    try:
        known = list(Erasure.objects.values_list("digest", "at"))
    except DatabaseError:  # there is no database, or no longer one that can be read
        return
    there = set(erasures.noted())
    for digest, at in known:
        if (digest, at) not in there:
            erasures.note([digest], at)


def put_media(files: dict[str, Path]) -> None:
    """The storage holds these files and no other."""
    for name in list(media_names(default_storage)):
        default_storage.delete(name)
    for name, place in files.items():
        with place.open("rb") as handle:
            default_storage.save(name, File(handle))


def put_secret(secret: bytes) -> None:
    """The secret key of then: without it, second factors and the list of erasures could not be read."""
    place = Path(settings.DATA_DIR) / SECRET
    place.unlink(missing_ok=True)
    with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as handle:
        handle.write(secret)


def end_sessions() -> None:
    """A session that was closed after the backup must not open again."""
    Session.objects.all().delete()
