"""What must stay true of the committed data set of the PETR Cœur des Hauts-de-France."""

from __future__ import annotations

import re
from collections import Counter

import pytest
import shapely
from shapely.geometry import Point, Polygon

from maillage.territories.data_format import CommuneRecord, TerritoryFile
from maillage.territories.geometry import contains
from tests.tools.conftest import PETR_FILE, drawn

HAUTE_SOMME, EST_DE_LA_SOMME, TERRE_DE_PICARDIE = "200037059", "200070985", "200070928"


@pytest.fixture(scope="module")
def communes(petr: TerritoryFile) -> dict[str, CommuneRecord]:
    return {commune["code"]: commune for commune in petr["communes"]}


def test_the_territory_has_144_communes_60_41_and_43(petr: TerritoryFile) -> None:
    assert petr["territory"]["siren"] == "200078244"
    assert petr["territory"]["name"] == "PETR Cœur des Hauts-de-France"
    assert [(epci["siren"], epci["short_name"], epci["slug"], len(epci["communes"])) for epci in petr["epcis"]] == [
        (HAUTE_SOMME, "Haute Somme", "haute-somme", 60),
        (EST_DE_LA_SOMME, "Est de la Somme", "est-de-la-somme", 41),
        (TERRE_DE_PICARDIE, "Terre de Picardie", "terre-de-picardie", 43),
    ]
    assert len(petr["communes"]) == 144


def test_each_commune_names_the_epci_that_lists_it(petr: TerritoryFile, communes: dict[str, CommuneRecord]) -> None:
    listed = {code: epci["siren"] for epci in petr["epcis"] for code in epci["communes"]}
    assert listed == {code: commune["epci"] for code, commune in communes.items()}


def test_pithon_alone_is_in_the_aisne(petr: TerritoryFile, communes: dict[str, CommuneRecord]) -> None:
    assert petr["territory"]["department_codes"] == ["02", "80"]
    assert [code for code, commune in communes.items() if commune["department_code"] == "02"] == ["02604"]
    assert communes["02604"]["name"] == "Pithon"
    assert communes["02604"]["epci"] == EST_DE_LA_SOMME
    assert communes["02604"]["postal_codes"] == ["02480"]


def test_postcode_80200_is_in_the_three_epci(communes: dict[str, CommuneRecord]) -> None:
    holders = {commune["epci"] for commune in communes.values() if "80200" in commune["postal_codes"]}
    assert holders == {HAUTE_SOMME, EST_DE_LA_SOMME, TERRE_DE_PICARDIE}


def test_postcodes_of_each_epci_are_the_known_ones(communes: dict[str, CommuneRecord]) -> None:
    def postcodes(siren: str) -> str:
        return " ".join(sorted({code for c in communes.values() if c["epci"] == siren for code in c["postal_codes"]}))

    assert postcodes(HAUTE_SOMME) == "80122 80200 80240 80360 80740"
    assert postcodes(EST_DE_LA_SOMME) == "02480 80190 80200 80320 80400 80700"
    assert postcodes(TERRE_DE_PICARDIE) == "80131 80170 80200 80320 80340 80700 80910 80980"


def test_names_keep_their_ligatures_accents_and_single_letter(communes: dict[str, CommuneRecord]) -> None:
    names = {code: communes[code]["name"] for code in ("80829", "80629", "80472", "80271", "80275", "80557", "80509")}
    assert names == {
        "80829": "Y", "80629": "Pœuilly", "80472": "Lesbœufs", "80271": "Épehy", "80275": "Équancourt",
        "80557": "Estrées-Mons", "80509": "Marchélepot-Misery",
    }  # fmt: skip


def test_former_codes_lead_to_the_commune_of_today(communes: dict[str, CommuneRecord]) -> None:
    today = {
        former["code"]: code
        for code, commune in communes.items()
        for former in commune["former_codes"]
        if former["code"] != code
    }
    assert today == {
        "80641": "80002", "80254": "80230", "80506": "80230", "80075": "80247", "80660": "80342", "80286": "80410",
        "80720": "80410", "80389": "80442", "80551": "80509", "80471": "80521", "80289": "80557", "80653": "80617",
        "80567": "80620", "80715": "80620", "80447": "80621", "80448": "80621", "80608": "80621",
    }  # fmt: skip


def test_former_communes_are_named_and_seats_too(communes: dict[str, CommuneRecord]) -> None:
    named = {former["code"]: former["name"] for commune in communes.values() for former in commune["former_codes"]}
    assert all(named.values())
    assert named["80389"] == "Grécourt"
    assert named["80621"] == "Pertain"


@pytest.mark.parametrize(
    ("year", "municipal", "total"),
    [
        (2021, (26606, 19829, 18039), 65505),
        (2022, (26454, 19688, 17997), 65175),
        (2023, (26393, 19637, 17968), None),
    ],
)
def test_populations_add_up_to_the_published_figures(
    communes: dict[str, CommuneRecord], year: int, municipal: tuple[int, int, int], total: int | None
) -> None:
    found: Counter[str | None] = Counter()
    totals: list[int | None] = []
    for commune in communes.values():
        (figure,) = [figure for figure in commune["populations"] if figure["year"] == year]
        found[commune["epci"]] += figure["municipal"]
        totals.append(figure["total"])
    assert tuple(found[siren] for siren in (HAUTE_SOMME, EST_DE_LA_SOMME, TERRE_DE_PICARDIE)) == municipal
    assert totals == [None] * 144 if total is None else sum(filter(None, totals)) == total


