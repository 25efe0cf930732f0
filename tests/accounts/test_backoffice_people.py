from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from maillage.accounts.enums import Role
from maillage.accounts.models import Mandate, User
from tests.accounts.people import holder

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client: Client) -> User:
    user = holder(Role.ADMINISTRATOR)
    client.force_login(user)
    return user


def address(name: str, *args: int) -> str:
    return reverse(f"people_office:{name}", args=args)


def test_an_agent_opens_no_people_screen_and_changes_nobody(client: Client) -> None:
    agent = holder(Role.AGENT)
    client.force_login(agent)
    mandate = {"role": "administrator", "start_date": "2026-01-01"}
    answers = [
        client.get(address("people")),
        client.post(address("add"), {"email": "x@exemple.test", **mandate}),
        client.post(address("person", agent.pk), mandate),
        client.post(address("renew_password", agent.pk)),
        client.post(address("set_account_open", agent.pk), {"open": "0"}),
        client.post(address("end_mandate", agent.mandates.get().pk)),
    ]
    assert [answer.status_code for answer in answers] == [403] * 6
    assert "Seuls les administratrices et administrateurs" in answers[0].content.decode()
    assert list(Mandate.objects.values_list("role", flat=True)) == [Role.AGENT]
    assert User.objects.count() == 1


@pytest.mark.parametrize("path", ["users/", "users/new/", "groups/", "groups/new/"])
def test_wagtail_user_screens_are_closed_to_everyone(client: Client, administrator: User, path: str) -> None:
    assert client.get(f"/gestion/{path}")["Location"] == "/gestion/"


def test_an_administrator_opens_an_account_with_a_mandate(client: Client, administrator: User) -> None:
    answer = client.post(
        address("add"),
        {"email": "bruno@exemple.test", "first_name": "Bruno", "role": "agent", "start_date": "2026-01-01"},
    )
    made = User.objects.get(email="bruno@exemple.test")
    assert made.mandates.get().role == Role.AGENT
    password = answer.content.decode().split('<code class="office-code">')[1].split("<")[0]
    assert made.check_password(password)


def test_an_address_already_known_is_an_error_beside_its_field(client: Client, administrator: User) -> None:
    answer = client.post(
        address("add"), {"email": "administrator@exemple.test", "role": "agent", "start_date": "2026-01-01"}
    )
    assert "Un compte existe déjà avec cette adresse." in answer.content.decode()


def test_an_administrator_gives_and_ends_a_mandate(client: Client, administrator: User) -> None:
    user = holder(None)
    client.post(address("person", user.pk), {"role": "agent", "start_date": "2026-01-01"})
    mandate = user.mandates.get()
    client.post(address("end_mandate", mandate.pk))
    client.force_login(user)
    assert client.get("/gestion/").status_code == 403


def test_the_last_administrator_reads_why_the_mandate_cannot_end(client: Client, administrator: User) -> None:
    answer = client.post(address("end_mandate", administrator.mandates.get().pk), follow=True)
    assert "dernier mandat d’administration" in answer.content.decode()


def test_a_new_password_closes_the_open_sessions_of_the_person(client: Client, administrator: User) -> None:
    agent, other = holder(Role.AGENT), Client()
    other.force_login(agent)
    answer = client.post(address("renew_password", agent.pk))
    password = answer.content.decode().split('<code class="office-code">')[1].split("<")[0]
    agent.refresh_from_db()
    assert agent.check_password(password)
    assert other.get("/gestion/").status_code == 302


def test_the_list_of_people_asks_as_much_for_one_as_for_three(
    client: Client, administrator: User, django_assert_max_num_queries: object
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(address("people"))
        return len(asked)

    queries()
    with_one = queries()
    holder(Role.AGENT)
    holder(Role.BUYER)
    assert queries() == with_one


def test_a_number_no_database_takes_is_a_404(client: Client, administrator: User) -> None:
    assert client.get(address("person", 2**63)).status_code == 404


def test_an_administrator_forgets_the_second_factor_of_someone_who_lost_it(client: Client, administrator: User) -> None:
    user = holder(Role.AGENT)
    page = client.get(address("person", user.pk)).content.decode()
    assert address("reset_second_factor", user.pk) in page
    assert client.get(address("reset_second_factor", user.pk)).status_code == 405
    client.post(address("reset_second_factor", user.pk))
    client.force_login(user)
    assert client.get("/gestion/")["Location"] == "/moi/securite/"
