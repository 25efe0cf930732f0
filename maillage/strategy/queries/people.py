"""Who may answer for a measure, or be its liaison officer."""

from __future__ import annotations

from datetime import date

from maillage.accounts.enums import BACK_OFFICE_ROLES, Role
from maillage.accounts.models import User
from maillage.accounts.queries import holders
from maillage.strategy.models import Measure


def who_may_be_named(on: date) -> dict[str, list[User]]:
    """By name: those who hold such a role that day, and those whom a measure names already."""
    named = Measure.objects.values_list("owner", "liaison_officer")
    keys = {key for pair in named for key in pair if key is not None}
    keys |= set(holders(BACK_OFFICE_ROLES | {Role.LIAISON_OFFICER}, on=on).values_list("pk", flat=True))
    found: dict[str, list[User]] = {}
    for person in User.objects.filter(pk__in=keys).order_by("pk"):
        found.setdefault(str(person), []).append(person)
    return found
