from __future__ import annotations

from time import monotonic
from typing import Any

from django.core.management.base import CommandError

from maillage.kernel.console import Verb
from maillage.search import actions
from maillage.search.engine import Busy

STAGES = {"documents": "documents lus", "columns": "colonnes", "terms": "mots fréquents"}


class Command(Verb):
    help = "Refait l’index de recherche en entier ; la recherche continue pendant ce temps."
    writes = False

    def handle(self, *_args: Any, **options: Any) -> None:
        said = [monotonic()]

        def report(stage: str, done: int, total: int) -> None:
            if monotonic() - said[0] >= 2:
                said[0] = monotonic()
                self.say(f"{STAGES[stage]} : {done} sur {total}")

        try:
            made = actions.rebuild(report)
        except Busy as busy:
            raise CommandError("Un autre processus écrit dans l’index : réessayez dans un instant.") from busy
        facts = {"documents": made.documents, "seconds": round(made.seconds, 1), "folder": made.folder}
        sentence = f"Index refait : {made.documents} documents en {made.seconds:.1f} s."
        self.answer(facts, as_json=options["json"], sentences=[sentence])
