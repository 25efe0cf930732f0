"""Read the chain of the journal again; name the first broken link, exit 1 when there is one."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.core.management.base import CommandError, CommandParser

from maillage.kernel.console import Verb
from maillage.kernel.queries.audit import check_audit


class Command(Verb):
    help = "Vérifie que personne n’a changé, retiré ni glissé un acte dans le journal."
    writes = False

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--head", default="", help="« maillon:empreinte » noté plus tôt, qui doit encore y être")

    def handle(self, *args: Any, **options: Any) -> None:
        audit = check_audit(known_head=options["head"])
        self.answer(
            asdict(audit),
            as_json=options["json"],
            sentences=[
                f"{audit.acts} actes dans {audit.seals} maillons, {audit.waiting} à sceller.",
                f"Une part de {audit.erased} d’entre eux est effacée.",
                f"Dernier maillon : {audit.head or 'aucun'}",
            ],
        )
        if audit.broken:
            raise CommandError(f"La chaîne est rompue au maillon {audit.broken.seal} : {audit.broken.message}.")
