"""maillage check_sirets: doubt the places whose SIRET is closed; nothing is deleted, a person looks."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from maillage.directory.actions.sirets import SiretDoubt, checked_places, flag_closed_sirets
from maillage.directory.imports.sirets import API, SELECTION, states_from_api, states_from_selection
from maillage.directory.integrations.recherche_entreprises import ServiceUnavailable
from maillage.kernel.console import Verb
from ui.french import plural


class Command(Verb):
    help = "Met en doute les lieux dont le SIRET est fermé au répertoire. Rien n’est supprimé : une personne regarde."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--api", action="store_true", help="demande au service public, même s’il y a une sélection")

    def handle(self, *args: Any, **options: Any) -> None:
        sirets = [str(place.siret) for place in checked_places()]
        states, source = self._states(sirets, ask_api=options["api"])
        done = flag_closed_sirets(states=states, at=timezone.now(), dry_run=options["dry_run"])
        self.answer(
            {
                "source": source, "checked": len(sirets), "opened": done.opened, "lifted": done.lifted,
                "unknown": done.unknown, "closed": [_told(one) for one in done.closed],
            },
            as_json=options["json"],
            sentences=[
                f"{plural(len(sirets), 'SIRET comparé', 'SIRET comparés')} ({source}), {done.unknown} sans réponse.",
                *(f"  {one.establishment.organisation.name}\u00a0: {one.message}" for one in done.closed),
                f"Doutes ouverts\u00a0: {done.opened}. Doutes levés\u00a0: {done.lifted}."
                + (" Rien n’a été écrit." if options["dry_run"] else ""),
            ],
        )  # fmt: skip

    def _states(self, sirets: list[str], *, ask_api: bool) -> tuple[dict[str, date | None], str]:
        known = None if ask_api else states_from_selection(sirets)
        if known is not None:
            return known, SELECTION
        self.say("Le service public est interrogé, un numéro après l’autre…")
        try:
            return states_from_api(sirets, self.say), API
        except ServiceUnavailable as refusal:
            raise CommandError(refusal.phrase) from refusal


def _told(one: SiretDoubt) -> dict[str, str]:
    return {"organisation": one.establishment.organisation.slug, "siret": one.siret, "closed_on": one.closed_on}
