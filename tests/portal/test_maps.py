from __future__ import annotations

import pytest

from maillage.portal.queries.maps import coarser, commune_picture, extent, territory_picture
from maillage.territories.models import Commune, Territory
from maillage.territories.queries import communes_of, epcis_of


@pytest.mark.parametrize(
    ("path", "box"),
    [
        ("M0 0l100 0 0 100-100 0z", (0, 0, 100, 100)),
        ("M822 831l-5-3 0-17 11-25 1-1 21 8", (817, 785, 850, 831)),
        ("M10 10l5 5zM100 40l-3 7z", (10, 10, 100, 47)),
        ("M-5-7l1 1", (-5, -7, -4, -6)),
    ],
)
def test_the_extent_of_a_path_is_read_from_its_steps(path: str, box: tuple[int, int, int, int]) -> None:
    assert extent(path) == box


@pytest.mark.parametrize(
    ("path", "coarse"),
    [
        ("M0 0l100 0 0 100-100 0z", "M0 0l40 0 0 40-40 0z"),
        ("M10 10l1 0 0 1 50 0z", "M4 4l20 0z"),  # steps too small to be seen are left out
        ("M5 5l5-5zM50 50l-5 0 5 5z", "M2 2l2-2zM20 20l-2 0 2 2z"),
    ],
)
def test_a_coarser_path_has_shorter_steps(path: str, coarse: str) -> None:
    assert coarser(path) == coarse


def test_a_shared_border_stays_shared_when_coarser() -> None:
    left, right = coarser("M0 0l103 1 2 107-105-3z"), coarser("M208 4l-105-3 2 107 106 2z")
    assert extent(left)[2:] == (42, 43)
    assert extent(right)[:2] == (41, 0)


@pytest.mark.django_db
@pytest.mark.usefixtures("place")
def test_a_knot_grows_by_its_area_and_stands_on_its_commune() -> None:
    territory = Territory.objects.get()
    picture = territory_picture(territory, communes_of(territory), epcis_of(territory), {"80001": 4, "80002": 1})
    assert picture is not None
    assert [(knot.x, knot.y, knot.radius) for knot in picture.knots] == [(20, 20, 4.0), (60, 20, 2.0)]
    assert picture.view_box == "0 0 120 40"
    assert [(area.name, area.tone) for area in picture.areas] == [
        ("Péronne, 4\xa0structures", 1), ("Pœuilly", 2), ("Y, 1\xa0structure", 1),
    ]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.usefixtures("place")
def test_names_never_run_over_each_other_nor_out_of_the_map() -> None:
    territory = Territory.objects.get()
    Commune.objects.update(name="Un-très-long-nom")
    picture = territory_picture(territory, communes_of(territory), epcis_of(territory), {})
    assert picture is not None
    assert len(picture.labels) < 3


@pytest.mark.django_db
@pytest.mark.usefixtures("place")
def test_the_plan_of_a_commune_is_seen_from_near_with_its_neighbours() -> None:
    territory = Territory.objects.get()
    peronne, y = Commune.objects.get(pk="80001"), Commune.objects.get(pk="80002")
    picture = commune_picture(territory, y, [peronne], epcis_of(territory))
    assert picture is not None
    assert (picture.here, [area.name for area in picture.areas]) == ("M100 0l100 0 0 100-100 0z", ["Péronne"])
    assert picture.view_box == "-10 -110 320 320"
    outside = Commune(code="59999", name="Ailleurs", name_key="ailleurs")
    assert commune_picture(territory, outside, [], []) is None
