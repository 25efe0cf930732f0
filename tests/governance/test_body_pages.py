"""The pages of bodies: read, enter, one's own, the back office; who may open what."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from maillage.accounts.enums import Role
from maillage.governance import actions
from maillage.governance.enums import Joining
from maillage.governance.models import Body, JoinRequest, Member
from maillage.governance.queries import bodies as reads
from maillage.outbox.models import Letter
from maillage.space import actions as space
from maillage.space.enums import Part
from tests.accounts.people import holder
from tests.directory.test_sheet import published
from tests.factories import person
from tests.governance.world import AT, body, collective, member, signed_in
from tests.space.people import a_minute_ago, follow, letter_to

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wagtail_roots")]


def text(client: Client, address: str, status: int = 200) -> str:
    cache.clear()  # what is written here is never committed, so that kept pages would not know
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def test_everybody_reads_the_bodies_and_no_name_without_its_agreement(client: Client) -> None:
    assert "paraîtront ici" in text(client, "/instances/")
    one = collective()
    seated = member(one, name="Alice Exemple")
    assert "Le collectif" in text(client, "/instances/")
    assert "Alice Exemple" not in text(client, one.get_absolute_url())
    actions.agree_to_be_named(member=seated, agrees=True, by=person("a@exemple.test"), at=AT)
    assert "Alice Exemple" in text(client, one.get_absolute_url())
    assert client.get("/collectif/")["Location"] == one.get_absolute_url()


def test_without_a_collective_its_short_address_leads_nowhere(client: Client) -> None:
    assert client.get("/collectif/").status_code == 404


def enter(client: Client, one: Body, **typed: Any) -> Any:
    told = {"name": "Chloé", "email": "chloe@exemple.test", "fax": "", "seen": a_minute_ago(), **typed}
    return client.post(reverse("governance:join", args=[one.slug]), told)


def test_a_stranger_enters_an_open_body_by_the_button_of_a_letter(client: Client) -> None:
    one = body()
    assert "lettre part" in enter(client, one).content.decode()
    assert not Member.objects.exists()
    assert "Bienvenue" in follow(client, letter_to("chloe@exemple.test"))
    seated = Member.objects.get()
    assert (seated.email, seated.name, seated.since) == ("chloe@exemple.test", "Chloé", timezone.localdate())


def test_a_machine_is_thanked_and_not_heard_and_a_hurried_person_sends_again(client: Client) -> None:
    one = body()
    assert enter(client, one, fax="1").status_code == 200
    assert enter(client, one, seen="").status_code == 422
    assert not Letter.objects.exists()


def test_the_charter_of_an_open_body_is_accepted_first(client: Client) -> None:
    one = body(charter="Écouter.", charter_date=AT.date())
    assert "cochez cette case" in enter(client, one).content.decode()
    enter(client, one, charter="on")
    follow(client, letter_to("chloe@exemple.test"))
    assert Member.objects.get().charter_at is not None


def test_only_the_manager_of_an_organisation_asks_for_its_seat(client: Client) -> None:
    one, sheet = collective(), published("Le Fil vert")
    path = reverse("governance:join", args=[one.slug])
    assert "Me connecter" in text(client, path)
    user = signed_in(client)
    assert "Trouver ma structure" in text(client, path)
    space.admit(organisation=sheet, email=user.email, part=Part.CONTRIBUTOR, by=None, at=AT)
    assert client.post(path, {"organisation": sheet.pk, "charter": "on"}).status_code == 200
    space.admit(organisation=sheet, email=user.email, part=Part.MANAGER, by=None, at=AT)
    assert client.post(path, {"organisation": sheet.pk}).status_code == 422
    assert client.post(path, {"organisation": sheet.pk, "charter": "on"}).status_code == 200
    assert JoinRequest.objects.get().user == user
    assert client.post(path, {"organisation": sheet.pk, "charter": "on"}).status_code == 422


def test_a_named_body_says_how_one_comes_to_it(client: Client) -> None:
    one = body(joining=Joining.NAMED)
    assert "nommés" in text(client, reverse("governance:join", args=[one.slug]))


def test_a_member_reads_their_mandates_and_touches_no_other(client: Client) -> None:
    one = body()
    mine, other = member(one), member(one, "bob@exemple.test")
    signed_in(client)
    assert "Groupe mobilité" in text(client, "/moi/instances/")
    assert "Mes instances" in text(client, "/moi/")
    assert client.post(f"/moi/instances/{other.pk}/quitter/").status_code == 404
    client.post(f"/moi/instances/{mine.pk}/nom/", {"agrees": "1"})
    mine.refresh_from_db()
    assert mine.name_agreed_at is not None
    client.post(f"/moi/instances/{mine.pk}/quitter/")
    other.refresh_from_db()
    mine.refresh_from_db()
    assert (mine.until, other.until) == (timezone.localdate(), None)


@pytest.fixture
def agent(client: Client) -> None:
    client.force_login(holder(Role.AGENT))


@pytest.mark.usefixtures("agent")
def test_an_agent_opens_a_body_and_fills_it(client: Client) -> None:
    typed = {"kind": "steering", "name": "Comité de pilotage", "purpose": "Suivre.", "joining": "named",
             "quorum_percent": "50"}  # fmt: skip
    answer = client.post("/gestion/instances/nouvelle/", typed)
    made = Body.objects.get()
    assert answer["Location"] == f"/gestion/instances/{made.pk}/"
    assert client.post(f"/gestion/instances/{made.pk}/colleges/", {"label": "Élus"}).status_code == 302
    assert client.post(f"/gestion/instances/{made.pk}/colleges/", {"label": "Élus"}).status_code == 422
    college = made.colleges.get()
    told = {"name": "Édith", "email": "edith@exemple.test", "college": college.pk, "function": "chair",
            "since": "2026-01-01", "until": "2028-12-31"}  # fmt: skip
    path = f"/gestion/instances/{made.pk}/membres/"
    assert client.post(path, told).status_code == 302
    assert client.post(path, told).status_code == 422
    seated = Member.objects.get()
    assert "Édith" in text(client, f"/gestion/instances/{made.pk}/")
    there = f"/gestion/instances/membres/{seated.pk}/"
    assert "Mandat en cours" in text(client, there)
    assert client.post(there, {**told, "organisation": "nulle-part"}).status_code == 422
    assert client.post(there, {**told, "function": "secretary"}).status_code == 302
    assert client.post(f"{there}finir/").status_code == 302
    assert client.post(f"/gestion/instances/colleges/{college.pk}/retirer/", follow=True).status_code == 200


@pytest.mark.usefixtures("agent")
def test_an_agent_changes_a_body_that_nobody_changed_meanwhile(client: Client) -> None:
    one = body()
    path = f"/gestion/instances/{one.pk}/changer/"
    typed = {"kind": one.kind, "name": "Mobilité", "slug": one.slug, "purpose": "x", "joining": "open",
             "quorum_percent": "0", "seen_at": one.changed_at.isoformat()}  # fmt: skip
    assert one.name in text(client, path)
    assert client.post(path, typed).status_code == 302
    assert client.post(path, {**typed, "name": "Perdu"}).status_code == 422
    assert Body.objects.get().name == "Mobilité"


@pytest.mark.usefixtures("agent")
def test_requests_and_dormant_bodies_wait_on_the_home(client: Client) -> None:
    one, user, sheet = collective(), person("alice@exemple.test"), published("Le Fil vert")
    asked = actions.ask_to_join(body=one, organisation=sheet, words="", accepts_charter=True, by=user, at=AT)
    home = text(client, "/gestion/")
    assert "dort" in home
    assert "1\u00a0demande d’entrée" in home
    path = f"/gestion/instances/demandes/{asked.pk}/"
    assert "Dites pourquoi" in client.post(path, {"reason": ""}, follow=True).content.decode()
    assert "La réponse part" in client.post(path, {"accept": "1"}, follow=True).content.decode()
    assert Member.objects.get().organisation == sheet


@pytest.mark.parametrize("role", [None, Role.STEERING_MEMBER, Role.LIAISON_OFFICER])
def test_nobody_else_keeps_bodies(client: Client, role: Role | None) -> None:
    client.force_login(holder(role))
    assert client.get("/gestion/instances/").status_code in {302, 403}


def test_lists_ask_the_same_number_of_queries_for_one_and_for_three(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(3):
        one = body(f"Groupe {number}")
        for rank in range(number + 1):
            member(one, f"m{rank}@exemple.test")
        with django_assert_num_queries(1):
            assert len(reads.body_lines(AT)) == number + 1


def test_a_body_with_colleges_says_who_sits_there(client: Client) -> None:
    one = body()
    assert "Collèges" not in text(client, one.get_absolute_url())
    elected = actions.add_college(body=one, label="Élus de la Haute Somme", by=None, at=AT)
    actions.add_college(body=one, label="Partenaires", by=None, at=AT)
    member(one, college=elected)
    page = " ".join(text(client, one.get_absolute_url()).replace("&nbsp;", " ").replace("\u202f", " ").split())
    assert "Élus de la Haute Somme : 1 siège<" in page.replace("\u00a0", " ")
    assert "Partenaires : 0 siège<" in page.replace("\u00a0", " ")
