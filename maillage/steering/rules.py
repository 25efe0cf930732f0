"""Who prepares the committee's file."""

from __future__ import annotations

from datetime import date

from maillage.accounts.rules import Decision, Person, may_enter_back_office


def may_prepare(person: Person, *, on: date) -> Decision:
    """Agents: the file is theirs until they give it to the committee."""
    return may_enter_back_office(person, on=on)
