from __future__ import annotations

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from maillage.kernel.edition import forget
from maillage.search import actions as search
from tests.portal.sheets import published

pytestmark = pytest.mark.django_db


def page(client: Client, words: str = "") -> str:
    response = client.get(f"/{words}")
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.usefixtures("place")
def test_the_first_page_has_one_search_for_what_and_where(client: Client) -> None:
    html = page(client)
    assert html.count("Que cherchez-vous, et où ?") == 1
    assert '<form class="home-search" role="search" action="/annuaire/" method="get">' in html
    assert re.findall(r'<input type="\w+"[^>]* name="(\w+)"', html)[:2] == ["q", "lieu"]


@pytest.mark.usefixtures("place")
def test_each_commune_of_the_map_is_a_link_and_a_disc_shows_the_structures(client: Client) -> None:
    published("Atelier du Port")
    html = page(client)
    assert '<a href="/communes/80001-peronne/" class="tone-1"><title>Péronne, 1\xa0structure</title>' in html
    assert '<a href="/communes/80002-y/" class="tone-1"><title>Y</title>' in html
    assert re.findall(r"<circle cx.*?>", html) == ['<circle cx="20" cy="20" r="2.0"/>']


@pytest.mark.usefixtures("place")
def test_what_and_where_lead_to_the_list_of_that_place(client: Client) -> None:
    published("Atelier du Port", activities="Réparer des vélos.")
    published("Vélos de Pœuilly", "02003")
    search.rebuild()
    html = client.get("/annuaire/", {"q": "vélo", "lieu": "poeuilly"}).content.decode()
    assert ("Vélos de Pœuilly" in html, "Atelier du Port" in html) == (True, False)


@pytest.mark.usefixtures("place")
def test_the_two_figures_are_counted_and_lead_somewhere(client: Client) -> None:
    published("Atelier du Port")
    published("Brouillon", status="to_review")
    html = page(client)
    figures = re.findall(
        r'figure-value num">([^<]+)</p>\s*<p class="figure-label">([^<]+)</p>\s*<p><a href="([^"]+)"', html
    )
    assert figures == [
        ("1", "structure à découvrir", "/annuaire/"),
        ("270", "habitants sur le territoire", "/communes/"),
    ]
    assert "INSEE, recensement de la population, 2023" in html


@pytest.mark.usefixtures("place")
def test_every_door_opens(client: Client) -> None:
    doors = re.findall(r'<span class="door-in"><a href="([^"]+)"', page(client))
    assert len(doors) == 6
    assert [client.get(door.replace("&amp;", "&").split("#")[0]).status_code for door in doors] == [200] * 6


@pytest.mark.usefixtures("place")
def test_sheets_verified_lately_are_shown_the_last_first(client: Client) -> None:
    for day in (1, 3, 2):
        published(f"Vérifiée le {day}", verified_at=f"2026-11-0{day}T10:00:00+00:00")
    published("Jamais vérifiée", verified_at=None)
    html = page(client)
    assert re.findall(r">(Vérifiée le \d|Jamais vérifiée)<", html) == [
        "Vérifiée le 3",
        "Vérifiée le 2",
        "Vérifiée le 1",
    ]


@pytest.mark.usefixtures("place")
@pytest.mark.django_db(transaction=True)
def test_the_page_asks_as_many_questions_for_one_organisation_as_for_three(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    page(client, "?chauffe")
    published("Un")
    forget()
    with django_assert_num_queries(13):
        page(client, "?un")
    published("Deux", "80002")
    published("Trois", "02003")
    forget()
    with django_assert_num_queries(13):
        page(client, "?trois")


def test_an_empty_database_still_has_a_first_page(client: Client) -> None:
    html = page(client)
    assert "Que cherchez-vous, et où ?" in html
    assert "<circle cx" not in html
