"""Who may see a sheet."""

from __future__ import annotations

from datetime import date

from maillage.accounts.rules import YES, Decision, Person, may_enter_back_office
from maillage.directory.models import Organisation

NOT_PUBLISHED = Decision(False, "Cette fiche n’est pas encore publiée.")


def can_see(person: Person, organisation: Organisation, *, on: date) -> Decision:
    """Everyone sees what is published; the agents of the territory see the rest as it will be."""
    if organisation.is_public:
        return YES
    return YES if may_enter_back_office(person, on=on) else NOT_PUBLISHED
