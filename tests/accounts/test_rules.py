from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from maillage.accounts import rules
from maillage.accounts.enums import Role
from maillage.accounts.models import Mandate
from tests.accounts.people import holder

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 22)
# role: (back office, people)
RIGHTS = {
    Role.ADMINISTRATOR: (True, True),
    Role.AGENT: (True, False),
    Role.LIAISON_OFFICER: (False, False),
    Role.ELECTED_MEMBER: (False, False),
    Role.STEERING_MEMBER: (False, False),
    Role.PARTNER_ADVISER: (False, False),
    Role.ORGANISATION_MANAGER: (False, False),
    Role.BUYER: (False, False),
    Role.TEACHER: (False, False),
    Role.FIRM: (False, False),
}


def test_the_table_of_rights_has_a_line_for_every_role() -> None:
    assert RIGHTS.keys() == set(Role)


@pytest.mark.parametrize("role", Role)
def test_each_role_has_its_rights_and_no_other(role: Role) -> None:
    user = holder(role)
    decisions = (rules.may_enter_back_office(user, on=DAY), rules.may_manage_people(user, on=DAY))
    assert tuple(bool(decision) for decision in decisions) == RIGHTS[role]
    assert all(decision.allowed or decision.reason for decision in decisions)


def test_without_a_mandate_nothing_is_allowed_even_to_a_superuser_of_the_database() -> None:
    user = holder(None, is_superuser=True, is_staff=True)
    assert not rules.may_enter_back_office(user, on=DAY)
    assert not rules.may_manage_people(user, on=DAY)


def test_a_stranger_is_told_to_sign_in() -> None:
    assert rules.may_enter_back_office(AnonymousUser(), on=DAY) == rules.NOT_SIGNED_IN


def test_a_closed_account_keeps_its_mandate_and_opens_nothing() -> None:
    assert rules.may_enter_back_office(holder(Role.ADMINISTRATOR, is_active=False), on=DAY) == rules.NOT_OPEN


@pytest.mark.parametrize(
    ("start", "end", "allowed"),
    [
        (DAY, DAY, True),
        (date(2026, 11, 23), None, False),
        (date(2026, 1, 1), date(2026, 11, 21), False),
        (date(2026, 1, 1), None, True),
    ],
)
def test_a_mandate_opens_from_its_first_day_to_its_last_both_included(
    start: date, end: date | None, *, allowed: bool
) -> None:
    assert bool(rules.may_enter_back_office(holder(Role.AGENT, start=start, end=end), on=DAY)) is allowed


def test_a_person_with_two_mandates_holds_both_roles() -> None:
    user = holder(Role.TEACHER)
    Mandate.objects.create(user=user, role=Role.AGENT, start_date=DAY)
    assert rules.roles_of(user, on=DAY) == {Role.TEACHER, Role.AGENT}
