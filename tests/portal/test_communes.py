from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from maillage.kernel.edition import forget
from maillage.portal.queries.organisations import near_rows, serving_rows
from maillage.territories.models import Commune
from tests.portal.sheets import published

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("place")]


def page(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize(
    ("asked", "canonical"),
    [
        ("/communes/80001/", "/communes/80001-peronne/"),
        ("/communes/80001-autre-nom/", "/communes/80001-peronne/"),
        ("/communes/80091/", "/communes/80001-peronne/"),
        ("/communes/80091-doingt-le-vieux/", "/communes/80001-peronne/"),
        ("/communes/80091/affiche.pdf", "/communes/80001/affiche.pdf"),
    ],
)
def test_a_former_code_or_a_wrong_name_leads_to_the_canonical_address(
    client: Client, asked: str, canonical: str
) -> None:
    response = client.get(asked)
    assert (response.status_code, response.headers["Location"]) == (301, canonical)


@pytest.mark.parametrize(
    "path", ["/communes/99999/", "/communes/99999-x/", "/communes/99999/affiche.pdf", "/communes/8/"]
)
def test_an_unknown_commune_is_a_designed_404(client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert "Cette page n’existe pas" in response.content.decode()


def test_a_commune_shows_what_is_there_then_what_is_near_with_kilometres(client: Client) -> None:
    published("Atelier du Port")
    published("Jardin d’Y", "80002")
    published("Épicerie de Pœuilly", "02003")
    html = page(client, "/communes/80001-peronne/")
    here, near = html.index("Atelier du Port"), html.index("Jardin d’Y")
    assert here < near < html.index("Épicerie de Pœuilly")
    assert "à 7\xa0km" in html
    assert "à 14\xa0km" in html


def test_a_commune_without_any_says_so_and_points_to_the_nearest(client: Client) -> None:
    published("Atelier du Port")
    html = page(client, "/communes/80002-y/")
    assert "Aucune structure connue dans la commune. La plus proche, Atelier du Port, est à 7\xa0km." in html
    assert "Signaler une structure" in html


def test_what_is_not_published_or_is_closed_is_not_shown(client: Client) -> None:
    published("Brouillon", status="to_review")
    published("Archivée", status="archived")
    published("Fermée", place__closed_date="2020-01-01")
    html = page(client, "/communes/80001-peronne/")
    assert [name for name in ("Brouillon", "Archivée", "Fermée") if name in html] == []


def test_those_who_serve_the_commune_are_told_whatever_the_perimeter(client: Client) -> None:
    published("Par la commune", "02003", served_area=["80001"])
    published("Par la CC", "02003", served_area=["200000001"])
    published("Par le territoire", "02003", served_area=["200000009"])
    published("Ailleurs", "02003", served_area=["200000002"])
    published("D’ici", "80001", served_area=["80001"])
    rows = serving_rows(Commune.objects.get(pk="80001"), limit=10)
    assert [row.name for row in rows] == ["Par la CC", "Par la commune", "Par le territoire"]


def test_the_nearest_place_of_an_organisation_counts_once() -> None:
    published("Loin", "02003")
    published("Près", "80002")
    rows = near_rows(Commune.objects.get(pk="80001"), limit=5)
    assert [(row.name, round(row.distance_km or 0)) for row in rows] == [("Près", 7), ("Loin", 14)]


def test_the_population_is_drawn_and_told_in_words_and_in_a_table(client: Client) -> None:
    html = page(client, "/communes/80002-y/")
    words = "100\xa0habitants en 2021, 90 en 2023 : 10\xa0habitants de moins."
    assert f'role="img" aria-label="{words}"' in html
    assert '<th scope="row">2023</th><td class="numeric">90</td>' in html


def test_what_the_town_hall_can_do_leads_to_the_measures_that_exist(client: Client) -> None:
    html = page(client, "/communes/80001-peronne/")
    assert "Faire connaître l’annuaire" in html
    assert "/strategie/#mesure-1-3" not in html  # the small strategy has no such measure


def test_a_doubtful_town_hall_is_said_so(client: Client) -> None:
    assert "Sa position est douteuse dans la source" in page(client, "/communes/80001-peronne/")
    Commune.objects.filter(pk="80002").update(is_town_hall_reliable=True)
    assert "Sa position est connue." in page(client, "/communes/80002-y/")


@pytest.mark.django_db(transaction=True)
def test_the_page_asks_as_many_questions_for_one_organisation_as_for_three(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    published("Un", "80001", served_area=["80002"])
    published("Près", "80002")
    page(client, "/communes/02003-poeuilly/?chauffe")
    forget()
    with django_assert_num_queries(23):
        page(client, "/communes/80001-peronne/?un")
    for name in ("Deux", "Trois"):
        published(name, "80001")
        published(f"{name} près", "80002")
    forget()
    with django_assert_num_queries(23):
        page(client, "/communes/80001-peronne/?trois")


def test_the_list_groups_by_community_and_filters_without_script(client: Client) -> None:
    published("Atelier du Port")
    html = page(client, "/communes/")
    assert "<b>3\xa0communes</b>" in html
    assert html.index("Péronne</a>") < html.index("Y</a>") < html.index("Pœuilly</a>")
    assert "<b>1\xa0structure</b>" in html
    filtered = page(client, "/communes/?cc=200000002")
    assert ("Pœuilly</a>" in filtered, "Péronne</a>" in filtered) == (True, False)


@pytest.mark.parametrize(
    ("words", "found"),
    [("poeu", "Pœuilly"), ("PERONNE", "Péronne"), ("02480", "Pœuilly"), ("80002", "Y"), ("doingt", "Péronne")],
)
def test_the_filter_folds_and_knows_postal_codes_and_former_names(client: Client, words: str, found: str) -> None:
    html = page(client, f"/communes/?q={words}")
    assert "<b>1\xa0commune</b>" in html
    assert f"{found}</a>" in html


@pytest.mark.parametrize("query", ["q=" + "x" * 5000, "cc=%27%22", "q=%3Cscript%3E", "q=zzz"])
def test_any_words_are_harmless(client: Client, query: str) -> None:
    html = page(client, f"/communes/?{query}")
    assert "Aucune commune ne porte ce nom ici" in html
    assert "<script>" not in html


@pytest.mark.django_db(transaction=True)
def test_the_list_asks_the_same_questions_whatever_is_published(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    page(client, "/communes/?q=chauffe")
    published("Un")
    forget()
    with django_assert_num_queries(6):
        page(client, "/communes/?q=")
    published("Deux", "80002")
    published("Trois", "02003")
    forget()
    with django_assert_num_queries(6):
        page(client, "/communes/?cc=")
