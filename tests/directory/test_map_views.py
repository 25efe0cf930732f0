"""The doors of the map: the same count as the list, addresses that keep, hostile ones refused politely."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from maillage.directory import map as maps
from maillage.directory.enums import Status, TermKind
from maillage.directory.map.mercator import BITS, steps
from maillage.directory.models import Organisation, Term
from maillage.search import actions as search
from maillage.territories.models import Territory
from tests.factories import organisation, small_territory, square

pytestmark = pytest.mark.django_db
Reindex = Callable[[], None]
QUESTIONS = (
    "", "famille=association", "secteur=commerce", "q=ressourcerie", "q=ressourcrie", "commune=80620", "ouvert=1",
    "bbox=3.05,50,3.3,50.2", "lat=50.05&lon=3.05&rayon_km=8", "commune=80620&rayon_km=10", "q=introuvable",
    "famille=association&q=atelier&bbox=3,50,3.2,50.1",
)  # fmt: skip


@pytest.fixture
def world(reindex: Reindex, settings: Settings, tmp_path: Path) -> Territory:
    settings.DATA_DIR = tmp_path
    Term.objects.get_or_create(kind=TermKind.SECTOR, code="commerce", defaults={"label": "Commerce"})
    home = small_territory()
    Territory.objects.filter(pk=home.pk).update(outline=square(0))
    for number in range(12):
        publish(f"Atelier {number}", family="association", place__commune_id="80620")
    publish("Ressourcerie du Port", family="cooperative", place__commune_id="80829", terms=["sector:commerce"],
            place__latitude=50.01, place__longitude=3.11, place__opening_hours="Mo-Su 00:00-24:00")  # fmt: skip
    publish("Loin d’ici", place__latitude=-21.1, place__longitude=55.5)
    publish("Sans lieu connu", family="association")
    organisation("Pas encore relue", place__commune_id="80620")
    reindex()
    return home


def publish(name: str, **facts: Any) -> Organisation:
    return organisation(name, status=Status.PUBLISHED.value, **facts)


def tile(client: Client, address: str = "", edition: str = "", *, level: int = 0, x: int = 0, y: int = 0) -> Any:
    return client.get(f"/carte/tuiles/{edition or 'x'}/{level}/{x}/{y}.json?{address}")


def edition_of(page: str) -> str:
    found = re.search(r'data-edition="([^"]+)"', page)
    assert found is not None
    return found[1]


def count_of(page: str, heading: str) -> int:
    found = re.search(rf'<h2 id="{heading}"[^>]*>([\d\u202f]+)', page)
    assert found is not None
    return int(found[1].replace("\u202f", ""))


def test_the_map_counts_what_the_list_counts_at_every_zoom(client: Client, world: Territory) -> None:
    for address in QUESTIONS:
        page = client.get(f"/carte/?{address}").content.decode()
        listed = count_of(client.get(f"/annuaire/?{address}").content.decode(), "resultats")
        assert count_of(page, "map-total") == listed, address
        unplaced = int(found[1]) if (found := re.search(r"Dont (\d+)\D+sans lieu connu", page)) else 0
        for level in range(4):
            tiles = [tile(client, address, level=level, x=x, y=y) for x in range(2**level) for y in range(2**level)]
            assert sum(one.json()["n"] for one in tiles) == listed - unplaced, address


def test_the_map_still_counts_like_the_list_after_a_change(client: Client, world: Territory) -> None:
    before = edition_of(client.get("/carte/").content.decode())
    publish("Toute nouvelle", place__commune_id="80557")
    Organisation.objects.filter(name="Atelier 3").update(status=Status.ARCHIVED)
    search.note_change(kind="organisation", ids=[Organisation.objects.get(name="Atelier 3").pk])
    search.follow()
    drawn = tile(client, edition=before)
    assert drawn.json()["n"] == 14
    assert drawn.json()["e"] != before
    assert drawn["Cache-Control"] == "no-cache"
    assert tile(client, "famille=association").json()["n"] == 11


def test_a_tile_is_kept_for_ever_under_the_name_of_its_edition(client: Client, world: Territory) -> None:
    edition = edition_of(client.get("/carte/?famille=association").content.decode())
    answer = tile(client, "famille=association", edition)
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.json()["e"] == edition
    assert tile(client, "famille=association", "1.other.1.0")["Cache-Control"] == "no-cache"


def test_the_hour_stands_in_the_edition_only_when_hours_count(client: Client, world: Territory) -> None:
    always = edition_of(client.get("/carte/").content.decode())
    now = edition_of(client.get("/carte/?ouvert=1").content.decode())
    assert now.startswith(always)
    assert now != always
    assert tile(client, "ouvert=1", now).json()["n"] == 1


def test_a_tile_of_everything_reads_no_table(
    client: Client, world: Territory, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        assert tile(client).json()["n"] == 14


def test_organisations_of_one_address_are_one_stack_that_opens_as_a_list(client: Client, world: Territory) -> None:
    x, y = (int(step[0]) >> BITS - 14 for step in steps([50.05], [3.05]))
    drawn = tile(client, level=14, x=x, y=y).json()
    assert (drawn["c"], drawn["s"], drawn["i"]) == ([12], [0], [])
    pile = client.get("/carte/vue/pile/?bbox=3.04,50.04,3.06,50.06").content.decode()
    assert "12\u00a0structures au même endroit" in pile
    assert pile.count("<li>") == 12


def test_a_list_within_the_frame_says_how_many_and_offers_to_search_there(client: Client, world: Territory) -> None:
    panel = client.get("/carte/vue/?bbox=3,50,3.1,50.1&famille=association").content.decode()
    assert count_of(panel, "map-panel-title") == 12
    assert "12\u00a0structures dans cette vue" in panel
    assert 'href="/annuaire/?famille=association&amp;bbox=3%2C50%2C3.1%2C50.1"' in panel
    assert 'data-page="2"' in panel
    assert "Aucune structure ici" in client.get("/carte/vue/?bbox=10,10,11,11").content.decode()


def test_the_card_of_an_organisation_shows_no_sheet_that_waits(client: Client, world: Territory) -> None:
    shown = Organisation.objects.get(name="Ressourcerie du Port")
    hidden = Organisation.objects.get(name="Pas encore relue")
    card = client.get(f"/carte/fiche/{shown.pk}/").content.decode()
    assert "Ressourcerie du Port" in card
    assert 'data-point="50.01,3.11"' in card
    assert client.get(f"/carte/fiche/{hidden.pk}/").status_code == 404


def test_the_ground_is_served_once_under_the_hash_of_its_content(client: Client, world: Territory) -> None:
    page = client.get("/carte/").content.decode()
    found = re.search(r'data-ground="([^"]+)"', page)
    assert found is not None
    answer = client.get(found[1])
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer["Content-Type"] == "application/geo+json"
    assert client.get("/carte/contours/another.json")["Cache-Control"] == "no-cache"
    squeezed = client.get(found[1], headers={"Accept-Encoding": "gzip"})
    assert json.loads(gzip.decompress(squeezed.content)) == answer.json()


def test_the_ground_writes_each_shared_border_once_with_its_knots(world: Territory) -> None:
    features = maps.borders()
    assert features is not None
    drawn = json.loads(features.body)["features"]
    lines = next(one["geometry"] for one in drawn if one["properties"]["k"] == "communes")["coordinates"]
    edges = [tuple(sorted(map(tuple, pair))) for line in lines for pair in pairwise(line)]
    assert len(edges) == len(set(edges)) == 5 * 4 - 4
    knots = next(one["geometry"] for one in drawn if one["properties"]["k"] == "knots")["coordinates"]
    assert len(knots) == 8
    assert {one["properties"]["n"] for one in drawn if one["properties"].get("l") == "commune"} >= {"Y", "Pœuilly"}


HOSTILE = (
    f"/carte/tuiles/x/{2**63}/0/0.json", f"/carte/tuiles/x/3/{2**63}/0.json", "/carte/tuiles/x/3/8/0.json",
    "/carte/tuiles/x/NaN/0/0.json", "/carte/tuiles/x/-1/0/0.json", "/carte/tuiles/x/0/0/0.png",
    "/carte/tuiles/0/0/0.json",
    "/carte/tuiles/x/18/0/0.json", f"/carte/fiche/{2**63}/", f"/carte/fiche/{10**60}/", "/carte/fiche/0/",
    "/carte/contours/../../etc.json", "/carte/tuiles/%00/0/0/0.json",
)  # fmt: skip


def test_an_address_of_nothing_is_refused_politely(client: Client, world: Territory) -> None:
    answers = {address: client.get(address).status_code for address in HOSTILE}
    assert set(answers.values()) <= {400, 404}, answers


NONSENSE = (
    "bbox=NaN,NaN,NaN,NaN", "bbox=1e999,0,0,0", "bbox=4,3,2,1", f"bbox={2**63},0,0,0", "lat=NaN&lon=inf&rayon_km=-1",
    "q=" + "a" * 20_000, "page=99999999999999999999", "famille=%F0%9F%98%80&secteur='%3B--", "commune=80620%20OR%201=1",
    "q=%22)%20AND%20*:*", "bbox=", "rayon_km=1e308&lat=90&lon=180", "bbox=-180,-90,180,90",
)  # fmt: skip


def test_nonsense_in_a_question_is_left_aside_or_finds_nothing(client: Client, world: Territory) -> None:
    for address in NONSENSE:
        for door in ("/carte/", "/carte/vue/", "/carte/vue/pile/", "/carte/tuiles/x/0/0/0.json"):
            assert client.get(f"{door}?{address}").status_code == 200, address


def test_a_map_without_an_index_says_that_it_comes(client: Client, reindex: Reindex, settings: Settings) -> None:
    page = client.get("/carte/").content.decode()
    assert "La carte se prépare" in page
    assert tile(client).json()["n"] == 0
    assert tile(client)["Cache-Control"] == "no-cache"


def test_no_page_of_the_map_carries_a_style_or_a_script_of_its_own(client: Client, world: Territory) -> None:
    for address in ("/carte/?q=atelier", "/carte/vue/?bbox=3,50,4,51", "/carte/vue/pile/?bbox=3,50,4,51"):
        page = client.get(address).content.decode()
        assert re.findall(r"\sstyle=|\son\w+=|<style|javascript:", page) == []
        assert re.findall(r"<script(?![^>]*\ssrc=)", page) == []


def test_without_script_each_commune_opens_the_list_that_it_counts(client: Client, world: Territory) -> None:
    drawing = {
        "view_box": [0, 0, 500, 100], "west": 3.0, "north": 50.1, "x_per_degree": 1000.0, "y_per_degree": 1000.0,
        "communes": {"80620": "M0 0h100v100z", "80829": "M100 0h100v100z"}, "epcis": {}, "territory": "M0 0h500v100z",
    }  # fmt: skip
    Territory.objects.filter(pk=world.pk).update(drawing=drawing)
    page = client.get("/carte/?famille=association").content.decode()
    inside = page[page.index("<noscript>") : page.index("</noscript>")]
    assert 'href="/annuaire/?famille=association&amp;commune=80620"' in inside
    assert "Péronne : 12\u00a0structures" in inside
    assert 'href="/annuaire/?famille=association&amp;commune=80829"' not in inside
    assert count_of(client.get("/annuaire/?famille=association&commune=80620").content.decode(), "resultats") == 12


def test_columns_are_rebuilt_by_the_worker_when_a_generation_appears(world: Territory, reindex: Reindex) -> None:
    assert maps.refresh_columns() > 0
    assert maps.refresh_columns() == 0
    reindex()
    assert not maps.columns_are_fresh()
    assert maps.refresh_columns() > 0
    assert len(list((Path(maps.columns_folder())).iterdir())) == 1


def test_the_page_of_the_map_asks_the_database_no_more_for_more_rows(
    client: Client, world: Territory, reindex: Reindex, django_assert_max_num_queries: Any
) -> None:
    client.get("/carte/?q=atelier")
    with django_assert_max_num_queries(10):
        client.get("/carte/?q=ateliers")
