"""maillage undo_import NUMBER: turn back a whole import."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from maillage.directory import actions
from maillage.directory.models import ImportRun


class Command(BaseCommand):
    help = "Annule un import : chaque fiche retrouve ses valeurs d’avant, sauf ce qu’une personne a changé depuis."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("run", type=int, metavar="IMPORT", help="numéro de l’import")
        parser.add_argument("--dry-run", action="store_true", help="dit ce qui serait annulé, n’écrit rien")
        parser.add_argument("--json", action="store_true", help="répond en JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        run = ImportRun.objects.filter(pk=options["run"]).first()
        if run is None:
            raise CommandError(f"L’import {options['run']} n’existe pas.")
        self.stderr.write(f"Annulation de l’import {run.pk}…")
        try:
            with transaction.atomic():
                undone = actions.undo_import(run=run, by=None, at=timezone.now())
                transaction.set_rollback(options["dry_run"])
        except actions.UndoRefused as refusal:
            raise CommandError(refusal.phrase) from refusal
        figures = {"deleted": undone.deleted, "turned_back": undone.turned_back, "kept": undone.kept}
        if options["json"]:
            self.stdout.write(json.dumps(figures, ensure_ascii=False))
            return
        self.stdout.write(f"{undone.deleted} fiches retirées, {undone.turned_back} rendues à leur état d’avant.")
        for sentence in undone.kept:
            self.stdout.write(f"  {sentence}")
