from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from maillage.api.queries import read_cursor, write_cursor
from maillage.directory.enums import Status
from maillage.directory.models import Organisation
from tests.factories import AT, organisation, small_territory

pytestmark = pytest.mark.django_db
Reindex = Callable[[], None]


def publish(name: str, **facts: Any) -> Organisation:
    return organisation(name, status=Status.PUBLISHED.value, **{"place__commune_id": "80620", **facts})


@pytest.fixture
def world(reindex: Reindex) -> None:
    small_territory()
    publish("Ressourcerie du Port", family="association", email="alice@exemple.test", phone="03 22 00 00 00",
            contact_consent_at=AT, description="Écrivez à alice@exemple.test ou au 06.11.22.33.44")  # fmt: skip
    publish("Menuiserie", family="cooperative", place__commune_id="80629")
    publish("Fanfare", family="association", place__commune_id="80557", is_example=True)
    publish("Sans lieu", place__commune_id=None)
    organisation("À relire", place__commune_id="80620")
    reindex()


def read(client: Client, address: str) -> Any:
    response = client.get(f"/api/v1/{address}")
    assert response.status_code == 200, response.content
    assert response["Access-Control-Allow-Origin"] == "*"
    return json.loads(b"".join(response) if response.streaming else response.content)


def names(answer: Any) -> list[str]:
    return [one["nom"] for one in answer["organisations"]]


def test_every_published_organisation_is_read_once_page_after_page(client: Client, world: None) -> None:
    seen: list[str] = []
    answer = read(client, "organisations?limit=3")
    assert (answer["total"], len(answer["organisations"])) == (4, 3)
    seen += names(answer)
    # A sheet written meanwhile moves nobody to another page.
    publish("Aaa, toute nouvelle")
    path = answer["suivant"].partition("/api/v1/")[2]
    answer = read(client, path)
    seen += names(answer)
    assert seen == ["Ressourcerie du Port", "Menuiserie", "Fanfare", "Sans lieu", "Aaa, toute nouvelle"]
    assert (answer["curseur_suivant"], answer["suivant"]) == (None, None)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("q=menuiserie", ["Menuiserie"]),
        ("famille=association", ["Ressourcerie du Port", "Fanfare"]),
        ("famille=association&famille=cooperative", ["Ressourcerie du Port", "Menuiserie", "Fanfare"]),
        ("commune=80620&rayon_km=20", ["Ressourcerie du Port", "Menuiserie"]),
        ("bbox=3.35,50,3.5,50.1", ["Fanfare"]),
        ("lat=50.05&lon=3.25&rayon_km=2", ["Menuiserie"]),
    ],
)
def test_filters_are_those_of_the_site(client: Client, world: None, question: str, expected: list[str]) -> None:
    answer = read(client, f"organisations?{question}")
    assert names(answer) == expected
    assert answer["total"] == len(expected)


def test_filtered_pages_follow_one_another(client: Client, world: None) -> None:
    first = read(client, "organisations?famille=association&limit=1")
    assert (first["total"], names(first)) == (2, ["Ressourcerie du Port"])
    second = read(client, first["suivant"].partition("/api/v1/")[2])
    assert names(second) == ["Fanfare"]


def test_no_contact_leaves_by_the_api(client: Client, world: None) -> None:
    for address in ("organisations", "organisations/ressourcerie-du-port", "organisations.geojson", "facettes"):
        text = json.dumps(read(client, address), ensure_ascii=False)
        for secret in ("alice", "03 22", "06.11", "telephone", "courriel"):
            assert secret not in text, (address, secret)
    one = read(client, "organisations/ressourcerie-du-port")
    assert one["presentation"] == "Écrivez à [contact retiré] ou au [contact retiré]"


def test_one_organisation_says_where_it_comes_from(client: Client, world: None) -> None:
    one = read(client, "organisations/fanfare")
    assert (one["commune"], one["code_insee"], one["donnee_exemple"]) == ("Épénancourt", "80557", True)
    assert (one["source"], one["sigle"], one["secteurs"]) == ("Source d’essai", None, [])
    assert one["fiche"].endswith("/annuaire/fanfare/")


