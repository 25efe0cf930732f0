"""Who writes resources and the pages of themes."""

from __future__ import annotations

from datetime import date

from maillage.accounts.rules import Decision, Person, may_enter_back_office


def may_write_resources(person: Person, *, on: date) -> Decision:
    """Write, publish, verify and withdraw: the agents."""
    return may_enter_back_office(person, on=on)
