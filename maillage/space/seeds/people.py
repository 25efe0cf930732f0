"""The example world of the room: one example organisation with its people, and one that somebody asks for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from maillage.accounts.models import User
from maillage.directory.models import Organisation
from maillage.space import actions
from maillage.space.enums import Part
from maillage.space.models import Claim, Membership


def plant_people(profile: str, at: datetime, say: Callable[[str], None]) -> dict[str, int]:
    """Alice holds the first published example sheet, Inès helps her; somebody asks for the second one."""
    examples = list(Organisation.objects.published().filter(is_example=True).order_by("pk")[:2])
    people = {user.first_name: user for user in User.objects.filter(is_example=True)}
    if len(examples) < 2 or not {"Alice", "Inès"} <= people.keys():
        return {}
    first, second = examples
    if not Membership.objects.filter(organisation=first).exists():
        for name, part in (("Alice", Part.MANAGER), ("Inès", Part.CONTRIBUTOR)):
            actions.admit(organisation=first, email=people[name].email, part=part, by=None, at=at)
    if not Claim.objects.filter(organisation=second).exists():
        actions.open_claim(
            organisation=second, name="Fabien (exemple)", email=people["Fabien"].email,
            proof="J’en suis le trésorier depuis 2024 (donnée d’exemple).", at=at,
        )  # fmt: skip
    say(f"  Alice tient la fiche « {first.name} » ; une demande attend pour « {second.name} ».")
    return {"appartenances d’exemple": 2, "demandes d’exemple": 1}
