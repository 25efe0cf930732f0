from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError

from maillage.kernel.console import Verb
from maillage.search import actions


class Command(Verb):
    help = "Met l’index de recherche à jour de ce qui a changé."
    writes = False

    def handle(self, *_args: Any, **options: Any) -> None:
        followed = actions.catch_up()
        facts = {"changes": followed.changes, "documents": followed.documents, "state": followed.state}
        sentence = f"{followed.changes} changements lus, {followed.documents} documents écrits."
        self.answer(facts, as_json=options["json"], sentences=[sentence])
        if followed.state == "rebuild":
            raise CommandError(f"L’index doit être refait avec rebuild_index : {followed.reason}")
        if followed.state == "busy":
            raise CommandError("Un autre processus écrit dans l’index : réessayez dans un instant.")
