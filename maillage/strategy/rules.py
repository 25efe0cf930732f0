"""Who steers the strategy."""

from __future__ import annotations

from datetime import date

from maillage.accounts.enums import BACK_OFFICE_ROLES, Role
from maillage.accounts.rules import YES, Decision, Person, may_enter_back_office, roles_of

# Those who sit for the strategy, or work for it.
READERS = BACK_OFFICE_ROLES | {Role.LIAISON_OFFICER, Role.ELECTED_MEMBER, Role.STEERING_MEMBER}
NOT_A_READER = Decision(
    False,
    "Cette page est celle des personnes qui pilotent la stratégie : élues et élus, référentes et référents, membres du "
    "comité de pilotage, équipe du territoire. La stratégie elle-même se lit par tous.",
)


def may_steer(person: Person, *, on: date) -> Decision:
    """Agents, for the whole plan: it is one document, and its measures lean on each other."""
    return may_enter_back_office(person, on=on)


def may_read_steering(person: Person, *, on: date) -> Decision:
    """What is late and who must act: whoever holds a mandate to sit or work for the strategy that day."""
    return YES if roles_of(person, on=on) & READERS else NOT_A_READER
