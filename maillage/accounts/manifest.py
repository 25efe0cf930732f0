"""What the room of people offers to the house: example people, printed with their way in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from maillage.accounts.seeds import seed_people
from maillage.kernel.registry import Manifest, Seed


def _people(profile: str, at: datetime, say: Callable[[str], None]) -> dict[str, int]:
    people = seed_people(at)
    say("Personnes d’exemple (adresse, mot de passe tiré à l’instant, rôle) :")
    for person in people:
        say(f"  {person.login}  {person.password}  {person.role}. {person.sees}.")
    say("Entrée de la gestion : /gestion/")
    return {"personnes d’exemple": len(people)}


MANIFEST = Manifest(
    room="accounts",
    seeds=(Seed(order=10, profiles=frozenset({"demo", "e2e"}), plant=_people),),
)
