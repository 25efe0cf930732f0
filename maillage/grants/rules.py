"""Who decides, pays and publishes: the agents, two of them for money. The people of a grant read their page."""

from __future__ import annotations

from datetime import date

from maillage.accounts.rules import Decision, Person, may_enter_back_office


def may_decide(person: Person, *, on: date) -> Decision:
    """Prepare, confirm, pay, publish; verbs ask for a second person and refuse whoever stays away from a file."""
    return may_enter_back_office(person, on=on)
