"""Reads about people: for the people screens, for one's own page, for the demo."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt
from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from maillage.accounts import rules
from maillage.accounts.enums import Role
from maillage.accounts.models import Mandate, User
from maillage.kernel.personal import Person
from maillage.kernel.queries.inventory import holdings
from ui.noted import Prefill

FROM_ACCOUNT = "Repris de votre compte"


def prefill_from_account(person: rules.Person, *, name: str, email: str) -> list[Prefill]:
    """What the account of whoever is signed in already says, for the fields of these names; nothing for a visitor."""
    if not isinstance(person, User):
        return []
    return [Prefill({name: person.get_full_name(), email: person.email}, FROM_ACCOUNT)]


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


def own_account(user: User) -> dict[str, Any]:
    """What one's own page says of the account: address, mandates (running first), what proves that it is me."""
    today = timezone.localdate()
    held = user.mandates.select_related("epci").order_by("-start_date", "role")
    return {
        "person": user,
        "mandates": sorted(((one, one.holds_on(today)) for one in held), key=lambda row: not row[1]),
        "has_password": user.has_usable_password(),
        "has_second_factor": user.has_second_factor,
        "must_hold_second_factor": rules.must_hold_second_factor(user, on=today),
    }


def own_data(user: User) -> dict[str, Any]:
    """What one's own page says of the data: the way to take them, the way to leave."""
    return {"person": user}


@dataclass(frozen=True)
class Fate:
    """What becomes of one subject when a person leaves. kept: French reason, "" when nothing stays."""

    title: str
    count: int
    kept: str


def fates(person: Person) -> list[Fate]:
    """Every subject of which the platform keeps something of this person, in the order of the inventory."""
    counted = [(one, one.rows.filter(one.of(person)).count()) for one in holdings() if one.of is not None]
    return [Fate(one.title, count, one.why) for one, count in counted if count]


@dataclass(frozen=True)
class DemoPerson:
    """An example person, and the six figures that their application of codes shows now ("" without one)."""

    name: str
    email: str
    roles: str
    code: str


def demo_people() -> list[DemoPerson]:
    """Every open example person, by name; two queries whatever the rows."""
    today = timezone.localdate()
    known = User.objects.filter(is_example=True, is_active=True).prefetch_related("mandates", "authenticator_set")
    return [
        DemoPerson(str(user), user.email, roles_in_words(user, on=today), _code_of(user))
        for user in known.order_by("first_name", "pk")
    ]


def _code_of(user: User) -> str:
    for authenticator in getattr(user, "authenticator_set").all():  # noqa: B009 — a relation that types do not know
        if authenticator.type == Authenticator.Type.TOTP:
            counter = next(iter(yield_hotp_counters_from_time()))
            return str(format_hotp_value(hotp_value(decrypt(authenticator.data["secret"]), counter)))
    return ""
