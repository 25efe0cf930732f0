"""Who prepares calls and reads what is asked: the agents; everybody else meets what `visible_to` gives them."""

from __future__ import annotations

from datetime import date

from maillage.accounts.rules import Decision, Person, may_enter_back_office


def may_keep_calls(person: Person, *, on: date) -> Decision:
    """Schemes, envelopes, calls: the agents."""
    return may_enter_back_office(person, on=on)
