from __future__ import annotations

from pathlib import Path

import pytest

from tools.build_territory.codes import OfficialCodes
from tools.build_territory.problems import BuildError


@pytest.mark.parametrize(
    ("year", "haute_somme", "est", "terre"),
    [
        (2019, 27052, 20177, 18233),
        (2020, 26767, 19989, 18152),
        (2021, 26606, 19829, 18039),
        (2022, 26454, 19688, 17997),
        (2023, 26393, 19637, 17968),
    ],
)
def test_each_edition_is_read_as_the_right_census(
    official: OfficialCodes, year: int, haute_somme: int, est: int, terre: int
) -> None:
    def total(siren: str) -> int:
        return sum(
            figure["municipal"]
            for member in official.epcis[siren]["membres"]
            for figure in official.populations[member["code"]]
            if figure["year"] == year
        )

    assert [total(siren) for siren in ("200037059", "200070985", "200070928")] == [haute_somme, est, terre]


def test_mayotte_has_its_only_census_of_2017(official: OfficialCodes) -> None:
    assert [figure["year"] for figure in official.populations["97601"]] == [2017]


def test_collectivities_whose_census_year_is_unsure_have_no_figure(official: OfficialCodes) -> None:
    assert "97502" in official.communes
    assert "97502" not in official.populations


def test_an_island_outside_any_epci_has_the_years_that_its_edition_knows(official: OfficialCodes) -> None:
    assert "29083" not in official.epci_of
    figures = {figure["year"]: figure["total"] for figure in official.populations["29083"]}
    assert figures == {2020: None, 2022: None, 2023: None}


def test_a_former_code_leads_to_one_commune_of_today(official: OfficialCodes) -> None:
    assert official.successor["80389"] == "80442"
    assert not set(official.successor) & set(official.communes)
    assert set(official.successor.values()) <= set(official.communes)


def test_a_folder_without_the_packages_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="npm ci"):
        OfficialCodes(tmp_path).version("decoupage-2021")
