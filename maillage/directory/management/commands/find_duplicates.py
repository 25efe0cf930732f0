"""maillage find_duplicates: open the pairs of sheets that may be one organisation."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from datetime import UTC, datetime, time
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.dateparse import parse_date

from maillage.directory import actions
from maillage.directory.actions.duplicates import candidates
from maillage.directory.likeness import like_pairs


class Command(BaseCommand):
    help = "Repère les fiches qui sont peut-être en double. Une personne en décide ; rien n’est fusionné."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--since", type=parse_date, metavar="AAAA-MM-JJ", help="seulement les fiches changées depuis"
        )
        parser.add_argument("--dry-run", action="store_true", help="compte, n’écrit rien")
        parser.add_argument("--json", action="store_true", help="répond en JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        self.stderr.write("Comparaison des fiches…")
        since = datetime.combine(options["since"], time(), tzinfo=UTC) if options["since"] else None
        if options["dry_run"]:
            found, words = len(like_pairs(candidates())), "paires ressemblantes, rien n’est écrit"
        else:
            found, words = len(actions.find_duplicates(at=timezone.now(), since=since)), "nouvelles paires à examiner"
        self.stdout.write(json.dumps({"pairs": found}) if options["json"] else f"{found} {words}.")