def test_every_commune_has_the_five_census_years(communes: dict[str, CommuneRecord]) -> None:
    years = {tuple(figure["year"] for figure in commune["populations"]) for commune in communes.values()}
    assert years == {(2019, 2020, 2021, 2022, 2023)}


def test_five_town_halls_are_not_believed(communes: dict[str, CommuneRecord]) -> None:
    doubtful = {code for code, commune in communes.items() if not commune["is_town_hall_reliable"]}
    assert doubtful == {"80397", "80616", "80568", "80680", "80701"}


def test_centres_stand_inside_their_own_commune_only(communes: dict[str, CommuneRecord]) -> None:
    for commune in communes.values():
        geometry, latitude, longitude = commune["geometry"], commune["latitude"], commune["longitude"]
        assert geometry is not None
        assert latitude is not None
        assert longitude is not None
        assert contains(geometry, latitude, longitude), commune["name"]
    shapes = {code: drawn(commune["geometry"]) for code, commune in communes.items()}
    for commune in communes.values():
        holders = [
            code
            for code, area in shapes.items()
            if area.contains(Point(commune["longitude"] or 0, commune["latitude"] or 0))
        ]
        assert holders == [commune["code"]]


def test_areas_add_up_to_the_territory_within_one_percent(communes: dict[str, CommuneRecord]) -> None:
    assert sum(commune["area_km2"] or 0 for commune in communes.values()) == pytest.approx(1022.25, rel=0.01)


def test_neighbours_are_mutual_and_named(communes: dict[str, CommuneRecord]) -> None:
    pairs = {(code, near["code"]) for code, commune in communes.items() for near in commune["neighbours"]}
    inside = {(one, other) for one, other in pairs if other in communes}
    assert inside == {(other, one) for one, other in inside}
    assert all(one != other for one, other in pairs)
    assert len(pairs) > len(inside)
    for commune in communes.values():
        assert commune["neighbours"], commune["name"]
        for near in commune["neighbours"]:
            assert near["name"] == communes[near["code"]]["name"] if near["code"] in communes else near["name"]


def test_peronne_touches_its_known_neighbours(communes: dict[str, CommuneRecord]) -> None:
    names = {near["name"] for near in communes["80620"]["neighbours"]}
    assert {"Doingt", "Cléry-sur-Somme", "Allaines"} <= names


def test_simplified_communes_leave_no_gap_and_no_overlap(communes: dict[str, CommuneRecord]) -> None:
    shapes = [drawn(commune["geometry"]) for commune in communes.values()]
    assert all(area.is_valid for area in shapes)
    assert shapely.coverage_is_valid(shapes)
    union = shapely.union_all(shapes)
    assert isinstance(union, Polygon)
    assert len(union.interiors) == 0
    assert sum(area.area for area in shapes) == pytest.approx(union.area, rel=1e-9)


def test_outlines_are_the_sum_of_their_communes(petr: TerritoryFile, communes: dict[str, CommuneRecord]) -> None:
    whole = drawn(petr["territory"]["outline"])
    for epci in petr["epcis"]:
        parts = shapely.union_all([drawn(communes[code]["geometry"]) for code in epci["communes"]])
        assert drawn(epci["outline"]).symmetric_difference(parts).area < 1e-12
        assert whole.buffer(1e-9).contains(parts)


def test_coordinates_have_at_most_five_decimals(petr: TerritoryFile) -> None:
    for commune in petr["communes"]:
        points = shapely.get_coordinates(drawn(commune["geometry"]))
        assert (points.round(5) == points).all()


def test_the_drawing_has_a_path_for_each_commune_and_epci(
    petr: TerritoryFile, communes: dict[str, CommuneRecord]
) -> None:
    drawing = petr["drawing"]
    assert drawing is not None
    assert set(drawing["communes"]) == set(communes)
    assert set(drawing["epcis"]) == {HAUTE_SOMME, EST_DE_LA_SOMME, TERRE_DE_PICARDIE}
    paths = [*drawing["communes"].values(), *drawing["epcis"].values(), drawing["territory"]]
    assert all(re.fullmatch(r"(M-?\d+ -?\d+l(-?\d+| )+z)+", path) for path in paths)
    _, _, width, height = drawing["view_box"]
    for commune in communes.values():
        x = ((commune["longitude"] or 0) - drawing["west"]) * drawing["x_per_degree"]
        y = (drawing["north"] - (commune["latitude"] or 0)) * drawing["y_per_degree"]
        assert 0 < x < width
        assert 0 < y < height


def test_the_notice_states_sources_licence_and_date(petr: TerritoryFile) -> None:
    notice = PETR_FILE.with_name("coeur-des-hauts-de-france.NOTICE.md").read_text(encoding="utf-8")
    for words in ("Licence Ouverte 2.0", "INSEE", "IGN", "DILA", "6.0.0", "1.1.0", "22 novembre 2026", "Gueudecourt"):
        assert words in notice
    assert petr["notice"]["licence"] == "Licence Ouverte 2.0"
    assert len(petr["notice"]["sources"]) == 3


def test_the_file_weighs_less_than_400_kilobytes() -> None:
    assert PETR_FILE.stat().st_size < 400_000
