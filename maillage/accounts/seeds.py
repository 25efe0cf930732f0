"""Demo people, one for each role, made by the verbs; /demo/ shows how to come in as them (`queries.demo_people`)."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from maillage.accounts.actions import give_codes_application, give_mandate, open_account
from maillage.accounts.enums import BACK_OFFICE_ROLES, Role
from maillage.accounts.models import User
from maillage.kernel.text import fold

# Roles stand for names: nobody real signs in here.
CAST: dict[Role, tuple[str, str]] = {
    Role.ADMINISTRATOR: ("Agnès", "Toute la gestion, et les comptes et mandats des personnes"),
    Role.AGENT: ("Bruno", "La gestion de l’annuaire : structures, imports, doublons, images"),
    Role.LIAISON_OFFICER: ("Rachid", "Son espace"),
    Role.ELECTED_MEMBER: ("Édith", "Son espace"),
    Role.STEERING_MEMBER: ("Maud", "Son espace"),
    Role.PARTNER_ADVISER: ("Colette", "Son espace"),
    Role.ORGANISATION_MANAGER: ("Alice", "Son espace"),
    Role.BUYER: ("Marcel", "Son espace"),
    Role.TEACHER: ("Inès", "Son espace"),
    Role.FIRM: ("Fabien", "Son espace"),
}


def seed_people(at: datetime) -> list[tuple[str, str, str]]:
    """One example person per role, with a mandate from the day of `at`; people already there keep theirs.

    Give back, for each, the address, the French label of the role, and what it opens.
    """
    return [_demo_person(role, at) for role in CAST]


def _demo_person(role: Role, at: datetime) -> tuple[str, str, str]:
    first_name, sees = CAST[role]
    email = f"{fold(first_name)}@exemple.maillage.test"
    user = User.objects.filter(email=email, is_example=True).first()
    if user is None:
        user = open_account(
            email=email, first_name=first_name, last_name=f"({SHORT[role]})", is_example=True, by=None, at=at
        )
    # A liaison officer sits for one EPCI: the room that knows the seats gives that mandate (space/seeds).
    if role != Role.LIAISON_OFFICER and not user.mandates.filter(role=role).exists():
        give_mandate(user=user, role=role, start_date=timezone.localdate(at), by=None, at=at)
    if role in BACK_OFFICE_ROLES and not user.has_second_factor:
        give_codes_application(user=user, by=None, at=at)
    return email, role.label, sees


SHORT: dict[Role, str] = {
    Role.ADMINISTRATOR: "administration",
    Role.AGENT: "agent",
    Role.LIAISON_OFFICER: "référent",
    Role.ELECTED_MEMBER: "élue",
    Role.STEERING_MEMBER: "comité de pilotage",
    Role.PARTNER_ADVISER: "partenaire",
    Role.ORGANISATION_MANAGER: "structure",
    Role.BUYER: "acheteur public",
    Role.TEACHER: "enseignante",
    Role.FIRM: "entreprise",
}