@pytest.mark.parametrize("address", ["organisations.geojson", "structures.geojson"])
@pytest.mark.parametrize("question", ["", "?famille=association", "?q=zzzz", "?commune=80629"])
def test_the_geojson_counts_as_the_list_does(client: Client, world: None, address: str, question: str) -> None:
    data = read(client, address + question)
    total = read(client, f"organisations{question}")["total"]
    assert (data["type"], len(data["features"]), data["total"]) == ("FeatureCollection", total, total)
    for feature in data["features"]:
        assert feature["type"] == "Feature"
        if feature["geometry"] is not None:
            longitude, latitude = feature["geometry"]["coordinates"]
            assert 3 <= longitude <= 3.5
            assert 50 <= latitude <= 50.1


@pytest.mark.parametrize("address", ["facettes", "facets"])
def test_facets_are_exact(client: Client, world: None, address: str) -> None:
    answer = read(client, f"{address}?famille=cooperative")
    families = {one["valeur"]: one["nombre"] for one in answer["facettes"]["famille"]}
    assert (answer["total"], families) == (1, {"association": 2, "cooperative": 1})
    assert answer["facettes"]["commune"] == [{"valeur": "80629", "libelle": "Pœuilly", "nombre": 1}]


def test_territories_give_codes_and_centres(client: Client, world: None) -> None:
    (one,) = read(client, "territoires")
    assert [epci["communes"] for epci in one["epci"]] == [2, 2, 1]
    peronne = next(commune for commune in one["communes"] if commune["nom"] == "Péronne")
    assert (peronne["code"], peronne["codes_postaux"], peronne["latitude"]) == ("80620", ["80200"], 50.05)


def test_unknown_values_are_left_aside_and_said(client: Client, world: None) -> None:
    answer = read(client, "organisations?secteur=inconnu")
    assert answer["total"] == 4
    assert "secteur = inconnu" in answer["avertissements"][0]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("organisations?limit=0", 422), ("organisations?limit=101", 422), (f"organisations?limit={2**63}", 422),
        ("organisations?limit=NaN", 422), ("organisations?cursor=abc", 422), ("organisations?cursor=%F0%9F%A7%B5", 422),
        ("organisations?cursor=" + "o" * 500, 422), ("organisations/personne", 404), ("organisations/a-relire", 404),
        ("rien", 404), ("rien/du/tout", 404),
    ],
)  # fmt: skip
def test_errors_are_problems_in_french(client: Client, world: None, address: str, status: int) -> None:
    response = client.get(f"/api/v1/{address}")
    assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json")
    body = response.json()
    assert body["status"] == status
    assert body["title"] in {"Paramètre refusé", "Introuvable"}
    assert response["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    "question",
    [
        "lat=NaN&lon=1",
        "lat=1e309&lon=1e309",
        "bbox=1,2",
        f"page={2**63}",
        "q=" + "x" * 8_000,
        "rayon_km=-1",
        "q=title:(",
    ],
)
def test_hostile_filters_get_an_answer(client: Client, world: None, question: str) -> None:
    read(client, f"organisations?{question}")
    read(client, f"organisations.geojson?{question}")


def test_without_an_index_it_says_when_to_come_back(client: Client, reindex: Reindex) -> None:
    for address in ("organisations", "organisations.geojson", "facettes"):
        response = client.get(f"/api/v1/{address}")
        assert (response.status_code, response["Retry-After"]) == (503, "60")


@pytest.mark.parametrize("rows", [1, 3])
def test_a_page_costs_the_same_whatever_its_rows(
    client: Client, reindex: Reindex, django_assert_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    small_territory()
    for number in range(rows):
        publish(f"Atelier {number}")
    reindex()
    client.get("/api/v1/territoires")
    with django_assert_num_queries(9):
        assert len(read(client, "organisations")["organisations"]) == rows


@pytest.mark.parametrize("number", [1, 37, 1_400_000, 2**40])
def test_a_cursor_comes_back_as_it_went(number: int) -> None:
    assert read_cursor(write_cursor(number)) == number
