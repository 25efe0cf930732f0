"""maillage copil_dossier: freeze the committee's file as of a day, and write its three forms in a folder."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from maillage.kernel.console import Verb
from maillage.steering.actions import FileRefused, prepare_file
from maillage.strategy.queries import home_strategy


class Command(Verb):
    help = "Écrit le dossier du comité de pilotage (ODT, PDF, diapositives). Le même jour redonne les mêmes fichiers."
    writes = False

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--as-of", default="", help="jour du dossier, 2026-11-28 ; aujourd’hui sinon")
        parser.add_argument("--output", required=True, help="dossier où écrire les fichiers")

    def handle(self, *args: Any, **options: Any) -> None:
        strategy, folder = home_strategy(), Path(options["output"])
        if strategy is None:
            raise CommandError("Aucune stratégie n’est chargée : lancez d’abord « maillage load_strategy ».")
        try:
            day = date.fromisoformat(options["as_of"]) if options["as_of"] else timezone.localdate()
        except ValueError as error:
            told = f"--as-of : « {options['as_of']} » n’est pas un jour. Écrivez par exemple 2026-11-28."
            raise CommandError(told) from error
        try:
            folder.mkdir(parents=True, exist_ok=True)
            made = prepare_file(strategy=strategy, as_of=day, by=None, at=timezone.now())
            written = {}
            for paper in made.papers.order_by("form"):
                place = folder / f"comite-de-pilotage-{day.isoformat()}.{paper.form}"
                place.write_bytes(bytes(paper.content))
                written[paper.form] = {"path": str(place), "sha256": paper.sha256, "size": paper.size}
        except FileRefused as refusal:
            raise CommandError(refusal.phrase) from refusal
        except OSError as error:
            raise CommandError(f"Le dossier « {folder} » ne peut pas recevoir les fichiers.") from error
        self.answer(
            {"as_of": day, "since": made.since, "files": written}, as_json=options["json"],
            sentences=[f"{made}, écrit dans {folder} :", *(f"  {one['path']}" for one in written.values())],
        )  # fmt: skip
