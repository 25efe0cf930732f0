from __future__ import annotations

import pytest
from django.core.cache import cache
from pytest_django import DjangoAssertNumQueries, Settings

from maillage.territories import queries
from maillage.territories.actions import load_territory
from maillage.territories.models import Commune, Neighbour, Population, Territory
from tests.factories import AT, commune, small_territory, territory
from tests.territories.files import territory_file

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    cache.clear()


def codes(found: list[queries.Near]) -> list[str]:
    return [near.commune.code for near in found]


def test_the_home_territory_is_the_one_of_the_settings(settings: Settings) -> None:
    first, second = small_territory(), territory(slug="autre", siren="299999999")
    assert queries.home_territory() == first
    cache.clear()
    settings.TERRITORY_SIREN = second.siren
    assert queries.home_territory() == second


def test_an_empty_database_has_no_home_territory() -> None:
    assert queries.home_territory() is None


def test_communes_come_by_folded_name_with_their_last_census(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    home = small_territory()
    for year, people in ((2021, 7291), (2023, 7090)):
        Population.objects.create(commune_id="80620", year=year, municipal=people)
    with django_assert_num_queries(1):
        found = [(c.name, c.population, c.population_year, c.epci.name) for c in queries.communes_of(home) if c.epci]  # type: ignore[attr-defined]
    assert [name for name, *_ in found] == ["Épénancourt", "Hypercourt", "Péronne", "Pœuilly", "Y"]
    assert found[2] == ("Péronne", 7090, 2023, "CC du Nord")


def test_a_census_that_not_every_commune_has_is_left_out() -> None:
    small_territory()
    for code, year, people in (("80620", 2021, 10), ("80829", 2021, 5), ("80620", 2023, 9)):
        Population.objects.create(commune_id=code, year=year, municipal=people)
    assert queries.population_by_year(["80620", "80829"]) == {2021: 15}


def test_the_nearest_communes_come_first_with_their_kilometres() -> None:
    small_territory()
    near = queries.nearest_communes(50.05, 3.05, limit=3)
    assert codes(near) == ["80620", "80829", "80629"]
    assert [round(found.km, 1) for found in near] == [0.0, 7.1, 14.3]
    only = queries.nearest_communes(50.05, 3.05, limit=3, among=Commune.objects.exclude(pk="80620"))
    assert codes(only)[0] == "80829"


def test_within_counts_the_border_of_the_circle_and_not_its_square() -> None:
    small_territory()
    commune("80999", "Au coin", column=0, latitude=50.11, longitude=3.14, with_shape=False)
    assert codes(queries.communes_within(50.05, 3.05, radius_km=7.5)) == ["80620", "80829"]
    assert codes(queries.communes_within(50.05, 3.05, radius_km=10)) == ["80620", "80829", "80999"]


def test_neighbours_are_told_even_when_they_are_not_loaded(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    small_territory()
    peronne = Commune.objects.get(pk="80620")
    for code, name in (("80829", "Y"), ("02999", "Ailleurs")):
        Neighbour.objects.create(commune=peronne, code=code, name=name)
    with django_assert_num_queries(2):
        found = [(other.name, None if there is None else there.code) for other, there in queries.neighbours_of(peronne)]
    assert found == [("Ailleurs", None), ("Y", "80829")]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"code": "80620"}, "80620"),
        ({"code": "80900"}, "80620"),
        ({"code": "80254", "name": "Péronne"}, "80230"),
        ({"code": "99999"}, None),
        ({"name": "peronne"}, "80620"),
        ({"name": "PÉRONNE CEDEX 02", "postal_code": "80205"}, "80620"),
        ({"name": "Poeuilly"}, "80629"),
        ({"name": "y"}, "80829"),
        ({"name": "Ste-Radegonde"}, "80620"),
        ({"name": "Pertain", "postal_code": "80320"}, "80230"),
        ({"name": "Péronne", "postal_code": "59000"}, None),
        ({"postal_code": "80190"}, "80829"),
        ({"postal_code": "80200"}, None),
        ({"postal_code": "8%"}, None),
        ({"name": "Nulle part"}, None),
        ({}, None),
    ],
)
def test_a_commune_is_found_as_people_and_files_write_it(asked: dict[str, str], found: str | None) -> None:
    small_territory()
    assert getattr(queries.resolve_commune(**asked), "code", None) == found


def test_two_communes_of_one_name_are_told_apart_by_their_postal_code() -> None:
    small_territory()
    commune("80001", "Mesnil", column=5, postal_codes=["80360"])
    commune("80002", "Mesnil", column=6, postal_codes=["80700"])
    assert queries.resolve_commune(name="Mesnil") is None
    found = queries.resolve_commune(name="mesnil", postal_code="80700")
    assert found is not None
    assert found.code == "80002"


def test_perimeters_cover_communes_epcis_territories_and_former_codes(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    home = small_territory()
    north = Commune.objects.get(pk="80620").epci
    assert north is not None
    assert queries.perimeter_codes([north.siren]) == {"80620", "80629"}
    assert queries.perimeter_codes([home.siren]) == {"80620", "80829", "80629", "80230", "80557"}
    assert queries.perimeter_codes(["80829", "80506", "80000", ""]) == {"80829", "80230"}
    assert queries.perimeter_codes([]) == frozenset()
    with django_assert_num_queries(3):
        names = queries.perimeter_names([home.siren, north.siren, "80829", "80000"])
    assert names == {home.siren: "Pays d’essai", north.siren: "CC CC du Nord", "80829": "Y"}
    peronne = Commune.objects.get(pk="80620")
    assert queries.perimeters_over(peronne) == {"80620", north.siren, home.siren}


def test_a_point_finds_the_commune_whose_contour_holds_it() -> None:
    small_territory()
    inside, edge = queries.commune_at(50.01, 3.19), queries.commune_at(50.09, 3.41)
    assert (inside and inside.code, edge and edge.code) == ("80829", "80557")
    assert queries.commune_at(48.85, 2.35) is None
    assert queries.commune_at(float("nan"), 3.0) is None


def test_the_drawing_places_points_in_its_own_units() -> None:
    load_territory(document=territory_file(), by=None, at=AT)
    drawing = queries.drawing_of(Territory.objects.get())
    assert drawing is not None
    assert (drawing.view_box, drawing.place(50.05, 3.15)) == ("0 0 300 100", (150, 50))
    assert queries.drawing_of(territory(slug="sans-carte")) is None


@pytest.mark.parametrize("code", ["80620", "02604", "2A004", "2B033", "97411", "01001"])
def test_a_search_number_gives_its_code_back(code: str) -> None:
    assert queries.code_of_number(queries.search_number(code)) == code
