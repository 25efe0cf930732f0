"""What the room of people offers to the house: example people with their way in, and the first panels of /moi/."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from maillage.accounts.holdings import HARMLESS, PERSONAL, UNUSED
from maillage.accounts.phrases import FEED
from maillage.accounts.queries import own_absence, own_account, own_data
from maillage.accounts.seeds import seed_people
from maillage.kernel.registry import Manifest, Panel, Seed


def _people(profile: str, at: datetime, say: Callable[[str], None]) -> dict[str, int]:
    people = seed_people(at)
    say("Personnes d’exemple (adresse, rôle) :")
    for email, role, sees in people:
        say(f"  {email}  {role}. {sees}.")
    say("Pour entrer : /demo/ dit comment, et montre les codes du moment.")
    return {"personnes d’exemple": len(people)}


MANIFEST = Manifest(
    room="accounts",
    seeds=(Seed(order=10, profiles=frozenset({"demo", "e2e"}), plant=_people),),
    panels=(
        Panel(80, "accounts/panels/absence.html", own_absence),
        Panel(90, "accounts/panels/account.html", own_account),
        Panel(95, "accounts/panels/own_data.html", own_data),
    ),
    feed=FEED,
    personal=PERSONAL,
    harmless=HARMLESS,
    unused=UNUSED,
)
