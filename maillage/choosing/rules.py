"""Who may run a consultation, and who may cast for a voice."""

from __future__ import annotations

from datetime import date

from maillage.accounts.models import User
from maillage.accounts.rules import YES, Decision, Person, may_enter_back_office
from maillage.choosing.enums import VoiceKind
from maillage.choosing.models import Elector
from maillage.space.models import Membership

NOT_YOUR_VOICE = Decision(
    False, "Cette voix n’est pas la vôtre\u00a0: elle est à la structure, ou à une autre personne."
)


def may_run(person: Person, *, on: date) -> Decision:
    """Agents: they prepare, open, type paper, count and write the decision down."""
    return may_enter_back_office(person, on=on)


def may_cast(person: Person, elector: Elector) -> Decision:
    """Whoever holds the sheet of the organisation; the person whose mandate it is. Nobody for an address or a sheet."""
    if not isinstance(person, User) or not person.is_active:
        return NOT_YOUR_VOICE
    if elector.kind == VoiceKind.ORGANISATION:
        held = Membership.objects.filter(user=person, organisation=elector.organisation_id)
        return YES if elector.organisation_id is not None and held.exists() else NOT_YOUR_VOICE
    is_own = elector.kind == VoiceKind.MANDATE and elector.user_id == person.pk
    return YES if is_own else NOT_YOUR_VOICE
