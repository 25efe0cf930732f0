"""Coming in: by a code, by a password, with the second factor where it must be, and by no other path."""

from __future__ import annotations

import re
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest
import time_machine
from allauth.core.internal import ratelimit
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.usersessions.models import UserSession
from django.contrib.auth import get_user
from django.test import Client, RequestFactory
from django.urls import reverse
from pytest_django import Settings

from maillage.accounts.enums import Role
from maillage.accounts.models import User
from maillage.accounts.phrases import SECOND_FACTOR_ERRORS, SIGN_IN_ERRORS
from maillage.kernel.models import JournalEntry
from maillage.outbox.models import Letter
from maillage.outbox.sign_in import CODE, UNKNOWN
from tests.accounts.people import SECRET, holder

pytestmark = pytest.mark.django_db
PASSWORD = "un mot de passe bien long"
OFFICE, DOOR, OWN = "/gestion/", "/connexion/", "/moi/"


def with_password(user: User) -> User:
    user.set_password(PASSWORD)
    user.save()
    return user


def last_code() -> str:
    """The code of the last letter, "" when it holds none."""
    return str(Letter.objects.latest("pk").facts.get("code", ""))


def ask_code(client: Client, email: str, **extra: str) -> str:
    """Ask for a code, and read it in the letter; "" when the letter holds none."""
    answer = client.post(DOOR, {"login": email, **extra})
    assert answer["Location"].startswith("/connexion/code/")
    return last_code()


def figures(secret: str = SECRET) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def by_code(client: Client, email: str) -> str:
    """Come in by a code; where one lands."""
    return str(client.post("/connexion/code/", {"code": ask_code(client, email)})["Location"])


def by_password(client: Client, email: str, password: str = PASSWORD) -> str:
    """Come in by a password; where one lands, or the page that refuses."""
    answer = client.post("/connexion/mot-de-passe/", {"login": email, "password": password})
    return str(answer["Location"]) if answer.status_code == 302 else answer.content.decode()


def test_a_member_comes_in_by_a_code_whatever_the_case_of_the_address(client: Client) -> None:
    user = holder(Role.TEACHER)
    before = client.session.session_key
    assert by_code(client, "Teacher@EXEMPLE.test") == OWN
    assert get_user(client) == user
    assert client.session.session_key != before


def test_one_lands_where_one_was_going_and_nowhere_else(client: Client) -> None:
    holder(Role.TEACHER)
    code = ask_code(client, "teacher@exemple.test", next="/annuaire/")
    assert client.post("/connexion/code/", {"code": code, "next": "/annuaire/"})["Location"] == "/annuaire/"
    client.logout()
    code = ask_code(client, "teacher@exemple.test", next="https://ailleurs.example/")
    landing = client.post("/connexion/code/", {"code": code, "next": "https://ailleurs.example/"})["Location"]
    assert landing == OWN


def test_a_wrong_code_and_an_old_one_open_nothing(client: Client) -> None:
    holder(Role.TEACHER)
    code = ask_code(client, "teacher@exemple.test")
    assert SIGN_IN_ERRORS["incorrect_code"] in client.post("/connexion/code/", {"code": "AAAAAA"}).content.decode()
    with time_machine.travel(time.time() + 16 * 60):
        client.post("/connexion/code/", {"code": code})
    assert not get_user(client).is_authenticated


def test_an_unknown_address_gets_the_same_page_and_another_letter(client: Client) -> None:
    holder(Role.TEACHER)
    pages = []
    for email in ("teacher@exemple.test", "inconnu@exemple.test"):
        visitor = Client()
        answer = visitor.post(DOOR, {"login": email})
        page = visitor.get(answer["Location"]).content.decode()
        page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page.replace(email, "adresse"))
        pages.append((answer.status_code, answer["Location"], page))
    assert pages[0] == pages[1]
    letters = Letter.objects.order_by("pk").values_list("kind", "mailbox__address", "rank")
    assert [one[:2] for one in letters] == [(CODE, "teacher@exemple.test"), (UNKNOWN, "inconnu@exemple.test")]
    assert len({rank for _, _, rank in letters}) == 1


def test_an_agent_needs_the_second_factor_by_every_path(client: Client) -> None:
    with_password(holder(Role.AGENT))
    for come_in in (by_code, by_password):
        visitor = Client()
        landing = come_in(visitor, "agent@exemple.test")
        if landing.startswith("/connexion/adresse/"):  # a password alone does not prove the address
            landing = str(visitor.post(landing, {"code": last_code()})["Location"])
        assert landing == "/connexion/verification/"
        assert visitor.get(OFFICE)["Location"].startswith(DOOR)
        refused = visitor.post(landing, {"code": "000000"}).content.decode()
        assert SECOND_FACTOR_ERRORS["incorrect_code"] in refused
        assert visitor.get(OFFICE)["Location"].startswith(DOOR)
        with time_machine.travel(time.time() + (60 if come_in is by_password else 0)):  # a code serves once
            assert visitor.post(landing, {"code": figures()})["Location"] == OFFICE
            assert visitor.get(OFFICE).status_code == 200


