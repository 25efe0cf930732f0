"""maillage check_links: do the addresses of open aids still answer?"""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from maillage.aids import actions
from maillage.kernel.console import Verb


class Command(Verb):
    help = "Demande leurs adresses aux aides ouvertes ; une adresse morte devient une chose à faire pour les agents."
    writes = False

    def handle(self, *args: Any, **options: Any) -> None:
        asked, dead = actions.check_links(at=timezone.now())
        said = f"Adresses demandées\u00a0: {asked}. Aides dont un lien ne répond plus\u00a0: {dead}."
        if not asked:
            said = "Aucune adresse n’a répondu, ou il n’y en a aucune\u00a0: rien n’a été noté."
        self.answer({"asked": asked, "dead": dead}, as_json=options["json"], sentences=[said])
