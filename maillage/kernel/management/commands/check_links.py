"""maillage check_links: do the addresses that rooms publish still answer?"""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from maillage.kernel.console import Verb
from maillage.kernel.registry import link_checks


class Command(Verb):
    help = "Demande leurs adresses aux aides et aux ressources ; ce qui est mort devient une chose à faire."
    writes = False

    def handle(self, *args: Any, **options: Any) -> None:
        facts, sentences = {"asked": 0, "dead": 0}, []
        for one in link_checks():
            asked, dead = one.check(timezone.now())
            facts = {"asked": facts["asked"] + asked, "dead": facts["dead"] + dead}
            said = f"{one.title}\u00a0: adresses demandées, {asked}\u00a0; dont un lien ne répond plus, {dead}."
            sentences.append(said if asked else f"{one.title}\u00a0: aucune adresse n’a répondu, rien n’a été noté.")
        self.answer(facts, as_json=options["json"], sentences=sentences)
