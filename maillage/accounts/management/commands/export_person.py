"""Everything that the platform keeps of one person, as a zip."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from maillage.accounts.actions import hand_out_data
from maillage.kernel.actions import person_known_as
from maillage.kernel.console import Verb


class Command(Verb):
    help = "Écrit dans un fichier zip tout ce que la plateforme garde d’une personne."
    writes = False

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("email")
        parser.add_argument("--output", type=Path, required=True, help="fichier zip à écrire")

    def handle(self, *args: Any, **options: Any) -> None:
        person, output = person_known_as(options["email"]), options["output"]
        try:
            # Readable by its owner only, whatever the umask.
            with os.fdopen(os.open(output, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as handle:
                counts = hand_out_data(person=person, to=handle, at=timezone.now())
        except FileExistsError as error:
            raise CommandError(f"{output} existe déjà.") from error
        if not counts:
            output.unlink()
            raise CommandError("Rien n’est gardé sous cette adresse.")
        self.answer(
            {"counts": counts, "output": str(output)},
            as_json=options["json"],
            sentences=[f"{title} : {count}" for title, count in counts.items()],
        )
