"""Make a backup; or follow the database as it is written, until stopped; or draw the key that encrypts backups."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from maillage.kernel.backup import BackupRefused, make_backup, prune_backups
from maillage.kernel.backup.cipher import Unreadable, draw_key, read_key
from maillage.kernel.backup.following import follow
from maillage.kernel.console import Verb


class Command(Verb):
    help = "Sauvegarde la base, les médias et la clé du site dans BACKUP_DIR."
    writes = False

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--to", type=Path, default=None, help="autre dossier que BACKUP_DIR")
        parser.add_argument("--key-file", type=Path, default=None, help="chiffre la sauvegarde avec cette clé")
        parser.add_argument("--draw-key", type=Path, default=None, help="tire une clé, l’écrit là, et s’arrête")
        parser.add_argument("--follow", action="store_true", help="copie SQLite au fil de l’eau (Litestream)")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["draw_key"]:
                draw_key(options["draw_key"])
                self.stdout.write(f"La clé est dans {options['draw_key']}. Gardez-la ailleurs que les sauvegardes.")
            elif options["follow"]:
                self._follow()
            else:
                self._make(options)
        except (BackupRefused, Unreadable) as refusal:
            raise CommandError(str(refusal)) from refusal
        except FileExistsError as error:
            raise CommandError(f"{error.filename} existe déjà.") from error

    def _make(self, options: dict[str, Any]) -> None:
        at, started = timezone.now(), timezone.now()
        key = read_key(options["key_file"]) if options["key_file"] else None
        place = make_backup(at=at, to=options["to"], key=key)
        removed = prune_backups(at=at, root=options["to"])
        seconds = round((timezone.now() - started).total_seconds(), 1)
        facts = {"backup": str(place), "seconds": seconds, "removed": removed, "encrypted": key is not None}
        sentence = f"{place} ({seconds} s, {removed} ancienne(s) sauvegarde(s) retirée(s))"
        self.answer(facts, as_json=options["json"], sentences=[sentence])

    def _follow(self) -> None:
        asked: list[int] = []
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda number, _frame: asked.append(number))
        self.say("La base est suivie ; Ctrl+C pour arrêter.")
        follow(is_over=lambda: bool(asked))
