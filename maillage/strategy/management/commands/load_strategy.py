from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from maillage.strategy import phrases
from maillage.strategy.actions import LoadReport, UnknownTerritory, load_strategy
from maillage.strategy.data_format import read_strategy_file
from maillage.strategy.documents import FileRefused
from ui import french

SHIPPED = settings.ROOT / "maillage/strategy/data/coeur-des-hauts-de-france.json"


class Command(BaseCommand):
    help = "Charge une stratégie (axes, objectifs, mesures, instances) depuis un fichier ; le refaire n’écrit rien."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, help="stratégie en JSON ; sinon celle livrée")
        parser.add_argument("--dry-run", action="store_true", help="dit ce qui changerait, sans rien écrire")
        parser.add_argument("--json", action="store_true", help="rend le compte rendu en JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            document = read_strategy_file(options["file"] or SHIPPED)
            report = load_strategy(document=document, by=None, at=timezone.now(), is_dry_run=options["dry_run"])
        except (FileRefused, UnknownTerritory) as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps(report.as_json(), ensure_ascii=False))
            return
        self.stdout.write(_sentence(report))
        for kind, tally in report.tallies.items():
            if tally.created + tally.changed + tally.removed and options["verbosity"] > 0:
                facts = {"created": tally.created, "changed": tally.changed, "removed": tally.removed}
                self.stdout.write(phrases.LINE.format(kind=phrases.KINDS[kind], **facts))


def _sentence(report: LoadReport) -> str:
    pattern = phrases.UNCHANGED if report.is_unchanged else phrases.LOADED
    if report.is_dry_run and not report.is_unchanged:
        pattern = phrases.WOULD_LOAD
    return pattern.format(
        title=report.title,
        axes=french.plural(report.axes, "axe"),
        measures=french.plural(report.measures, "mesure"),
        bodies=french.plural(report.bodies, "instance"),
    )
