"""Who may do what, from the mandates that run today; whoever holds none may do nothing.

Words: a *decision* carries its reason, so that the person who is refused knows why and what to do.
Neighbours: the rules of the rooms above ask here; `backends` gives the answers to Wagtail.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser

from maillage.accounts.enums import BACK_OFFICE_ROLES, HANDED_OVER, Role
from maillage.accounts.models import Mandate, User

Person = User | AbstractBaseUser | AnonymousUser


@dataclass(frozen=True)
class Decision:
    """Allowed or not, and the French sentence that says why not; true when allowed."""

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed


YES = Decision(True)
NOT_SIGNED_IN = Decision(False, "Connectez-vous pour entrer dans la gestion.")
NOT_OPEN = Decision(False, "Ce compte est fermé. Une administratrice ou un administrateur peut le rouvrir.")
NO_MANDATE = Decision(
    False,
    "Votre compte n’a pas de mandat en cours pour la gestion : "
    "elle est réservée aux agentes et agents du territoire. "
    "Si votre mandat vient de finir, demandez à une administratrice ou un administrateur de le prolonger.",
)
NO_SECOND_FACTOR = Decision(
    False,
    "La gestion demande une deuxième preuve, en plus du courriel : "
    "mettez en place une application de codes ou une clé.",
)
NOTHING_WAITS = Decision(
    False,
    "On se fait remplacer pour un mandat d’agent ou de référent en cours, et vous n’en avez pas. "
    "Dans une structure, passez la main à une autre personne depuis « Les personnes ».",
)
NO_CARD = Decision(
    False,
    "Cette page est celle des référentes et référents d’une communauté de communes, et vous n’en avez pas le mandat "
    "aujourd’hui.",
)
ADMINISTRATORS_ONLY = Decision(
    False, "Seuls les administratrices et administrateurs gèrent les comptes et les mandats."
)


def own_roles_of(person: Person, *, on: date) -> frozenset[Role]:
    """Roles of the person's own mandates that run that day (Paris date); none for a stranger or a closed account."""
    if not isinstance(person, User) or not person.is_active:
        return frozenset()
    return frozenset(Role(mandate.role) for mandate in person.mandates.all() if mandate.holds_on(on))


def mandates_stood_in_for(person: Person, *, on: date) -> list[Mandate]:
    """Mandates of colleagues who are away that day, and whose place this person takes.

    They end with the giver's mandate or account; what was handed over is not handed on.
    """
    if not isinstance(person, User) or not person.is_active or person.stands_in is False:
        return []
    if on not in person.places_taken:
        held = person.delegations_held.select_related("giver").prefetch_related("giver__mandates")
        running = held.filter(start_date__lte=on, end_date__gte=on, giver__is_active=True)
        lent = [mandate for one in running for mandate in one.giver.mandates.all()]
        found = [mandate for mandate in lent if mandate.role in HANDED_OVER and mandate.holds_on(on)]
        if person.stands_in is None:  # not the person of a request: what is known may change under our eyes
            return found
        person.places_taken[on] = found
    return person.places_taken[on]


def roles_of(person: Person, *, on: date) -> frozenset[Role]:
    """Roles this person holds that day, on their own or in the place of a colleague who is away."""
    lent = frozenset(Role(mandate.role) for mandate in mandates_stood_in_for(person, on=on))
    return own_roles_of(person, on=on) | lent


def may_delegate(person: Person, *, on: date) -> Decision:
    """Those for whom something waits: agents and liaison officers, on their own mandate."""
    return YES if own_roles_of(person, on=on) & HANDED_OVER else NOTHING_WAITS


def must_hold_second_factor(person: Person, *, on: date) -> bool:
    """Does a running mandate of this person open the back office?"""
    return bool(roles_of(person, on=on) & BACK_OFFICE_ROLES)


def may_enter_back_office(person: Person, *, on: date) -> Decision:
    """Agents and administrators, while their mandate runs, once they hold a second factor."""
    if not person.is_authenticated:
        return NOT_SIGNED_IN
    if not person.is_active:
        return NOT_OPEN
    if not must_hold_second_factor(person, on=on):
        return NO_MANDATE
    return YES if isinstance(person, User) and person.has_second_factor else NO_SECOND_FACTOR


def may_manage_people(person: Person, *, on: date) -> Decision:
    """Accounts and mandates: administrators only, so that nobody gives themself a role."""
    entry = may_enter_back_office(person, on=on)
    if not entry:
        return entry
    return YES if Role.ADMINISTRATOR in own_roles_of(person, on=on) else ADMINISTRATORS_ONLY
