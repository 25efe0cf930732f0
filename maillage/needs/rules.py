"""Who reads needs, who notes one for somebody else."""

from __future__ import annotations

from datetime import date

from maillage.accounts.rules import YES, Decision, Person, may_enter_back_office
from maillage.space.deciding import epcis_of_officer

OFFICERS_ONLY = Decision(
    False,
    "Cette page est celle des référentes et référents d’une communauté de communes. Vous pouvez dire un besoin en "
    "votre nom, sans compte.",
)


def may_sort_needs(person: Person, *, on: date) -> Decision:
    """Read, publish, gather, and say what becomes of them: the agents."""
    return may_enter_back_office(person, on=on)


def may_note_needs(person: Person, *, on: date) -> Decision:
    """Note a need heard in one's own community of communes: its liaison officer, or who stands in for them."""
    return YES if epcis_of_officer(person, on=on) else OFFICERS_ONLY
