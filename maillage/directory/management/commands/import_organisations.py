"""maillage import_organisations FILE: bring in the organisations of a CSV or XLSX file."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.utils import timezone

from maillage.directory import imports
from maillage.directory.actions import recover_interrupted
from maillage.directory.management.importing import ImportCommand
from maillage.directory.models import ImportRun


class Command(ImportCommand):
    help = "Importe les structures d’un fichier CSV ou XLSX. Elles restent « à qualifier ». Relancer ne change rien."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FICHIER")
        parser.add_argument("--source", default="", help="titre de la source, le même à chaque livraison")
        parser.add_argument("--encoding", default="", help="encodage annoncé ; sans lui, il est deviné")
        parser.add_argument("--separator", default="", help="séparateur annoncé ; sans lui, il est deviné")
        parser.add_argument(
            "--column", action="append", default=[], metavar="TITRE=CHAMP", help="lit cette colonne comme ce champ"
        )
        parser.add_argument(
            "--force", action="store_true", help="continue même si la source a perdu plus de 10 % de lignes"
        )
        super().add_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        label = options["source"] or path.stem
        as_json: bool = options["json"]
        if not path.is_file():
            raise self.refuse(f"Le fichier {path} est introuvable.", as_json=as_json)
        columns = dict(pair.split("=", 1) for pair in options["column"] if "=" in pair)
        declared = {"encoding": options["encoding"], "separator": options["separator"]}
        if options["dry_run"]:
            try:
                source = imports.file_source(
                    path, label=label, series=f"{ImportRun.Kind.FILE.value}:{label}"[:200],
                    on=timezone.now().date(), columns=columns, declared=declared,
                )  # fmt: skip
                preview = imports.preview_records(source, tell=self.progress)
            except imports.FileRefused as refusal:
                raise self.refuse(refusal.phrase, as_json=as_json) from refusal
            self.tell_preview(preview, as_json=as_json)
            return
        recover_interrupted(at=timezone.now())
        with path.open("rb") as file:
            run = imports.receive_file(file=file, name=path.name, label=label, by=None, at=timezone.now(), **declared)
        if run.state == ImportRun.State.DRAFT:
            try:
                if columns:
                    imports.correct_columns(run=run, columns=columns)
            except imports.MappingRefused as refusal:
                raise self.refuse(refusal.phrase, as_json=as_json) from refusal
            imports.carry_out(run=run, by=None, at=timezone.now(), force=options["force"], tell=self.progress)
        self.tell_run(run, as_json=as_json)