def test_the_other_sign_in_pages_lead_to_ours(client: Client) -> None:
    assert client.get("/gestion/login/?next=/gestion/")["Location"] == f"{DOOR}?next=/gestion/"
    assert client.get(OFFICE)["Location"] == f"{DOOR}?next=/gestion/"
    for name in ("account_signup", "account_reset_password", "account_request_login_code"):
        assert client.get(reverse(name))["Location"] == DOOR


def test_an_agent_without_a_second_factor_is_led_to_one_and_reaches_nothing_else(client: Client) -> None:
    client.force_login(holder(Role.AGENT, second_factor=False))
    for address in (OFFICE, "/gestion/annuaire/imports/", "/gestion/images/", "/gestion/account/"):
        assert client.get(address)["Location"] in {"/moi/securite/", OWN}, address
    page = client.get("/moi/securite/").content.decode()
    assert "Il manque un deuxième moyen" in page


@pytest.mark.django_db(transaction=True)
def test_setting_up_the_codes_application_opens_the_back_office_and_closes_older_sessions(client: Client) -> None:
    user = holder(Role.AGENT, second_factor=False)
    older = Client()
    assert by_code(older, user.email) == OWN
    assert by_code(client, user.email) == OWN
    assert older.get(OWN).status_code == client.get(OWN).status_code == 200
    page = client.get("/moi/securite/application/")
    secret = client.session["mfa.totp.secret"]
    assert secret in page.content.decode()
    assert client.post("/moi/securite/application/", {"code": figures(secret)}).status_code == 302
    assert client.get(OFFICE).status_code == 200
    assert older.get(OWN)["Location"].startswith(DOOR)
    assert UserSession.objects.filter(user=user).count() == 1
    assert JournalEntry.objects.filter(verb="add_second_factor", object_id=user.pk).count() == 1


def test_the_secret_of_the_application_is_not_kept_in_clear() -> None:
    holder(Role.AGENT)
    assert SECRET not in str(Authenticator.objects.get().data)


def test_a_person_without_a_back_office_role_is_told_why(client: Client) -> None:
    client.force_login(holder(Role.TEACHER))
    answer = client.get(OFFICE)
    assert (answer.status_code, "mandat en cours" in answer.content.decode()) == (403, True)


def test_a_closed_account_comes_in_by_no_path(client: Client) -> None:
    with_password(holder(Role.TEACHER, is_active=False))
    assert by_password(client, "teacher@exemple.test") == "/connexion/compte-ferme/"
    code = ask_code(client, "teacher@exemple.test")
    client.post("/connexion/code/", {"code": code})
    assert not get_user(client).is_authenticated


def test_the_sixth_try_at_an_account_is_refused_even_with_the_right_password(client: Client) -> None:
    with_password(holder(Role.TEACHER))
    for _ in range(5):
        assert SIGN_IN_ERRORS["email_password_mismatch"] in by_password(client, "teacher@exemple.test", "non")
    assert SIGN_IN_ERRORS["too_many_login_attempts"] in by_password(client, "teacher@exemple.test")
    assert not get_user(client).is_authenticated


def test_parallel_tries_pass_exactly_as_many_as_allowed() -> None:
    def take(number: int) -> bool:
        request = RequestFactory().post("/", REMOTE_ADDR=f"192.0.2.{number}")
        return bool(ratelimit.consume(request, app="allauth.account", action="login_failed", key="camille"))

    with ThreadPoolExecutor(16) as pool:
        assert list(pool.map(take, range(60))).count(True) == 5


def test_a_mandate_that_ends_at_midnight_in_paris_closes_the_door_at_the_next_click(client: Client) -> None:
    user = holder(Role.AGENT, end=date(2026, 11, 22))
    with time_machine.travel(datetime(2026, 11, 22, 22, 59, 59, tzinfo=UTC), tick=False):
        client.force_login(user)
        assert client.get(OFFICE).status_code == 200
    with time_machine.travel(datetime(2026, 11, 22, 23, 0, 0, tzinfo=UTC), tick=False):
        assert client.get(OFFICE).status_code == 403


def test_an_administrator_whose_mandate_is_over_is_nobody_again_whatever_the_database_says(client: Client) -> None:
    client.force_login(holder(Role.ADMINISTRATOR, end=date(2020, 6, 1), is_superuser=True, is_staff=True))
    assert client.get(OFFICE).status_code == 403


def test_groups_and_user_permissions_open_nothing(client: Client) -> None:
    from django.contrib.auth.models import Group, Permission

    user = holder(Role.BUYER)
    door = Permission.objects.get(codename="access_admin")
    group = Group.objects.create(name="Éditeurs")
    group.permissions.add(door)
    user.groups.add(group)
    user.user_permissions.add(door)
    client.force_login(user)
    assert client.get(OFFICE).status_code == 403


def test_the_demo_page_is_there_only_when_asked(client: Client, settings: Settings) -> None:
    agent = holder(Role.AGENT, is_example=True)
    holder(Role.ADMINISTRATOR)
    assert client.get("/demo/").status_code == 404
    settings.DEMO = True
    page = client.get("/demo/").content.decode()
    assert agent.email in page
    assert figures() in page
    assert "administrator@exemple.test" not in page
