"""Delete or blank what its term says is over. Twice is once; after a kill the next run goes on."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from maillage.kernel.actions import purge
from maillage.kernel.console import Verb


class Command(Verb):
    help = "Efface ou vide ce dont la durée de conservation est passée."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--now", default="", help="moment à prendre pour maintenant (2027-01-31T03:00)")

    def handle(self, *args: Any, **options: Any) -> None:
        counts = purge(at=_moment(options["now"]), dry_run=options["dry_run"])
        self.answer(
            {"counts": counts, "dry_run": options["dry_run"]},
            as_json=options["json"],
            sentences=[f"{model} : {count}" for model, count in counts.items()] or ["Rien n’est à effacer."],
        )


def _moment(text: str) -> datetime:
    if not text:
        return timezone.now()
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise CommandError("--now : un moment ISO, par exemple 2027-01-31T03:00.") from error
    return at if timezone.is_aware(at) else timezone.make_aware(at)
