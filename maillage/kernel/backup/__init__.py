"""Backups: a folder that holds the whole platform at one moment, verified, restorable on a bare machine.

Words: a *backup* is one folder of BACKUP_DIR (database, media, secret key, manifest with every digest, the head of the
journal and the row counts); the *follower* is the copy that Litestream writes as SQLite is written (`following`).
Neighbours: `files` reads and writes the folder, `cipher` encrypts it, `databases` knows both engines; the commands
backup, verify_backup and restore; docs/how-to/back-up.md.
"""

from __future__ import annotations

from maillage.kernel.backup.files import BackupRefused
from maillage.kernel.backup.making import latest_backup, make_backup, prune_backups
from maillage.kernel.backup.restoring import restore_backup
from maillage.kernel.backup.verifying import Verdict, last_verdict, note_verdict, verify_backup

__all__ = [
    "BackupRefused",
    "Verdict",
    "last_verdict",
    "latest_backup",
    "make_backup",
    "note_verdict",
    "prune_backups",
    "restore_backup",
    "verify_backup",
]
