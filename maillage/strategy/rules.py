"""Who steers the strategy."""

from __future__ import annotations

from datetime import date

from maillage.accounts.rules import Decision, Person, may_enter_back_office


def may_steer(person: Person, *, on: date) -> Decision:
    """Agents, for the whole plan: it is one document, and its measures lean on each other."""
    return may_enter_back_office(person, on=on)
