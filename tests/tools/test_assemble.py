from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
import shapely

from tests.tools.conftest import Builder, drawn
from tools.build_territory.assemble import build_france
from tools.build_territory.codes import OfficialCodes
from tools.build_territory.contours import ContourTable
from tools.build_territory.problems import BuildError

# The Doubs has Longeville (25346), and La Longeville (25347), now a part of Pays-de-Montbenoît (25390).
LOUE_LISON, MONTBENOIT = "200068070", "25390"
CHARTREUSE = "200040111"
REUNION_WEST = "249740101"
CENTRE_MARTINIQUE = "249720061"
HAUTES_TERRES = "200066637"


def test_two_communes_of_one_name_in_one_epci_stay_apart(build_epci: Builder) -> None:
    built = build_epci(CHARTREUSE)
    twins = {commune["code"]: commune for commune in built["communes"] if commune["name"] == "Saint-Pierre-d'Entremont"}
    assert set(twins) == {"38446", "73274"}
    assert twins["38446"]["department_code"] == "38"
    assert twins["73274"]["department_code"] == "73"
    assert twins["38446"]["siren"] != twins["73274"]["siren"]
    assert twins["38446"]["geometry"] != twins["73274"]["geometry"]
    assert {"code": "73274", "name": "Saint-Pierre-d'Entremont"} in twins["38446"]["neighbours"]
    assert built["territory"]["department_codes"] == ["38", "73"]


def test_a_department_with_the_same_name_twice_keeps_each_code_to_itself(
    build_epci: Builder, official: OfficialCodes
) -> None:
    built = build_epci(LOUE_LISON, official.epci_of[MONTBENOIT])
    assert built["territory"]["department_codes"] == ["25"]
    communes = {commune["code"]: commune for commune in built["communes"]}
    assert communes["25346"]["name"] == "Longeville"
    assert communes["25346"]["former_codes"] == []
    former = {former["code"]: former["name"] for former in communes[MONTBENOIT]["former_codes"]}
    assert former["25347"] == "La Longeville"
    assert former[MONTBENOIT] == "Montbenoît"
    assert communes["25346"]["populations"][-1] == {"year": 2023, "municipal": 174, "total": None}


def test_communes_merged_since_a_census_are_added_up(build_epci: Builder, official: OfficialCodes) -> None:
    built = build_epci(official.epci_of[MONTBENOIT])
    (merged,) = [commune for commune in built["communes"] if commune["code"] == MONTBENOIT]
    # Montbenoît alone had about 400 inhabitants.
    assert [figure["year"] for figure in merged["populations"]] == [2019, 2020, 2021, 2022, 2023]
    assert all(1_700 < figure["municipal"] < 2_000 for figure in merged["populations"])


def test_a_territory_overseas_is_built_like_any_other(build_epci: Builder) -> None:
    built = build_epci(REUNION_WEST)
    assert len(built["communes"]) == 5
    assert built["territory"]["department_codes"] == ["974"]
    assert built["territory"]["region_codes"] == ["04"]
    for commune in built["communes"]:
        assert -21.4 < (commune["latitude"] or 0) < -20.8
        assert 55.2 < (commune["longitude"] or 0) < 55.7
        assert {figure["year"] for figure in commune["populations"]} >= {2021, 2022, 2023}
    assert sum(commune["area_km2"] or 0 for commune in built["communes"]) == pytest.approx(537, rel=0.02)
    assert shapely.coverage_is_valid([drawn(commune["geometry"]) for commune in built["communes"]])


def test_homonyms_of_martinique_and_guadeloupe_do_not_meet(build_epci: Builder) -> None:
    built = build_epci(CENTRE_MARTINIQUE)
    saint_joseph = [commune for commune in built["communes"] if commune["name"] == "Saint-Joseph"]
    assert [commune["code"] for commune in saint_joseph] == ["97224"]
    assert all(near["code"].startswith("972") for commune in built["communes"] for near in commune["neighbours"])


def test_communes_without_contour_are_kept_and_reported(build_epci: Builder) -> None:
    built = build_epci(HAUTES_TERRES)
    bare = {commune["code"]: commune for commune in built["communes"] if commune["geometry"] is None}
    assert set(bare) == {"15031", "15035", "15047", "15171"}
    for commune in bare.values():
        assert commune["latitude"] is None
        assert commune["area_km2"] is None
        assert commune["point_source"] is None
        assert not commune["is_town_hall_reliable"]
        assert commune["neighbours"] == []
    assert any(
        warning.startswith("Sans contour, donc absentes de la carte dessinée : Celles (15031)")
        for warning in built["notice"]["warnings"]
    )


def test_a_merged_commune_without_contour_gets_those_of_its_parts(build_epci: Builder, official: OfficialCodes) -> None:
    built = build_epci(official.epci_of["69114"])
    (merged,) = [commune for commune in built["communes"] if commune["code"] == "69114"]
    assert merged["geometry"] is not None
    assert any("Porte des Pierres Dorées (69114)" in warning for warning in built["notice"]["warnings"])


def test_an_unknown_epci_is_refused(build_epci: Builder) -> None:
    with pytest.raises(BuildError, match="Aucune intercommunalité ne porte le SIREN 123456789"):
        build_epci("123456789")


def test_all_of_france_comes_without_shapes(official: OfficialCodes, contours: ContourTable) -> None:
    france = build_france(date(2026, 11, 22), official, contours)
    assert len(france["communes"]) == 34_969
    assert len(france["epcis"]) == 1_255
    assert france["drawing"] is None
    assert all(commune["geometry"] is None for commune in france["communes"])
    assert sum(commune["latitude"] is None for commune in france["communes"]) < 110
    repeated = [slug for slug, times in Counter(epci["slug"] for epci in france["epcis"]).items() if times > 1]
    assert repeated == []
