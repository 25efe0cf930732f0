"""maillage sync_organisations: bring in what the API Recherche d'entreprises knows of the territory."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.utils import timezone

from maillage.directory import imports
from maillage.directory.actions import RunTaken, recover_interrupted
from maillage.directory.management.importing import ImportCommand
from maillage.directory.models import ImportRun


class Command(ImportCommand):
    help = "Importe les structures de l’ESS du territoire depuis l’API Recherche d’entreprises."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--resume", type=int, metavar="IMPORT", help="reprend cet import interrompu où il en était")
        parser.add_argument(
            "--force", action="store_true", help="continue même si la source a perdu plus de 10 % de lignes"
        )
        super().add_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        as_json: bool = options["json"]
        recover_interrupted(at=timezone.now())
        try:
            if options["resume"]:
                run = ImportRun.objects.get(pk=options["resume"], kind=ImportRun.Kind.API)
            else:
                run = imports.open_api_run(by=None, at=timezone.now())
            if options["dry_run"]:
                preview = imports.preview_run(run=run, at=timezone.now(), tell=self.progress)
                if preview is not None:
                    self.tell_preview(preview, as_json=as_json)
                    return
            else:
                imports.carry_out(run=run, by=None, at=timezone.now(), force=options["force"], tell=self.progress)
        except ImportRun.DoesNotExist as error:
            raise self.refuse("Cet import n’existe pas.", as_json=as_json) from error
        except imports.FileRefused as refusal:
            raise self.refuse(refusal.phrase, as_json=as_json) from refusal
        except RunTaken as error:
            raise self.taken(error) from error
        self.tell_run(run, as_json=as_json)
