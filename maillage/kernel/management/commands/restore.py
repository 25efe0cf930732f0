"""Put a backup back, or what the follower holds; then make everything ready to open."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from maillage.kernel.backup import BackupRefused, latest_backup, restore_backup
from maillage.kernel.backup.cipher import Unreadable, read_key
from maillage.kernel.backup.following import follower, has_follower, restore_follower
from maillage.kernel.console import Verb

# In a process of their own: they must read the secret key that has just been put back.
AFTERWARDS = (["prepare"], ["replay_erasures"], ["rebuild_index"], ["check_audit"])


class Command(Verb):
    help = "Remet en place une sauvegarde (site arrêté) ; sans précision, la copie au fil de l’eau, sinon la dernière."
    writes = False

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("backup", nargs="?", type=Path, default=None, help="un dossier, ou « follow »")
        parser.add_argument("--moment", default="", help="avec la copie au fil de l’eau : moment à retrouver (ISO)")
        parser.add_argument("--key-file", type=Path, default=None)
        parser.add_argument("--force", action="store_true", help="remplace la base qui est là")

    def handle(self, *args: Any, **options: Any) -> None:
        began = timezone.now()
        try:
            source = self._put_back(options)
        except (BackupRefused, Unreadable, ValueError) as refusal:
            raise CommandError(str(refusal)) from refusal
        for words in AFTERWARDS:
            self.say(f"… {words[0]}")
            done = subprocess.run(
                [sys.executable, "-m", "config.cli", *words], capture_output=True, text=True, check=False
            )
            if done.returncode:
                raise CommandError(f"{words[0]} : {(done.stderr or done.stdout).strip()[-800:]}")
        seconds = round((timezone.now() - began).total_seconds(), 1)
        facts = {"restored": source, "seconds": seconds}
        self.answer(facts, as_json=options["json"], sentences=[f"{source} est en place ({seconds} s). Ouvrez le site."])

    def _put_back(self, options: dict[str, Any]) -> str:
        backup, force = options["backup"], options["force"]
        if (backup is None and has_follower()) or str(backup) == "follow":
            moment = datetime.fromisoformat(options["moment"]) if options["moment"] else None
            restore_follower(at=timezone.now(), moment=moment, force=force)
            return str(follower())
        if options["moment"]:
            raise BackupRefused("--moment ne vaut que pour la copie au fil de l’eau.")
        place = backup or latest_backup()
        if place is None or not place.is_dir():
            raise BackupRefused("Il n’y a pas de sauvegarde ici.")
        key = read_key(options["key_file"]) if options["key_file"] else None
        restore_backup(backup=place, key=key, force=force)
        return str(place)
