"""Who keeps the catalogue."""

from __future__ import annotations

from datetime import date

from maillage.accounts.rules import Decision, Person, may_enter_back_office


def may_keep_aids(person: Person, *, on: date) -> Decision:
    """Add, correct, withdraw, and tell aids to organisations: the agents."""
    return may_enter_back_office(person, on=on)
