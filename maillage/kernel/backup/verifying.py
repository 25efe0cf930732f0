"""Prove a backup: restore it to a temporary place and compare it with what it says of itself."""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from maillage.kernel.backup import databases
from maillage.kernel.backup.files import BackupRefused, Folder, Manifest
from maillage.kernel.queries.audit import check_audit

LAST = "last_verified.json"


@dataclass
class Verdict:
    """What was looked at, and each fault as a French sentence; none when the backup is good."""

    backup: str
    made_at: str = ""
    files: int = 0
    rows: int = 0
    head: str = ""
    faults: list[str] = field(default_factory=list)


def note_verdict(verdict: Verdict, *, at: datetime) -> None:
    """Keep when a backup was last proved, and how, for /sante/profond."""
    told = {"at": at.isoformat(), "backup": Path(verdict.backup).name, "faults": len(verdict.faults)}
    (_room() / LAST).write_text(json.dumps(told))


def last_verdict() -> dict[str, Any] | None:
    """{"at", "backup", "faults"} of the last proof; None when none was ever made here."""
    try:
        told: dict[str, Any] = json.loads((Path(settings.BACKUP_DIR) / LAST).read_text())
    except (OSError, ValueError):
        return None
    return told


def verify_backup(*, backup: Path, key: bytes | None = None) -> Verdict:
    """Read every file, restore the database apart, check its integrity, its rows, its journal."""
    folder, verdict = Folder(backup, key), Verdict(str(backup))
    try:
        manifest = folder.manifest()
    except BackupRefused as refusal:
        verdict.faults.append(str(refusal))
        return verdict
    verdict.made_at, verdict.head, verdict.files = manifest.made_at, manifest.head, len(manifest.files)
    verdict.faults += _stray(folder, manifest)
    with tempfile.TemporaryDirectory(prefix=".verify-", dir=_room()) as place:
        copy = Path(place) / "copy"
        for name, stored in manifest.files.items():
            try:
                if name == databases.NAMES[manifest.vendor]:
                    with copy.open("wb") as target:
                        target.writelines(folder.read(name, stored))
                else:
                    for _ in folder.read(name, stored):
                        pass
            except BackupRefused as refusal:
                verdict.faults.append(str(refusal))
        if not verdict.faults:
            try:
                _check_database(copy, manifest, verdict)
            except BackupRefused as refusal:
                verdict.faults.append(str(refusal))
    return verdict


def _room() -> Path:
    """Where a whole copy fits: beside the backups, rather than in a small /tmp."""
    root = Path(settings.BACKUP_DIR)
    root.mkdir(parents=True, exist_ok=True, mode=0o700)
    return root


def _stray(folder: Folder, manifest: Manifest) -> list[str]:
    known = {folder.place(name) for name in manifest.files}
    known |= {folder.place("manifest.json"), folder.place("manifest.json.sha256")}
    there = [path for path in folder.path.rglob("*") if path.is_file() and path.resolve() not in known]
    return [f"{path.relative_to(folder.path)} n’est pas dans le manifeste" for path in there]


def _check_database(copy: Path, manifest: Manifest, verdict: Verdict) -> None:
    with databases.restored_copy(copy, manifest.vendor) as alias:
        verdict.faults += databases.faults(alias)
        counts = databases.row_counts(alias)
        verdict.rows = sum(counts.values())
        for table in sorted(counts.keys() | manifest.counts.keys()):
            if counts.get(table) != manifest.counts.get(table):
                verdict.faults.append(f"{table} : {counts.get(table)} lignes au lieu de {manifest.counts.get(table)}")
        audit = check_audit(using=alias)
        if audit.head != manifest.head:
            verdict.faults.append("le journal ne finit pas par le maillon attendu")
        if audit.broken:
            verdict.faults.append(f"journal, maillon {audit.broken.seal} : {audit.broken.message}")
