"""maillage import_sirene: bring in the territory's organisations from the two Sirene stock files."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.utils import timezone

from maillage.directory import imports
from maillage.directory.actions import recover_interrupted
from maillage.directory.management.importing import ImportCommand


class Command(ImportCommand):
    help = "Importe les structures du territoire depuis le stock Sirene. La même édition une seconde fois n’écrit rien."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--units", required=True, help="StockUniteLegale : chemin ou adresse (Parquet, CSV, ZIP)")
        parser.add_argument("--establishments", required=True, help="StockEtablissement : chemin ou adresse")
        parser.add_argument(
            "--force", action="store_true", help="continue même si l’édition a perdu plus de 10 % de lignes"
        )
        super().add_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        as_json: bool = options["json"]
        recover_interrupted(at=timezone.now())
        run = imports.open_sirene_run(
            units=options["units"], establishments=options["establishments"], force=options["force"], by=None,
            at=timezone.now(),
        )  # fmt: skip
        if options["dry_run"]:
            preview = imports.preview_run(run=run, at=timezone.now(), tell=self.progress)
            if preview is not None:
                self.tell_preview(preview, as_json=as_json)
                return
        else:
            imports.carry_out(run=run, by=None, at=timezone.now(), force=options["force"], tell=self.progress)
        self.tell_run(run, as_json=as_json)
