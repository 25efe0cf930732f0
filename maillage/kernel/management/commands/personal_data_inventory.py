"""What the platform keeps of people: why, how long, what becomes of it. Exit 1 when a field is not declared."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from maillage.kernel.console import Verb
from maillage.kernel.queries.inventory import inventory, undeclared


class Command(Verb):
    help = "Liste les données personnelles : finalité, fondement, durée, effacement."
    writes = False

    def handle(self, *args: Any, **options: Any) -> None:
        lines, missing = inventory(on=timezone.localdate()), list(undeclared())
        self.answer(
            {"holdings": [asdict(line) for line in lines], "undeclared": missing},
            as_json=options["json"],
            sentences=[
                " · ".join([line.model, ", ".join(line.fields), line.purpose, line.basis, line.term, line.on_leaving])
                for line in lines
            ],
        )
        if missing:
            raise CommandError("\n".join(missing))
