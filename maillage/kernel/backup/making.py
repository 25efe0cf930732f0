"""Make a backup, and forget those that are too old."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core.files.storage import Storage, default_storage
from django.db import connection
from django.utils import timezone

from maillage.kernel.backup import databases
from maillage.kernel.backup.files import BackupRefused, Folder, Manifest, Stored, blocks
from maillage.kernel.kept_files import PART
from maillage.kernel.queries.values import dated_value, months_before

NAME = re.compile(r"maillage-(\d{8}T\d{6}Z)")
OLD_FOLLOWER = re.compile(r"follow-(\d{8}T\d{6}Z)")
MEDIA, SECRET = "media/", "secret_key"


def make_backup(*, at: datetime, to: Path | None = None, key: bytes | None = None) -> Path:
    """Copy database, media and secret key into a new folder; give it back. Raises BackupRefused.

    The database first, the media after: files are written before the row that names them, so no row of the copy
    lacks its file. A file that the last backup already holds is linked, not copied. A folder without a manifest was
    cut short: it has another name until it is whole.
    """
    root = to or Path(settings.BACKUP_DIR)
    root.mkdir(parents=True, exist_ok=True, mode=0o700)
    place = root / f"maillage-{_stamp(at)}"
    if place.exists():
        raise BackupRefused(f"{place} existe déjà.")
    last = _Last(root, key)
    with tempfile.TemporaryDirectory(prefix=".maillage-", dir=root) as part:
        folder, copy = Folder(Path(part) / "backup", key), Path(part) / "copy"
        folder.path.mkdir(mode=0o700)
        counts, head = databases.snapshot(copy)
        manifest = Manifest(at.astimezone(UTC).isoformat(), connection.vendor, head, counts)
        with copy.open("rb") as handle:
            manifest.files[databases.NAMES[connection.vendor]] = folder.store(
                databases.NAMES[connection.vendor], blocks(handle)
            )
        for name in media_names(default_storage):
            manifest.files[MEDIA + name] = _store_medium(folder, name, last)
        secret = Path(settings.DATA_DIR) / SECRET
        if secret.exists():
            manifest.files[SECRET] = folder.store(SECRET, [secret.read_bytes()])
        folder.seal(manifest)
        folder.path.rename(place)
    _sync(root)
    return place


def _store_medium(folder: Folder, name: str, last: _Last) -> Stored:
    with default_storage.open(name, "rb") as handle:
        written = folder.store(name=MEDIA + name, source=blocks(handle))
    if last.files.get(MEDIA + name) == written and last.is_sound(MEDIA + name):
        # The same bytes: one copy on the disk for all the backups that hold it.
        place = folder.place(MEDIA + name)
        place.unlink()
        os.link(last.folder.place(MEDIA + name), place)
    return written


class _Last:
    """The backup before this one, when it is readable with the same key; empty otherwise."""

    def __init__(self, root: Path, key: bytes | None) -> None:
        self.folder = Folder(latest_backup(root) or root, key)
        self.files: dict[str, Stored] = {}
        with suppress(BackupRefused):
            known = self.folder.manifest()
            if self.folder.key == key:
                self.files = known.files

    def is_sound(self, name: str) -> bool:
        """Is the older copy still good? A link to a spoilt one would spoil every later backup."""
        try:
            for _ in self.folder.read(name, self.files[name]):
                pass
        except BackupRefused:
            return False
        return True


def media_names(storage: Storage, under: str = "") -> Iterator[str]:
    """Every file of the storage, folders by name."""
    try:
        folders, files = storage.listdir(under)
    except FileNotFoundError:
        return
    for name in sorted(files):
        if not name.startswith(PART):  # it is being written
            yield f"{under}{name}"
    for folder in sorted(folders):
        yield from media_names(storage, f"{under}{folder}/")


def latest_backup(root: Path | None = None) -> Path | None:
    """The last whole backup of a folder; None when there is none."""
    found = [path for path in (root or Path(settings.BACKUP_DIR)).glob("maillage-*") if NAME.fullmatch(path.name)]
    return max(found, key=lambda path: path.name, default=None)


def prune_backups(*, at: datetime, root: Path | None = None) -> int:
    """Remove backups older than their term, and copies of followers that a restore set aside; how many."""
    limit = months_before(at, dated_value("term.backup", on=timezone.localdate(at)).value)
    done = 0
    for path in (root or Path(settings.BACKUP_DIR)).iterdir():
        told = NAME.fullmatch(path.name) or OLD_FOLLOWER.fullmatch(path.name)
        if told and datetime.strptime(told[1], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC) < limit:
            shutil.rmtree(path)
            done += 1
    return done


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _sync(folder: Path) -> None:
    """Wait until the disk knows the new name."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
