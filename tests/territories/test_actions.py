from __future__ import annotations

import pytest

from maillage.kernel.models import JournalEntry
from maillage.search.models import Change
from maillage.territories.actions import load_territory
from maillage.territories.data_format import TerritoryFileError
from maillage.territories.models import Commune, CommuneShape, FormerCommune, Neighbour, Population, Territory
from maillage.territories.queries import search_number
from tests.factories import AT
from tests.territories.files import territory_file

pytestmark = pytest.mark.django_db


def test_a_load_writes_every_table() -> None:
    report = load_territory(document=territory_file(), by=None, at=AT)
    counts = {kind: tally.created for kind, tally in report.tallies.items()}
    assert counts == {
        "epci": 2, "commune": 3, "shape": 3, "former": 1, "population": 6, "neighbour": 1, "territory": 1,
    }  # fmt: skip
    assert not report.is_unchanged
    territory = Territory.objects.get()
    assert sorted(territory.communes.values_list("pk", flat=True)) == ["02003", "80001", "80002"]
    assert Commune.objects.get(pk="02003").name_key == "poeuilly"


def test_a_second_load_writes_nothing_and_says_so() -> None:
    load_territory(document=territory_file(), by=None, at=AT)
    acts, changes = JournalEntry.objects.count(), Change.objects.count()
    report = load_territory(document=territory_file(), by=None, at=AT)
    assert report.is_unchanged
    assert (JournalEntry.objects.count(), Change.objects.count()) == (acts, changes)


def test_a_dry_run_tells_all_and_writes_nothing() -> None:
    report = load_territory(document=territory_file(), by=None, at=AT, is_dry_run=True)
    assert report.tallies["commune"].created == 3
    assert not Territory.objects.exists()
    assert not Commune.objects.exists()
    assert not JournalEntry.objects.exists()


def test_the_search_hears_of_each_commune_and_the_journal_of_the_load() -> None:
    load_territory(document=territory_file(), by=None, at=AT)
    heard = Change.objects.filter(kind="commune").values_list("object_id", flat=True)
    assert sorted(heard) == sorted(search_number(code) for code in ("02003", "80001", "80002"))
    assert JournalEntry.objects.get().verb == "load_territory"


def test_a_new_census_touches_only_populations() -> None:
    load_territory(document=territory_file(), by=None, at=AT)
    newer = territory_file()
    newer["communes"][0]["populations"].append({"year": 2024, "municipal": 95, "total": None})
    newer["communes"][0]["populations"][0]["municipal"] = 101
    report = load_territory(document=newer, by=None, at=AT)
    assert {kind for kind, tally in report.tallies.items() if tally.writes} == {"population"}
    assert (report.tallies["population"].created, report.tallies["population"].changed) == (1, 1)


def test_what_left_the_file_leaves_the_database_but_the_commune_stays_known() -> None:
    load_territory(document=territory_file(), by=None, at=AT)
    smaller = territory_file()
    smaller["communes"] = [commune for commune in smaller["communes"] if commune["code"] != "02003"]
    smaller["epcis"] = smaller["epcis"][:1]
    smaller["communes"][1]["neighbours"] = []
    smaller["communes"][0]["former_codes"] = []
    load_territory(document=smaller, by=None, at=AT)
    assert Commune.objects.filter(pk="02003").exists()
    assert not Territory.objects.get().communes.filter(pk="02003").exists()
    assert not Neighbour.objects.exists()
    assert not FormerCommune.objects.exists()
    assert load_territory(document=smaller, by=None, at=AT).is_unchanged


def test_a_renamed_commune_keeps_its_rows() -> None:
    load_territory(document=territory_file(), by=None, at=AT)
    renamed = territory_file()
    renamed["communes"][0]["name"] = "Péronne-sur-Somme"
    report = load_territory(document=renamed, by=None, at=AT)
    assert report.tallies["commune"].changed == 1
    assert Commune.objects.get(pk="80001").name_key == "peronne sur somme"
    assert Population.objects.filter(commune="80001").count() == 2
    assert CommuneShape.objects.filter(pk="80001").exists()


def test_an_overseas_community_has_three_figures_for_its_department_and_its_region() -> None:
    document = territory_file()
    document["communes"][0] |= {"department_code": "975", "region_code": "975"}
    load_territory(document=document, by=None, at=AT)
    assert Commune.objects.filter(region_code="975", department_code="975").count() == 1


def test_two_territories_can_share_communes() -> None:
    load_territory(document=territory_file(), by=None, at=AT)
    other = territory_file()
    other["territory"] = {**other["territory"], "siren": "200000008", "slug": "autre", "name": "Autre pays"}
    load_territory(document=other, by=None, at=AT)
    assert Commune.objects.count() == 3
    assert Commune.objects.get(pk="80001").territories.count() == 2


def test_a_commune_of_an_epci_that_the_file_does_not_describe_is_refused_whole() -> None:
    wrong = territory_file()
    wrong["communes"][1]["epci"] = "299999999"
    with pytest.raises(TerritoryFileError, match="Y est rattachée à l’EPCI 299999999"):
        load_territory(document=wrong, by=None, at=AT)
    assert not Commune.objects.exists()
