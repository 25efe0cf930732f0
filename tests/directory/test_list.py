from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from maillage.directory import actions
from maillage.directory.enums import Status, TermKind
from maillage.directory.models import Organisation, Term
from maillage.search import actions as search
from tests.factories import AT, human_source, organisation, small_territory

pytestmark = pytest.mark.django_db
Reindex = Callable[[], None]


@pytest.fixture
def terms() -> None:
    for kind, code, label in (
        (TermKind.SECTOR, "commerce", "Commerce"),
        (TermKind.SECTOR, "sante", "Santé"),
        (TermKind.THEME, "culture", "Culture"),
    ):
        Term.objects.get_or_create(kind=kind, code=code, defaults={"label": label})


def publish(name: str, **facts: Any) -> None:
    organisation(name, status=Status.PUBLISHED.value, **facts)


@pytest.fixture
def world(terms: None, reindex: Reindex) -> None:
    small_territory()
    publish("Ressourcerie du Port", family="association", place__commune_id="80620", terms=["sector:commerce"],
            activities="Collecte et vente d’objets")  # fmt: skip
    publish("Menuiserie Solidaire", family="cooperative", place__commune_id="80629", terms=["sector:commerce"])
    publish("Aide aux aînés", family="association", place__commune_id="80557", terms=["sector:sante"], is_example=True)
    organisation("Pas encore relue", place__commune_id="80620")
    reindex()


def text_of(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def get(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_the_list_shows_what_is_published_and_counts_it(client: Client, world: None) -> None:
    page = get(client, "/annuaire/")
    words = text_of(page)
    assert "3\xa0structures" in page
    assert [name for name in ("Ressourcerie du Port", "Menuiserie Solidaire", "Aide aux aînés") if name in words] != []
    assert "Pas encore relue" not in words
    assert "Péronne, CC du Nord" in words
    assert "Collecte et vente d’objets" in words
    assert "donnée d’exemple" in words


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("q=ressourcerie", {"Ressourcerie du Port"}),
        ("q=Peronne", {"Ressourcerie du Port"}),
        ("q=Pœuilly", {"Menuiserie Solidaire"}),
        ("q=aines", {"Aide aux aînés"}),
        ("famille=association", {"Ressourcerie du Port", "Aide aux aînés"}),
        ("famille=association&secteur=sante", {"Aide aux aînés"}),
        ("commune=80629&commune=80557", {"Menuiserie Solidaire", "Aide aux aînés"}),
        ("lieu=peronne&rayon_km=20", {"Ressourcerie du Port", "Menuiserie Solidaire"}),
        ("bbox=3.35,50,3.5,50.1", {"Aide aux aînés"}),
    ],
)
def test_filters_are_in_the_address(client: Client, world: None, question: str, names: set[str]) -> None:
    page = get(client, f"/annuaire/?{question}")
    shown = set(re.findall(r'<h3><a href="/annuaire/[^"]+">([^<]+)</a>', page))
    assert shown == names


def test_facets_count_exactly_and_ignore_themselves(client: Client, world: None) -> None:
    page = get(client, "/annuaire/?famille=association")
    counts = {
        value: int(count)
        for value, count in re.findall(
            r'value="([^"]+)"(?: checked)?> <span>[^<]+</span><span class="num muted">(\d+)</span>', page
        )
    }
    assert counts["association"] == 2
    assert counts["cooperative"] == 1
    assert counts["commerce"] == 1
    assert 'value="association" checked' in page


def test_distance_is_told_from_the_place_asked_for(client: Client, world: None) -> None:
    words = text_of(get(client, "/annuaire/?lieu=Péronne&rayon_km=20"))
    assert "sur place" in words
    assert "à 14 km" in words


def test_a_misspelt_word_is_corrected_and_said(client: Client, world: None) -> None:
    words = text_of(get(client, "/annuaire/?q=ressourcerei"))
    assert "Résultats pour" in words
    assert "Ressourcerie du Port" in words


