from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from maillage.choosing.models import Consultation
from maillage.choosing.queries.counting import count, differences
from maillage.choosing.queries.results import shown


class Command(BaseCommand):
    help = "Montre le résultat d’une consultation close ; --verify recompte les bulletins et compare."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help="l’adresse de la consultation, après /consultations/")
        parser.add_argument("--verify", action="store_true", help="recompte ; sort avec 1 si quelque chose diffère")
        parser.add_argument("--json", action="store_true", help="rend le décompte en JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        found = Consultation.objects.filter(slug=options["slug"]).first()
        if found is None:
            raise CommandError(f"Aucune consultation ne s’appelle « {options['slug']} ».")
        if not found.has_result:
            raise CommandError("Cette consultation n’est pas dépouillée : on ne compte pas pendant le vote.")
        wrong = differences(found) if options["verify"] else []
        if options["json"]:
            again = count(found)["tally"] if options["verify"] else (found.result or {})["tally"]
            self.stdout.write(json.dumps({"tally": again, "differences": wrong}, ensure_ascii=False, sort_keys=True))
        else:
            self._tell(found, is_verified=options["verify"] and not wrong)
        if wrong:
            raise CommandError(" ; ".join(wrong))

    def _tell(self, found: Consultation, *, is_verified: bool) -> None:
        result = shown(found, list(found.options.order_by("letter")), list(found.colleges.order_by("pk")))
        self.stdout.write(found.question)
        for words in result.sentences:
            self.stdout.write(f"  {words}")
        for bar in result.bars:
            self.stdout.write(f"  {bar.label} : {bar.words}")
        if is_verified:
            self.stdout.write("Recompté : les bulletins donnent ce qui est affiché.")
