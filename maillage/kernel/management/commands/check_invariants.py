"""Name every truth that does not hold; exit 1 when there is one."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.core.management.base import CommandError

from maillage.kernel import registry
from maillage.kernel.console import Verb


class Command(Verb):
    help = "Vérifie que les données se tiennent (base, index de recherche, historique)."
    writes = False

    def handle(self, *args: Any, **options: Any) -> None:
        found = registry.breaches()
        self.answer(
            {"breaches": [asdict(breach) for breach in found]},
            as_json=options["json"],
            sentences=[f"{breach.check} · {breach.subject} : {breach.message}" for breach in found]
            or ["Tout se tient."],
        )
        if found:
            raise CommandError(f"{len(found)} vérité(s) en défaut.")
