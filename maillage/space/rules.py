"""Who acts for an organisation. Agents act on every sheet in the back office; here, only its own people."""

from __future__ import annotations

from datetime import date

from maillage.accounts.models import User
from maillage.accounts.rules import YES, Decision, Person, may_enter_back_office
from maillage.directory.models import Organisation
from maillage.space.enums import Part
from maillage.space.models import Freshness, Membership

NOT_YOURS = Decision(
    False,
    "Cette structure n’est pas dans votre espace. Si c’est la vôtre, demandez-la depuis sa fiche ; "
    "sinon, vous pouvez y proposer une correction.",
)
MANAGER_ONLY = Decision(False, "Seule la personne responsable de la fiche peut faire cela. Demandez-lui.")


def part_in(person: Person, organisation: Organisation) -> Part | None:
    """What this person is for this organisation; None for a stranger or a closed account."""
    if not isinstance(person, User) or not person.is_active:
        return None
    held = Membership.objects.filter(user=person, organisation=organisation).values_list("part", flat=True).first()
    return None if held is None else Part(held)


def may_revise(person: Person, organisation: Organisation) -> Decision:
    """Its manager and its contributors."""
    return YES if part_in(person, organisation) else NOT_YOURS


def may_manage(person: Person, organisation: Organisation) -> Decision:
    """Its manager: invite, remove, hand over."""
    part = part_in(person, organisation)
    if part is None:
        return NOT_YOURS
    return YES if part == Part.MANAGER else MANAGER_ONLY


def may_give_back(person: Person, organisation: Organisation) -> Decision:
    """Turn an act on the sheet back: its manager, and its contributors when their changes wait for nobody."""
    part = part_in(person, organisation)
    if part is None:
        return NOT_YOURS
    waits = Freshness.objects.filter(organisation=organisation, contributors_wait=True)
    return MANAGER_ONLY if part == Part.CONTRIBUTOR and waits.exists() else YES


def may_decide_claims(person: Person, *, on: date) -> Decision:
    """The agents of the territory."""
    return may_enter_back_office(person, on=on)
