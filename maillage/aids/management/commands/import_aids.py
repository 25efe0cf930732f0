"""maillage import_aids FILE|--api: bring in a source of aids, whole."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from maillage.aids import actions
from maillage.aids.facts import Harvest
from maillage.aids.imports import read_answer, read_file
from maillage.aids.integrations.aides_territoires import Client, ServiceUnavailable
from maillage.kernel.console import Verb
from ui import french

MOST_BYTES = 100_000_000
MOST_TOLD = 50


class Command(Verb):
    help = "Lit une source d’aides, en entier : un fichier JSON ou CSV au format d’Aides-territoires, ou son API."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, nargs="?", metavar="FICHIER")
        parser.add_argument("--api", action="store_true", help="lit l’API (AIDES_TERRITOIRES_TOKEN)")
        parser.add_argument("--source", default="Aides-territoires", help="nom de la source, le même à chaque fois")
        parser.add_argument(
            "--force", action="store_true", help="continue même si la source a perdu plus de 10 % de ses aides"
        )
        super().add_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        at, harvest = timezone.now(), self._read(options["file"], from_api=options["api"])
        if harvest.faults:
            told = [str(fault) for fault in harvest.faults[:MOST_TOLD]]
            more = [] if len(harvest.faults) <= MOST_TOLD else [f"et {len(harvest.faults) - MOST_TOLD} autres."]
            raise CommandError("\n".join(["Rien n’a été écrit. À corriger\u00a0:", *told, *more]))
        try:
            reading = actions.receive_aids(
                source=options["source"].strip()[:120] or "Aides-territoires", received=harvest.aids,
                on=timezone.localdate(at), at=at, force=options["force"], dry_run=options["dry_run"],
            )  # fmt: skip
        except actions.AidRefused as refusal:
            raise CommandError(refusal.phrase) from refusal
        facts = {name: getattr(reading, name) for name in ("created", "changed", "unchanged", "gone")}
        counts = (
            french.plural(reading.created, "créée"), french.plural(reading.changed, "changée"),
            french.plural(reading.unchanged, "inchangée"), french.plural(reading.gone, "partie"),
        )  # fmt: skip
        self.answer(facts, as_json=options["json"], sentences=[f"{', '.join(counts)}."])

    def _read(self, path: Path | None, *, from_api: bool) -> Harvest:
        if from_api == (path is not None):
            raise CommandError("Donnez un fichier, ou --api.")
        if path is not None:
            if not path.is_file():
                raise CommandError(f"Le fichier {path} est introuvable.")
            if path.stat().st_size > MOST_BYTES:
                raise CommandError("Le fichier dépasse cent mégaoctets.")
            return read_file(path.read_bytes())
        try:
            with Client(key=settings.AIDES_TERRITOIRES_TOKEN) as client:
                return read_answer(list(client.aids()))
        except ServiceUnavailable as trouble:
            raise CommandError(trouble.phrase) from trouble
