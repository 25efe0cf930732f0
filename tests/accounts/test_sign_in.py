from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.contrib.auth import get_user
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from maillage.accounts import attempts
from maillage.accounts.enums import Role
from maillage.accounts.forms import TOO_MANY, WRONG
from maillage.accounts.models import User
from tests.accounts.people import holder

pytestmark = pytest.mark.django_db
PASSWORD = "un mot de passe bien long"
SIGN_IN, HOME = "/gestion/login/", "/gestion/"


@pytest.fixture(autouse=True)
def _fresh_cache() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def with_password(user: User) -> User:
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(client: Client, email: str, password: str = PASSWORD, origin: str = "192.0.2.1") -> str:
    """What the page answers; "" when it lets in."""
    answer = client.post(SIGN_IN, {"username": email, "password": password, "next": HOME}, REMOTE_ADDR=origin)
    return "" if answer.status_code == 302 else answer.content.decode()


def test_the_sign_in_page_its_icons_and_its_words_are_open_to_strangers(client: Client) -> None:
    addresses = (SIGN_IN, reverse("wagtailadmin_sprite"), reverse("wagtailadmin_javascript_catalog"))
    assert [client.get(address).status_code for address in addresses] == [200, 200, 200]
    page = client.get(SIGN_IN).content.decode()
    assert "Mot de passe" in page
    assert "Password" not in page


def test_an_agent_signs_in_whatever_the_case_of_the_address(client: Client) -> None:
    with_password(holder(Role.AGENT))
    assert sign_in(client, "Agent@EXEMPLE.test") == ""
    assert client.get(HOME).status_code == 200


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(client: Client) -> None:
    with_password(holder(Role.AGENT))
    pages = [sign_in(client, email, "non") for email in ("agent@exemple.test", "inconnu@exemple.test")]
    assert all(WRONG.replace("’", "’") in page for page in pages)


def test_a_person_without_a_back_office_role_is_told_why_after_the_right_password(client: Client) -> None:
    with_password(holder(Role.TEACHER))
    assert "mandat en cours" in sign_in(client, "teacher@exemple.test")
    assert not get_user(client).is_authenticated


def test_the_sixth_try_at_an_account_is_refused_even_with_the_right_password(client: Client) -> None:
    with_password(holder(Role.AGENT))
    for _ in range(attempts.PER_ACCOUNT):
        assert WRONG in sign_in(client, "agent@exemple.test", "non")
    assert TOO_MANY in sign_in(client, "agent@exemple.test")
    with_password(holder(Role.ADMINISTRATOR))
    assert sign_in(client, "administrator@exemple.test") == ""


def test_one_origin_cannot_try_many_accounts(client: Client) -> None:
    for number in range(attempts.PER_ORIGIN):
        assert WRONG in sign_in(client, f"a{number}@exemple.test", "non")
    assert TOO_MANY in sign_in(client, "encore@exemple.test", "non")
    assert WRONG in sign_in(client, "encore2@exemple.test", "non", origin="192.0.2.2")


def test_the_right_password_gives_the_tries_back(client: Client) -> None:
    with_password(holder(Role.AGENT))
    for _ in range(3):
        for _ in range(attempts.PER_ACCOUNT - 1):
            sign_in(client, "agent@exemple.test", "non")
        assert sign_in(client, "agent@exemple.test") == ""
        client.logout()


def test_parallel_tries_pass_exactly_as_many_as_allowed() -> None:
    with ThreadPoolExecutor(16) as pool:
        won = list(pool.map(lambda number: attempts.take(account="a", origin=f"o{number}"), range(60)))
    assert won.count(True) == attempts.PER_ACCOUNT


def test_the_cache_keeps_no_address_in_clear(client: Client) -> None:
    sign_in(client, "agent@exemple.test", "non")
    assert "agent" not in attempts._name("account", "agent@exemple.test")


def test_a_mandate_that_ends_at_midnight_in_paris_closes_the_door_at_the_next_click(client: Client) -> None:
    user = holder(Role.AGENT, end=date(2026, 11, 22))
    with time_machine.travel(datetime(2026, 11, 22, 22, 59, 59, tzinfo=UTC), tick=False):
        client.force_login(user)
        assert client.get(HOME).status_code == 200
    with time_machine.travel(datetime(2026, 11, 22, 23, 0, 0, tzinfo=UTC), tick=False):
        assert client.get(HOME)["Location"].startswith(SIGN_IN)


def test_an_administrator_whose_mandate_is_over_is_nobody_again_whatever_the_database_says(client: Client) -> None:
    client.force_login(holder(Role.ADMINISTRATOR, end=date(2020, 6, 1), is_superuser=True, is_staff=True))
    assert client.get(HOME)["Location"].startswith(SIGN_IN)


def test_groups_and_user_permissions_open_nothing(client: Client) -> None:
    from django.contrib.auth.models import Group, Permission

    user = holder(Role.BUYER)
    door = Permission.objects.get(codename="access_admin")
    group = Group.objects.create(name="Éditeurs")
    group.permissions.add(door)
    user.groups.add(group)
    user.user_permissions.add(door)
    client.force_login(user)
    assert client.get(HOME)["Location"].startswith(SIGN_IN)
