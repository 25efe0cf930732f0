"""Plant the example world by calling the verbs of every room."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import CommandParser
from django.utils.timezone import now

from maillage.kernel import registry
from maillage.kernel.console import Verb

PROFILES = ("demo", "e2e", "load")


class Command(Verb):
    help = "Remplit la base avec des données d’exemple (demo, e2e) ou de charge (load)."
    writes = False

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--profile", choices=PROFILES, default="demo")
        parser.add_argument("--number", type=int, default=10_000, help="structures du profil load")

    def handle(self, *args: Any, **options: Any) -> None:
        began = time.monotonic()
        counts: dict[str, int] = {}
        lines: list[str] = []
        profile = options["profile"] if options["profile"] != "load" else f"load:{options['number']}"
        for seed in registry.seeds(options["profile"]):
            counts.update(seed.plant(profile, now(), self._keep(lines)))
        seconds = round(time.monotonic() - began, 1)
        self.answer(
            {"profile": profile, "counts": counts, "seconds": seconds, "lines": lines},
            as_json=options["json"],
            sentences=[f"{noun} : {count}" for noun, count in counts.items()] + lines,
        )

    def _keep(self, lines: list[str]) -> Any:
        def say(sentence: str) -> None:
            if sentence.startswith("…"):
                self.say(sentence)
            else:
                lines.append(sentence)

        return say
