"""Erase a person from the whole platform, then give back the room they took in the files of the database."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from maillage.accounts.actions import PersonRefused, leave
from maillage.accounts.queries import fates
from maillage.kernel.actions import compact, person_known_as
from maillage.kernel.console import Verb


class Command(Verb):
    help = "Efface une personne : base, fichiers, index, cache, journal, sessions."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        person, at = person_known_as(options["email"]), timezone.now()
        if options["dry_run"]:
            counts = {fate.title: fate.count for fate in fates(person)}
        else:
            try:
                counts = leave(person=person, by=None, at=at).counts
            except PersonRefused as refusal:
                raise CommandError(refusal.phrase) from refusal
            compact(at=at)
        self.answer(
            {"counts": counts, "dry_run": options["dry_run"]},
            as_json=options["json"],
            sentences=[f"{title} : {count}" for title, count in counts.items()] or ["Rien sous cette adresse."],
        )
