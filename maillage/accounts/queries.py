"""Reads about people, for the people screens."""

from __future__ import annotations

from datetime import date

from django.db.models import Prefetch, QuerySet

from maillage.accounts import rules
from maillage.accounts.enums import Role
from maillage.accounts.models import Mandate, User


def people() -> QuerySet[User]:
    """Everyone with their mandates, the latest first; two queries whatever the rows."""
    mandates = Mandate.objects.select_related("epci").order_by("-start_date", "role")
    return User.objects.prefetch_related(Prefetch("mandates", queryset=mandates)).order_by(
        "-is_active", "last_name", "first_name", "email"
    )


def roles_in_words(user: User, *, on: date) -> str:
    """The running roles of a person, in French, in the order of the list; « aucun mandat en cours »."""
    running = rules.roles_of(user, on=on)
    return ", ".join(role.label for role in Role if role in running) or "aucun mandat en cours"
