"""Ask a register which SIRETs are closed: the last Sirene selection when there is one, else the public API."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from django.conf import settings

from maillage.directory.integrations.recherche_entreprises import Client
from maillage.directory.quality import UNKNOWN_DATE
from pipelines.marts.sirene_states import states_of

Tell = Callable[[str], None]
SELECTION, API = "sélection Sirene", "API Recherche d’entreprises"


def states_from_selection(sirets: Iterable[str]) -> dict[str, date | None] | None:
    """{SIRET: day it closed, None while open} of those it holds; None when no selection was prepared."""
    return states_of(sirets, cache_dir=settings.PIPELINES_DIR)


def states_from_api(sirets: Iterable[str], tell: Tell) -> dict[str, date | None]:
    """The same, one question for each number. Raises ServiceUnavailable: what was learnt before is lost, on purpose,
    since half an answer would lift doubts that still hold."""
    states: dict[str, date | None] = {}
    with Client() as client:
        for rank, siret in enumerate(sorted(set(sirets)), start=1):
            page = client.search({"q": siret})
            places = (place for unit in page.units for place in unit.places if place.siret == siret)
            for place in places:
                # The service says that it closed, not when.
                states[siret] = None if place.is_open else date.fromisoformat(UNKNOWN_DATE)
            if rank % 100 == 0:
                tell(f"{rank} numéros demandés…")
    return states
