"""Restore a backup to a temporary place and compare it with what it says; exit 1 at the first difference."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from maillage.kernel.backup import latest_backup, note_verdict, verify_backup
from maillage.kernel.backup.cipher import Unreadable, read_key
from maillage.kernel.console import Verb


class Command(Verb):
    help = "Prouve qu’une sauvegarde peut être remise en place (la dernière, sans autre précision)."
    writes = False

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("backup", nargs="?", type=Path, default=None)
        parser.add_argument("--key-file", type=Path, default=None)

    def handle(self, *args: Any, **options: Any) -> None:
        backup = options["backup"] or latest_backup()
        if backup is None or not backup.is_dir():
            raise CommandError("Il n’y a pas de sauvegarde ici.")
        try:
            key = read_key(options["key_file"]) if options["key_file"] else None
        except Unreadable as error:
            raise CommandError(str(error)) from error
        verdict = verify_backup(backup=backup, key=key)
        note_verdict(verdict, at=timezone.now())
        self.answer(
            asdict(verdict),
            as_json=options["json"],
            sentences=verdict.faults or [f"{backup} : {verdict.files} fichiers, {verdict.rows} lignes, tout se tient."],
        )
        if verdict.faults:
            raise CommandError(f"{len(verdict.faults)} défaut(s) : cette sauvegarde n’est pas sûre.")
