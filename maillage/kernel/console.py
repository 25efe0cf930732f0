"""What our commands share: progress on stderr, one JSON line or a few French ones on stdout."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser


class Verb(BaseCommand):
    """A command that calls verbs. `writes` adds --dry-run; every command has --json."""

    writes = True
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="résultat en une ligne de JSON")
        if self.writes:
            parser.add_argument("--dry-run", action="store_true", help="dit ce qui changerait, sans rien écrire")

    def say(self, sentence: str) -> None:
        """Progress, for the person who waits."""
        self.stderr.write(sentence)

    def answer(self, facts: dict[str, Any], *, as_json: bool, sentences: list[str]) -> None:
        """The result: for a program, or for a person."""
        if as_json:
            self.stdout.write(json.dumps(facts, ensure_ascii=False, default=str))
        else:
            for sentence in sentences:
                self.stdout.write(sentence)
