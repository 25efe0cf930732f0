"""Who may be asked: organisations of the directory, people with a mandate, inhabitants, partners. For the manifest.

A person has one voice by electorate list and consultation, whatever their mandates; an organisation has one, whoever
of its people votes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from maillage.accounts.enums import Role
from maillage.accounts.models import User
from maillage.accounts.queries import holders
from maillage.directory.models import Organisation
from maillage.kernel.registry import Electorate, Voice
from maillage.space.models import Membership

ORGANISATIONS = ("structures", "Structures")
ELECTED = ("elus", "Élues et élus")
INHABITANTS = ("habitants", "Habitantes et habitants")
PARTNERS = ("partenaires", "Partenaires")


def _held(*, is_partner: bool) -> QuerySet[Organisation]:
    """Published, open sheets that somebody holds."""
    people = Membership.objects.filter(organisation=OuterRef("pk"), user__is_active=True)
    found = Organisation.objects.published().not_merged().filter(closed_date=None, is_partner=is_partner)
    return found.filter(Exists(people)).order_by("name_key", "pk")


def _of_organisations(rows: Iterable[Organisation], college: tuple[str, str]) -> Iterator[Voice]:
    for one in rows:
        yield Voice(f"organisation:{one.pk}", college, one.name, organisation_id=one.pk)


def _of_people(rows: Iterable[User], college: tuple[str, str], label: str) -> Iterator[Voice]:
    for one in rows:
        yield Voice(f"person:{one.pk}", college, label, user_id=one.pk)


def organisations(on: date) -> Iterator[Voice]:
    """Organisations of the ESS whose sheet somebody holds; partners have their own college."""
    yield from _of_organisations(_held(is_partner=False), ORGANISATIONS)


def elected(on: date) -> Iterator[Voice]:
    """Elected members and liaison officers whose mandate runs."""
    yield from _of_people(
        holders({Role.ELECTED_MEMBER, Role.LIAISON_OFFICER}, on=on), ELECTED, "Élue, élu, référente, référent"
    )


def partners(on: date) -> Iterator[Voice]:
    """Partner organisations that somebody holds, then advisers whose organisation has no voice of its own."""
    yield from _of_organisations(_held(is_partner=True), PARTNERS)
    spoken_for = Membership.objects.filter(organisation__in=_held(is_partner=True)).values("user")
    advisers = holders({Role.PARTNER_ADVISER}, on=on).exclude(pk__in=spoken_for)
    yield from _of_people(advisers, PARTNERS, "Conseillère, conseiller d’un partenaire")


ELECTORATES = (
    Electorate("choosing.organisations", "Les structures de l’annuaire que quelqu’un tient", organisations),
    Electorate("choosing.elected", "Les élues, élus, référentes et référents en cours de mandat", elected),
    Electorate(
        "choosing.inhabitants", "Les habitantes et habitants qui confirment leur adresse", open_college=INHABITANTS
    ),
    Electorate("choosing.partners", "Les partenaires de l’accompagnement", partners),
)
