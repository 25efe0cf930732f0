"""Who decides a suggestion: the manager of the sheet; without one, the liaison officer of its CC; agents always."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from maillage.accounts.enums import Role
from maillage.accounts.models import Mandate, User
from maillage.accounts.queries import holders, stand_ins
from maillage.accounts.rules import (
    NO_MANDATE,
    YES,
    Decision,
    Person,
    mandates_stood_in_for,
    may_enter_back_office,
)
from maillage.directory.models import Establishment, Organisation
from maillage.space.enums import Part
from maillage.space.models import Membership, MissingActor, Suggestion

MANAGER, AGENT = "la personne responsable de la fiche", "une personne de l’équipe du territoire"
OFFICER = "la personne référente de l’intercommunalité"
NOT_HERE = Decision(
    False,
    "Cette proposition attend quelqu’un d’autre\u00a0: la personne responsable de la fiche, ou, quand il n’y en a pas, "
    "la personne référente de l’intercommunalité.",
)
NOT_HERE_MISSING = Decision(
    False,
    "Cette proposition attend quelqu’un d’autre\u00a0: la personne référente de l’intercommunalité, ou l’équipe du "
    "territoire.",
)
MANAGER_FIRST = Decision(
    False, "Cette fiche a une personne responsable\u00a0: elle en décide, ou l’équipe du territoire."
)


def running_officers(on: date, epcis: Iterable[str] | None = None) -> QuerySet[Mandate]:
    """Mandates of liaison officers of an EPCI that run that day, with their people; by EPCI then by age."""
    running = Mandate.objects.filter(
        Q(end_date__isnull=True) | Q(end_date__gte=on),
        role=Role.LIAISON_OFFICER, start_date__lte=on, user__is_active=True, epci__isnull=False,
    )  # fmt: skip
    if epcis is not None:
        running = running.filter(epci__in=list(epcis))
    return running.select_related("user", "epci").order_by("epci__position", "start_date", "pk")


def epci_of(organisation: Organisation) -> str | None:
    """SIREN of the EPCI that holds the commune of its main place; None when it is not known."""
    place = Establishment.objects.filter(organisation=organisation, is_main=True)
    return place.values_list("commune__epci_id", flat=True).first()


def epcis_of_officer(person: Person, *, on: date) -> set[str]:
    """SIREN of the EPCI whose liaison officer this person is that day, or stands in for."""
    if not isinstance(person, User) or not person.is_active:
        return set()
    own = running_officers(on).filter(user=person)
    lent = (held for held in mandates_stood_in_for(person, on=on) if held.role == Role.LIAISON_OFFICER)
    return {mandate.epci_id for mandate in (*own, *lent) if mandate.epci_id}


def may_sit_as_officer(person: Person, *, on: date) -> Decision:
    """Read what waits for a liaison officer."""
    return YES if epcis_of_officer(person, on=on) else NO_MANDATE


def deciders(organisation: Organisation, *, on: date) -> list[User]:
    """Whom to tell that something waits: the manager, else who answers for its EPCI."""
    managers = Membership.objects.filter(organisation=organisation, part=Part.MANAGER, user__is_active=True)
    return [one.user for one in managers.select_related("user")] or who_answers(epci_of(organisation), on=on)


def who_answers(epci: str | None, *, on: date) -> list[User]:
    """The liaison officer of this EPCI and who stands in for them; the agents when the seat is vacant or unknown."""
    officers = [one.user for one in running_officers(on, [epci])] if epci else []
    return [*officers, *stand_ins(officers, on=on)] if officers else agents(on)


def agents(on: date) -> list[User]:
    """Those who answer when nobody nearer does."""
    return list(holders([Role.AGENT], on=on))


def role_for(person: Person, organisation: Organisation, *, on: date) -> str:
    """As what this person decides for this sheet, in French words; "" when they may not."""
    if may_enter_back_office(person, on=on):
        return AGENT
    managers = Membership.objects.filter(organisation=organisation, part=Part.MANAGER, user__is_active=True)
    known = set(managers.values_list("user_id", flat=True))
    if isinstance(person, User) and person.is_active and person.pk in known:
        return MANAGER
    return OFFICER if not known and epci_of(organisation) in epcis_of_officer(person, on=on) else ""


def may_decide(person: Person, suggestion: Suggestion, *, on: date) -> Decision:
    """Keep or refuse each field of a suggestion."""
    if role_for(person, suggestion.organisation, on=on):
        return YES
    is_officer = epci_of(suggestion.organisation) in epcis_of_officer(person, on=on)
    return MANAGER_FIRST if is_officer else NOT_HERE


def may_decide_missing(person: Person, actor: MissingActor, *, on: date) -> Decision:
    """Say what becomes of a missing actor: the liaison officer of its commune's EPCI, or an agent."""
    if may_enter_back_office(person, on=on):
        return YES
    epci = None if actor.commune is None else actor.commune.epci_id
    return YES if epci is not None and epci in epcis_of_officer(person, on=on) else NOT_HERE_MISSING
