from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from maillage.territories import phrases
from maillage.territories.actions import LoadReport, load_territory
from maillage.territories.data_format import TerritoryFileError, read_territory_file


class Command(BaseCommand):
    help = "Charge un territoire (communes, EPCI, contours, populations) depuis un fichier ; le refaire n’écrit rien."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, help="jeu de données (.json ou .json.gz) ; sinon celui livré")
        parser.add_argument("--dry-run", action="store_true", help="dit ce qui changerait, sans rien écrire")
        parser.add_argument("--json", action="store_true", help="rend le compte rendu en JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        path: Path = options["file"] or settings.TERRITORY_FILE
        try:
            document = read_territory_file(path)
            report = load_territory(document=document, by=None, at=timezone.now(), is_dry_run=options["dry_run"])
        except TerritoryFileError as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps(report.as_json(), ensure_ascii=False))
            return
        self.stdout.write(_sentence(report))
        for kind, tally in report.tallies.items():
            if tally.writes and options["verbosity"] > 0:
                facts = {"created": tally.created, "changed": tally.changed, "removed": tally.removed}
                self.stdout.write(phrases.LINE.format(kind=phrases.KINDS[kind], kept=tally.kept, **facts))


def _sentence(report: LoadReport) -> str:
    pattern = phrases.UNCHANGED if report.is_unchanged else phrases.LOADED
    if report.is_dry_run and not report.is_unchanged:
        pattern = phrases.WOULD_LOAD
    return pattern.format(name=report.name, communes=report.communes)
