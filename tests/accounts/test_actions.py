from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.core.management import CommandError, call_command
from django.utils import timezone

from maillage.accounts import actions, queries, rules, seeds
from maillage.accounts.enums import Role
from maillage.accounts.models import Mandate, User
from maillage.kernel.models import JournalEntry
from tests.accounts.people import SECRET, holder
from tests.factories import AT, TODAY

pytestmark = pytest.mark.django_db
PASSWORD = "un mot de passe bien long"


def test_an_account_opens_nothing_before_its_mandate_and_everything_is_journalled() -> None:
    user = actions.open_account(email="Nour@exemple.test", password=PASSWORD, by=None, at=AT)
    assert not rules.may_enter_back_office(user, on=TODAY)
    actions.give_mandate(user=user, role=Role.AGENT, start_date=TODAY, by=None, at=AT)
    assert rules.may_enter_back_office(User.objects.get(pk=user.pk), on=TODAY) == rules.NO_SECOND_FACTOR
    TOTP.activate(user, SECRET)
    assert rules.may_enter_back_office(User.objects.get(pk=user.pk), on=TODAY)
    assert list(JournalEntry.objects.order_by("pk").values_list("verb", flat=True)) == ["open_account", "give_mandate"]


def test_two_accounts_cannot_share_an_address_whatever_its_case() -> None:
    actions.open_account(email="nour@exemple.test", password=PASSWORD, by=None, at=AT)
    with pytest.raises(actions.PersonRefused) as refusal:
        actions.open_account(email="NOUR@exemple.test", password=PASSWORD, by=None, at=AT)
    assert refusal.value.field == "email"
    assert User.objects.count() == 1


def test_ending_a_mandate_closes_its_rights_the_same_day() -> None:
    user = holder(Role.AGENT)
    actions.end_mandate(mandate=user.mandates.get(), by=None, at=AT)
    assert user.mandates.get().end_date == TODAY - timedelta(days=1)


def test_a_mandate_of_today_that_ends_today_is_taken_away() -> None:
    user = holder(Role.AGENT, start=TODAY)
    actions.end_mandate(mandate=user.mandates.get(), by=None, at=AT)
    assert not user.mandates.exists()
    assert JournalEntry.objects.get().verb == "end_mandate"


def test_the_last_administrator_can_neither_leave_nor_close_their_account() -> None:
    user = holder(Role.ADMINISTRATOR)
    with pytest.raises(actions.PersonRefused):
        actions.end_mandate(mandate=user.mandates.get(), by=user, at=AT)
    with pytest.raises(actions.PersonRefused):
        actions.set_account_open(user=user, is_open=False, by=user, at=AT)
    holder(Role.ADMINISTRATOR, email="autre@exemple.test")
    actions.end_mandate(mandate=user.mandates.get(), by=user, at=AT)
    assert not rules.may_manage_people(User.objects.get(pk=user.pk), on=TODAY)


def test_a_closed_administrator_does_not_count_as_another_one() -> None:
    user = holder(Role.ADMINISTRATOR)
    holder(Role.ADMINISTRATOR, email="autre@exemple.test", is_active=False)
    with pytest.raises(actions.PersonRefused):
        actions.end_mandate(mandate=user.mandates.get(), by=user, at=AT)


def test_an_account_closes_and_opens_again_with_its_mandates() -> None:
    user = holder(Role.AGENT)
    actions.set_account_open(user=user, is_open=False, by=None, at=AT)
    assert not rules.may_enter_back_office(User.objects.get(pk=user.pk), on=TODAY)
    actions.set_account_open(user=user, is_open=True, by=None, at=AT)
    assert rules.may_enter_back_office(User.objects.get(pk=user.pk), on=TODAY)


def test_the_same_role_is_not_given_twice_from_the_same_day() -> None:
    user = holder(Role.AGENT, start=TODAY)
    with pytest.raises(actions.PersonRefused):
        actions.give_mandate(user=user, role=Role.AGENT, start_date=TODAY, by=None, at=AT)


def test_the_seeds_play_every_role_once_and_the_demo_shows_the_codes_of_those_who_need_one() -> None:
    at = timezone.now()
    first, second = seeds.seed_people(at), seeds.seed_people(at)
    assert first == second
    assert {role for _, role, _ in first} == set(Role.labels)
    # The seat of the liaison officer is given by the room that knows the seats.
    assert User.objects.count() == Mandate.objects.count() + 1 == len(Role)
    assert all(user.is_example and not user.is_superuser for user in User.objects.all())
    with_code = {one.email for one in queries.demo_people() if one.code}
    assert with_code == {"agnes@exemple.maillage.test", "bruno@exemple.maillage.test"}
    for user in User.objects.all():
        assert bool(rules.may_enter_back_office(user, on=timezone.localdate())) == (user.email in with_code)


def test_nobody_real_gets_a_second_factor_from_another() -> None:
    user = holder(Role.AGENT, second_factor=False)
    with pytest.raises(actions.PersonRefused):
        actions.give_codes_application(user=user, by=None, at=AT)
    assert not user.has_second_factor


def test_a_second_factor_put_back_to_nothing_closes_the_back_office() -> None:
    user = holder(Role.AGENT)
    assert rules.may_enter_back_office(user, on=TODAY)
    actions.reset_second_factor(user=user, by=None, at=AT)
    assert rules.may_enter_back_office(user, on=TODAY) == rules.NO_SECOND_FACTOR
    assert JournalEntry.objects.filter(verb="reset_second_factor").count() == 1


def test_the_command_opens_the_first_administrator_and_says_the_password_once(
    capsys: pytest.CaptureFixture[str],
) -> None:
    call_command("add_person", "nour@exemple.test")
    user = User.objects.get()
    assert user.check_password(capsys.readouterr().out.split()[-1])
    assert rules.roles_of(user, on=timezone.localdate()) == {Role.ADMINISTRATOR}
    with pytest.raises(CommandError, match="existe déjà"):
        call_command("add_person", "nour@exemple.test")
