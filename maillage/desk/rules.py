"""Who reads and follows projects: the agents; their holders, their own page; the liaison officer, those of their CC."""

from __future__ import annotations

from datetime import date

from maillage.accounts.models import User
from maillage.accounts.rules import YES, Decision, Person, may_enter_back_office
from maillage.desk.enums import ContactPart
from maillage.desk.models import Contact, Project
from maillage.space.deciding import epcis_of_officer

NOT_YOURS = Decision(
    False, "Cette page est celle des personnes qui portent ce projet. Connectez-vous avec l’adresse donnée au guichet."
)
OFFICERS_ONLY = Decision(
    False,
    "Cette page est celle des référentes et référents d’une communauté de communes. Pour votre projet, passez par le "
    "guichet.",
)


def may_follow(person: Person, *, on: date) -> Decision:
    """Everything at the desk: the agents."""
    return may_enter_back_office(person, on=on)


def may_hold(person: Person, project: Project) -> Decision:
    """The page of a project: its holders, with an open account."""
    if not isinstance(person, User) or not person.is_active:
        return NOT_YOURS
    held = Contact.objects.filter(project=project, part=ContactPart.HOLDER, user=person)
    return YES if held.exists() else NOT_YOURS


def may_relay(person: Person, *, on: date) -> Decision:
    """Note a request heard in one's own community of communes, and see which files are open there."""
    return YES if epcis_of_officer(person, on=on) else OFFICERS_ONLY