def test_nothing_found_says_what_to_try(client: Client, world: None) -> None:
    page = get(client, "/annuaire/?q=zzzzzzzz&commune=80620&famille=mutual")
    assert "0\xa0structure" in page
    for words in (
        "Chercher à 10 km autour de Péronne",
        "Garder vos mots, sans aucun filtre",
        "Il manque une structure",
    ):
        assert words in page


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("rows", [1, 3, 20])
def test_the_list_costs_the_same_whatever_the_rows(
    client: Client, terms: None, reindex: Reindex, django_assert_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    small_territory()
    for number in range(rows):
        publish(f"Atelier {number}", place__commune_id="80620", terms=["sector:commerce"])
    reindex()
    client.get("/annuaire/?q=rien")
    with django_assert_num_queries(0):  # the index holds the rows, and the words were read for the page before
        page = get(client, "/annuaire/")
    assert page.count('class="result-row"') == rows
    assert len(page) < 60_000


@pytest.mark.parametrize(
    "address",
    [
        f"page={2**63}", "page=-1", "page=499", "lat=NaN&lon=NaN", "lat=1e309&lon=1e309", "rayon_km=-1", "bbox=a,b,c,d",
        "bbox=-180,-90,180,90", "q=" + "x" * 8_000, "q=%F0%9F%A7%B5", "q=title:(", "q=%22", "q=*:*", "q=a+AND+NOT",
        "famille=%27+OR+1=1--", "commune=80620&commune=80629&rayon_km=5", "tri=;drop", "q=%E2%80%AE",
        "lieu=%3Cscript%3E",
        "&".join(f"secteur={n}" for n in range(500)),
    ],
)  # fmt: skip
def test_hostile_parameters_get_a_page(client: Client, world: None, address: str) -> None:
    page = get(client, f"/annuaire/?{address}")
    assert "<script>" not in page


@pytest.mark.parametrize("address", ["q=%00", "q=%ED%A0%80", "commune=%FF"])
def test_what_is_not_text_is_refused_with_a_sentence(client: Client, world: None, address: str) -> None:
    assert client.get(f"/annuaire/?{address}").status_code == 400


def test_unknown_values_are_ignored_with_a_notice(client: Client, world: None) -> None:
    page = get(client, "/annuaire/?secteur=inconnu")
    assert "« secteur = inconnu » ne correspond à aucun choix de l’annuaire" in page
    assert "3\xa0structures" in page


def test_htmx_gets_the_swapped_part_and_the_address_to_show(client: Client, world: None) -> None:
    response = client.get("/annuaire/?lieu=peronne&q=&rayon_km=", headers={"HX-Request": "true"})
    part = response.content.decode()
    assert response["HX-Push-Url"] == "/annuaire/?commune=80620"
    assert part.startswith('<div class="with-aside with-aside-left" id="liste">')
    assert '<p class="visually-hidden" role="status" id="annonce" hx-swap-oob="true">1\xa0structure</p>' in part
    whole = get(client, "/annuaire/?commune=80620")
    start, end = part.index('<ol class="results"'), part.index("</ol>")
    assert part[start:end] in whole
    back = client.get("/annuaire/", headers={"HX-Request": "true", "HX-History-Restore-Request": "true"})
    assert back.content.startswith(b"<!DOCTYPE html>")


def test_the_list_without_an_index_says_that_it_prepares(client: Client, reindex: Reindex) -> None:
    assert "L’annuaire se prépare" in get(client, "/annuaire/")


def test_an_unpublished_sheet_leaves_the_list_when_the_index_follows(client: Client, world: None) -> None:
    port = Organisation.objects.get(slug="ressourcerie-du-port")
    actions.set_status(organisation=port, status=Status.ARCHIVED, source=human_source(), by=None, at=AT)
    search.follow()
    assert "2\xa0structures" in get(client, "/annuaire/")


def test_suggestions_are_json_and_a_list_of_links(client: Client, world: None) -> None:
    answer = client.get("/suggestions/?q=ress")
    assert {"label": "Ressourcerie du Port", "note": "structure", "url": "/annuaire/ressourcerie-du-port/"} in (
        answer.json()["suggestions"]
    )
    assert answer["Cache-Control"] == "public, max-age=60"
    assert client.get("/suggestions/?q=").json() == {"suggestions": []}
    links = client.get("/suggestions/?q=ress", headers={"HX-Request": "true"}).content.decode()
    assert '<a href="/annuaire/ressourcerie-du-port/">Ressourcerie du Port</a>' in links
