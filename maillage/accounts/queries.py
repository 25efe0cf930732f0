"""Reads about people: for the people screens, for one's own page, for the demo."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt
from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from maillage.accounts import rules
from maillage.accounts.enums import COLLEAGUES, Role
from maillage.accounts.models import Delegation, Mandate, User
from maillage.kernel.personal import Person
from maillage.kernel.queries.inventory import holdings
from ui.noted import Prefill

FROM_ACCOUNT = "Repris de votre compte"


def prefill_from_account(person: rules.Person, *, name: str, email: str) -> list[Prefill]:
    """What the account of whoever is signed in already says, for the fields of these names; nothing for a visitor."""
    if not isinstance(person, User):
        return []
    return [Prefill({name: person.get_full_name(), email: person.email}, FROM_ACCOUNT)]


def people(words: str = "") -> QuerySet[User]:
    """Everyone with their mandates, the latest first; two queries whatever the rows.

    words: parts of a name or of an address, each of which must be found; "" finds everyone.
    """
    mandates = Mandate.objects.select_related("epci").order_by("-start_date", "role")
    found = User.objects.prefetch_related(Prefetch("mandates", queryset=mandates))
    for word in words.split():
        found = found.filter(Q(first_name__icontains=word) | Q(last_name__icontains=word) | Q(email__icontains=word))
    return found.order_by("-is_active", "last_name", "first_name", "email")


def roles_in_words(user: User, *, on: date) -> str:
    """The roles that a person holds that day, their own and those they stand in for, in French."""
    return _in_words(rules.roles_of(user, on=on))


def running_roles_in_words(user: User, *, on: date) -> str:
    """The roles of a person's own running mandates; no query when these are loaded."""
    return _in_words(rules.own_roles_of(user, on=on))


def _in_words(running: frozenset[Role]) -> str:
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
        "has_card": any(one.role == Role.LIAISON_OFFICER and one.epci_id and one.holds_on(today) for one in held),
    }


def own_data(user: User) -> dict[str, Any]:
    """What one's own page says of the data: the way to take them, the way to leave."""
    return {"person": user}


def holders(roles: Iterable[Role], *, on: date) -> QuerySet[User]:
    """Open accounts whose own mandate of one of these roles runs that day, by name."""
    running = Q(mandates__end_date__isnull=True) | Q(mandates__end_date__gte=on)
    found = User.objects.filter(running, mandates__role__in=roles, mandates__start_date__lte=on, is_active=True)
    return found.distinct().order_by("last_name", "first_name", "email")


def colleagues(*, on: date, but: User) -> QuerySet[User]:
    """Who may take somebody's place that day."""
    return holders(COLLEAGUES, on=on).exclude(pk=but.pk)


def running_delegations(*, on: date) -> QuerySet[Delegation]:
    """Those of that day, with their people."""
    found = Delegation.objects.filter(start_date__lte=on, end_date__gte=on, taker__is_active=True)
    return found.select_related("giver", "taker").order_by("start_date", "pk")


def stand_ins(givers: Iterable[User], *, on: date) -> list[User]:
    """Who takes the place of these people that day; one query."""
    return [one.taker for one in running_delegations(on=on).filter(giver__in=list(givers))]


def own_card(user: User, *, on: date) -> Mandate | None:
    """The mandate of liaison officer that this person holds that day, the oldest of several."""
    held = user.mandates.filter(role=Role.LIAISON_OFFICER, start_date__lte=on, epci__isnull=False)
    running = held.filter(Q(end_date__isnull=True) | Q(end_date__gte=on))
    return running.select_related("epci").order_by("start_date", "pk").first()


def own_absence(user: User) -> dict[str, Any] | None:
    """What one's own page says of being away: whom one asked, whom one stands in for; None when neither can be."""
    today = timezone.localdate()
    given = user.delegations_given.filter(end_date__gte=today).select_related("taker").order_by("start_date")
    held = user.delegations_held.filter(end_date__gte=today, giver__is_active=True).select_related("giver")
    facts = {"given": list(given), "held": list(held.order_by("start_date")), "today": today}
    may = bool(rules.may_delegate(user, on=today))
    return {**facts, "may_delegate": may} if may or facts["given"] or facts["held"] else None


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
        DemoPerson(str(user), user.email, running_roles_in_words(user, on=today), _code_of(user))
        for user in known.order_by("first_name", "pk")
    ]


def _code_of(user: User) -> str:
    for authenticator in getattr(user, "authenticator_set").all():  # noqa: B009 — a relation that types do not know
        if authenticator.type == Authenticator.Type.TOTP:
            counter = next(iter(yield_hotp_counters_from_time()))
            return str(format_hotp_value(hotp_value(decrypt(authenticator.data["secret"]), counter)))
    return ""
