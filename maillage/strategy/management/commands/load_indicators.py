from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from maillage.strategy import phrases_indicators as phrases
from maillage.strategy.actions.measuring import IndicatorReport, UnknownReference, load_indicators
from maillage.strategy.documents import FileRefused
from maillage.strategy.indicators_format import read_indicator_file
from ui import french

SHIPPED = settings.ROOT / "maillage/strategy/data/indicators.json"


class Command(BaseCommand):
    help = "Charge les indicateurs de la stratégie depuis un fichier ; le refaire n’écrit rien, et garde les relevés."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, help="indicateurs en JSON ; sinon ceux livrés")
        parser.add_argument("--dry-run", action="store_true", help="dit ce qui changerait, sans rien écrire")
        parser.add_argument("--json", action="store_true", help="rend le compte rendu en JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            document = read_indicator_file(options["file"] or SHIPPED)
            report = load_indicators(document=document, by=None, at=timezone.now(), is_dry_run=options["dry_run"])
        except (FileRefused, UnknownReference) as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps(report.as_json(), ensure_ascii=False))
            return
        self.stdout.write(_sentence(report))
        if report.kept:
            self.stdout.write(phrases.KEPT.format(codes=", ".join(report.kept)))


def _sentence(report: IndicatorReport) -> str:
    pattern = phrases.WOULD_LOAD if report.is_dry_run else phrases.LOADED
    return (phrases.UNCHANGED if report.is_unchanged else pattern).format(
        count=french.plural(report.total, "indicateur"),
        created=report.created,
        changed=report.changed,
        removed=report.removed,
    )
