"""Demo people, one for each role, made by the verbs; their passwords are drawn anew at each run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from maillage.accounts.actions import draw_password, give_mandate, open_account, renew_password
from maillage.accounts.enums import Role
from maillage.accounts.models import User

# Roles stand for names: nobody real signs in here.
CAST: dict[Role, tuple[str, str]] = {
    Role.ADMINISTRATOR: ("Agnès", "Toute la gestion, et les comptes et mandats des personnes"),
    Role.AGENT: ("Bruno", "La gestion de l’annuaire : structures, imports, doublons, images"),
    Role.LIAISON_OFFICER: ("Rachid", "Le site public ; pas encore d’espace à soi"),
    Role.ELECTED_MEMBER: ("Édith", "Le site public ; pas encore d’espace à soi"),
    Role.STEERING_MEMBER: ("Maud", "Le site public ; pas encore d’espace à soi"),
    Role.PARTNER_ADVISER: ("Colette", "Le site public ; pas encore d’espace à soi"),
    Role.ORGANISATION_MANAGER: ("Alice", "Le site public ; pas encore d’espace à soi"),
    Role.BUYER: ("Marcel", "Le site public ; pas encore d’espace à soi"),
    Role.TEACHER: ("Inès", "Le site public ; pas encore d’espace à soi"),
    Role.FIRM: ("Fabien", "Le site public ; pas encore d’espace à soi"),
}


@dataclass(frozen=True)
class DemoPerson:
    """How to sign in as a role: address, password in clear (shown once), French label, what it opens."""

    login: str
    password: str
    role: str
    sees: str


def seed_people(at: datetime) -> list[DemoPerson]:
    """One example person per role, with a mandate from the day of `at`; people already there keep theirs.

    Passwords are new at each run: only their hashes are kept.
    """
    return [_demo_person(role, at) for role in CAST]


def _demo_person(role: Role, at: datetime) -> DemoPerson:
    first_name, sees = CAST[role]
    login = f"{role.value.replace('_', '-')}@exemple.maillage.test"
    password = draw_password()
    user = User.objects.filter(email=login, is_example=True).first()
    if user is None:
        user = open_account(
            email=login,
            password=password,
            first_name=first_name,
            last_name=f"({SHORT[role]})",
            is_example=True,
            by=None,
            at=at,
        )
    else:
        renew_password(user=user, password=password, by=None, at=at)
    if not user.mandates.filter(role=role).exists():
        give_mandate(user=user, role=role, start_date=timezone.localdate(at), by=None, at=at)
    return DemoPerson(login=login, password=password, role=role.label, sees=sees)


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
