"""What the import commands share: their options, how they tell progress, what they print, how they fail."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from maillage.directory.actions import RunTaken
from maillage.directory.imports import LEVELS, Preview
from maillage.directory.models import ImportRun

COUNTS = (
    ("created", "créées"), ("updated", "mises à jour"), ("unchanged", "inchangées"), ("refused", "refusées"),
    ("flagged", "à vérifier"), ("duplicates", "doublons possibles"),
)  # fmt: skip
SHOWN = 20


class ImportCommand(BaseCommand):
    """Prints a report for people, or one JSON object; exits 1 when nothing could be imported."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="dit ce qui changerait, n’écrit rien")
        parser.add_argument("--json", action="store_true", help="répond en JSON sur une ligne")

    def progress(self, done: int, total: int) -> None:
        share = f"{min(100 * done // total, 100)} %" if total else f"{done} lignes"
        self.stderr.write(f"\rImport : {share}", ending="")

    def tell_preview(self, preview: Preview, *, as_json: bool) -> None:
        """Print what an import would do."""
        self._print("Aperçu, rien n’est écrit", "preview", preview.counts, preview.report, as_json=as_json)

    def tell_run(self, run: ImportRun, *, as_json: bool) -> None:
        """Print how an import ended. Raises CommandError when it was refused or interrupted."""
        run.refresh_from_db()
        self._print(f"Import {run.pk} : {run.get_state_display().lower()}", run.state, run.counts, run.report,
                    as_json=as_json, pk=run.pk)  # fmt: skip
        if run.state != ImportRun.State.DONE:
            raise CommandError(" ".join(place_and_message(note) for note in run.report[:1]) or "L’import a échoué.")

    def refuse(self, message: str, *, as_json: bool) -> CommandError:
        """The error to raise, told in JSON too when asked."""
        if as_json:
            self.stdout.write(json.dumps({"state": "refused", "message": message}, ensure_ascii=False))
        return CommandError(message)

    def taken(self, error: RunTaken) -> CommandError:
        """The error to raise when another process works at this run."""
        return CommandError(error.phrase)

    def _print(
        self, title: str, state: str, counts: dict[str, int], report: list[dict[str, Any]], *,
        as_json: bool, pk: int | None = None,
    ) -> None:  # fmt: skip
        self.stderr.write("")
        if as_json:
            answer = {"run": pk, "state": state, "counts": counts, "report": report}
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
            return
        self.stdout.write(f"{title}.")
        if counts:
            self.stdout.write(", ".join(f"{counts.get(name, 0)} {words}" for name, words in COUNTS) + ".")
        for note in report[:SHOWN]:
            self.stdout.write(f"  {place_and_message(note)}")
        if len(report) > SHOWN:
            self.stdout.write(f"  … et {len(report) - SHOWN} autres remarques (--json les donne).")


def place_and_message(note: dict[str, Any]) -> str:
    """One line of the report: where, how serious, what."""
    place = f"ligne {note['line']}" if note["line"] else ""
    column = f"colonne « {note['column']} »" if note["column"] else ""
    where = ", ".join(part for part in (place, column) if part)
    return f"{LEVELS[note['level']]}{f' ({where})' if where else ''} : {note['message']}"
