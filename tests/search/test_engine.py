from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from maillage.search.engine import SORTS, Document, Engine, Query, Row, week_slot
from tests.search.conftest import Builder, organisation, update

TOWN = [
    organisation(1, "Ressourcerie de la Somme", body="réemploi et vente", places=("Péronne", "80200"), quality=80),
    organisation(2, "Épicerie solidaire", body="aide alimentaire", places=("Pœuilly",), identifiers=("130025265",)),
    organisation(3, "Tiers-lieu du Canal", body="ateliers et bureaux", places=("Y",), aliases=("TLC",)),
    organisation(4, "L'Atelier d'insertion", body="menuiserie, transport", places=("Péronne",), quality=50),
    Document(kind="commune", id=80620, title="Péronne", url="/communes/80620/", quality=100),
]


def titles(engine: Engine, text: str, **fields: object) -> list[str]:
    return [row.title for row in engine.search(replace(Query(text=text), **fields)).rows]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("recyclerie", {1}),
        ("mobilité", {4}),
        ("Peronne", {1, 4, 80620}),
        ("poeuilly", {2}),
        ("Pœuilly", {2}),
        ("tiers lieu", {3}),
        ("tiers-lieux", {3}),
        ("Y", {3}),
        ("epicerie", {2}),
        ("l’atelier", {3, 4}),
        ("TLC", {3}),
        ("130 025 265", {2}),
        ("80200", {1}),
        ("peronne menuiserie", {4}),
        ("peronne bureaux", set()),
    ],
)
def test_words_find_what_a_person_expects(indexed: Builder, text: str, expected: set[int]) -> None:
    answer = indexed(TOWN).search(Query(text=text))
    assert ({row.id for row in answer.rows}, answer.total) == (expected, len(expected))


def test_a_typo_is_forgiven_and_said(indexed: Builder) -> None:
    answer = indexed(TOWN).search(Query(text="resourcerie de peronme"))
    assert (answer.corrected_text, [row.id for row in answer.rows]) == ("ressourcerie peronne", [1])


def test_what_exists_is_never_corrected(indexed: Builder) -> None:
    engine = indexed([*TOWN, organisation(9, "Peronme")])
    assert engine.search(Query(text="peronme")).corrected_text == ""


@pytest.mark.parametrize(
    "text",
    [
        "a" * 100_000,
        "mot " * 25_000,
        "%" * 10_000,
        "\0",
        "\ud800\udfff",
        "* AND title:[a TO b] ~2 ^9 \\ \" ' ( ) { } : / +-!",
        "2" * 400,
        "\u202epéronne\u202c",
        "é" + "\u0301" * 1000,
        "𝔓éronne 🧺",
    ],
)
def test_any_text_is_harmless(indexed: Builder, text: str) -> None:
    engine = indexed(TOWN)
    answer = engine.search(Query(text=text))
    assert answer.state == "ready"
    assert answer.total == len(answer.rows)
    engine.suggest(text)
    engine.map_cells(Query(text=text), (2.0, 49.0, 4.0, 51.0))


@pytest.mark.parametrize(
    "query",
    [
        Query(bbox=(float("nan"), 0, float("inf"), 1)),
        Query(near=(float("nan"), 2.0), radius_km=3),
        Query(near=(49.9, 2.9), radius_km=float("inf")),
        Query(near=(49.9, 2.9), radius_km=-4),
        Query(near=(90.0, 0.0), radius_km=10),
        Query(filters={"commune": frozenset({"\ud800"}), "family": frozenset({"%"})}),
        Query(kinds=frozenset({"\0"})),
        Query(page=10**18, page_size=10**18),
        Query(page=-3, page_size=-9),
        Query(now_slot=99_999, is_open_only=True),
    ],
)
def test_any_number_is_harmless(indexed: Builder, query: Query) -> None:
    answer = indexed(TOWN).search(query)
    assert answer.state == "ready"
    assert answer.total >= len(answer.rows)


def test_an_unknown_facet_is_left_aside(indexed: Builder) -> None:
    assert indexed(TOWN).search(Query(filters={"couleur": frozenset({"rouge"})})).total == len(TOWN)


def test_titles_come_before_bodies_and_the_same_title_first(indexed: Builder) -> None:
    engine = indexed(
        [
            organisation(1, "Le grand atelier", body="jardin"),
            organisation(2, "Jardin des Hauts", body="atelier"),
            organisation(3, "Jardin", body="légumes"),
        ]
    )
    assert titles(engine, "jardin") == ["Jardin", "Jardin des Hauts", "Le grand atelier"]


def test_a_complete_sheet_comes_before_a_bare_one(indexed: Builder) -> None:
    engine = indexed([organisation(1, "Jardin Aa"), organisation(2, "Jardin Bb", quality=100)])
    assert titles(engine, "jardin") == ["Jardin Bb", "Jardin Aa"]


def test_without_words_the_best_documents_come_first(indexed: Builder) -> None:
    assert titles(indexed(TOWN), "")[:3] == ["Péronne", "Ressourcerie de la Somme", "L'Atelier d'insertion"]


def test_names_sort_without_accents_nor_capitals(indexed: Builder) -> None:
    names = ["Zèbre", "Épi", "eau", "Œuvre", "abri"]
    engine = indexed(organisation(number, name) for number, name in enumerate(names, 1))
    assert titles(engine, "", sort="nom") == ["abri", "eau", "Épi", "Œuvre", "Zèbre"]


def test_the_latest_change_comes_first_when_asked(indexed: Builder) -> None:
    engine = indexed(
        organisation(day, f"Fiche {day}", updated_at=datetime(2026, 1, day, tzinfo=UTC)) for day in (3, 9, 5)
    )
    assert titles(engine, "fiche", sort="recent") == ["Fiche 9", "Fiche 5", "Fiche 3"]


SPREAD = [
    organisation(1, "Ici", latitude=49.93, longitude=2.93),
    organisation(2, "Près", latitude=49.98, longitude=2.93),
    organisation(3, "Loin", latitude=50.40, longitude=2.93),
    organisation(4, "Nulle part"),
]


def test_distance_sorts_and_unknown_places_come_last(indexed: Builder) -> None:
    rows = indexed(SPREAD).search(Query(near=(49.93, 2.93), sort="distance")).rows
    found = [(row.title, None if row.distance_km is None else round(row.distance_km, 1)) for row in rows]
    assert found == [("Ici", 0.0), ("Près", 5.6), ("Loin", 52.3), ("Nulle part", None)]


def test_a_radius_keeps_what_lies_within(indexed: Builder) -> None:
    engine = indexed(SPREAD)
    assert engine.search(Query(near=(49.93, 2.93), radius_km=6)).total == 2
    assert engine.search(Query(near=(49.93, 2.93), radius_km=5)).total == 1


def test_a_box_keeps_its_borders_and_may_cross_the_antimeridian(indexed: Builder) -> None:
    engine = indexed([*SPREAD, organisation(5, "Fidji", latitude=-17.0, longitude=179.9)])
    assert engine.search(Query(bbox=(2.93, 49.93, 3.0, 49.98))).total == 2
    assert [row.title for row in engine.search(Query(bbox=(170.0, -20.0, -170.0, 0.0))).rows] == ["Fidji"]


def test_open_now_is_counted_and_filtered(indexed: Builder) -> None:
    monday_nine = week_slot(datetime(2026, 11, 23, 9, 7, tzinfo=UTC))
    engine = indexed([organisation(1, "Ouverte", open_slots=frozenset({monday_nine, 671})), organisation(2, "Fermée")])
    closed = engine.search(Query(now_slot=monday_nine))
    assert (closed.total, closed.open_count) == (2, 1)
    assert titles(engine, "", now_slot=monday_nine, is_open_only=True) == ["Ouverte"]
    assert titles(engine, "", now_slot=671, is_open_only=True) == ["Ouverte"]
    assert titles(engine, "", now_slot=670, is_open_only=True) == []


def test_week_slots_run_from_monday_midnight_to_sunday_night() -> None:
    assert week_slot(datetime(2026, 11, 23, 0, 0, tzinfo=UTC)) == 0
    assert week_slot(datetime(2026, 11, 29, 23, 59, tzinfo=UTC)) == 671


def test_a_filtered_facet_ignores_its_own_filter(indexed: Builder) -> None:
    engine = indexed(
        organisation(number, f"Fiche {number}", facets={"family": [family], "cc": [cc]})
        for number, (family, cc) in enumerate([("a", "1"), ("a", "2"), ("b", "1"), ("b", "1")], 1)
    )
    answer = engine.search(Query(filters={"family": frozenset({"a"})}))
    assert answer.total == 2
    assert answer.facets["family"] == [("a", 2), ("b", 2)]
    assert answer.facets["cc"] == [("1", 1), ("2", 1)]


def test_suggestions_complete_words_and_open_documents(indexed: Builder) -> None:
    engine = indexed([*TOWN, organisation(7, "Épicerie du Pont")])
    found = engine.suggest("épi")
    assert ("épicerie", "mot") in [(suggestion.text, suggestion.kind) for suggestion in found]
    assert {suggestion.text for suggestion in found if suggestion.kind == "organisation"} == {
        "Épicerie solidaire",
        "Épicerie du Pont",
    }
    assert [suggestion.key for suggestion in engine.suggest("pero")] == ["commune:80620"]
    assert engine.suggest("pero", kinds=frozenset({"organisation"})) == []
    assert engine.suggest("épicerie po")[-1].text == "Épicerie du Pont"
    assert engine.suggest("") == []


def test_pages_follow_each_other_without_gap_nor_double(indexed: Builder) -> None:
    engine = indexed(
        organisation(number, f"Jardin {number % 7}", quality=number % 3, latitude=49 + number / 1000, longitude=2.9)
        for number in range(1, 251)
    )
    for sort in SORTS:
        for text in ("", "jardin"):
            query = Query(text=text, sort=sort, near=(49.0, 2.9), page_size=20)
            seen = [row.id for page in range(1, 14) for row in engine.search(replace(query, page=page)).rows]
            assert sorted(seen) == list(range(1, 251)), (sort, text)
            assert seen == engine.matching_ids(query), (sort, text)


def test_a_change_replaces_and_a_removal_hides(indexed: Builder, tmp_path: Path) -> None:
    engine = indexed(TOWN)
    assert engine.search(Query(text="ressourcerie")).total == 1
    before = engine.version()
    update(tmp_path / "search", [organisation(1, "Recyclerie du Nord", facets={"cc": ["1"]})], [("organisation", 2)])
    assert engine.version() != before
    assert titles(engine, "somme") == []
    assert titles(engine, "recyclerie") == ["Recyclerie du Nord"]
    assert titles(engine, "épicerie") == []
    answer = engine.search(Query(kinds=frozenset({"organisation"})))
    assert (answer.total, answer.facets["cc"]) == (3, [("1", 1)])


def test_a_removed_object_may_come_back(indexed: Builder, tmp_path: Path) -> None:
    engine = indexed(TOWN)
    update(tmp_path / "search", [], [("organisation", 1)])
    update(tmp_path / "search", [TOWN[0]])
    assert titles(engine, "ressourcerie") == ["Ressourcerie de la Somme"]


def test_without_an_index_the_answer_says_so(tmp_path: Path) -> None:
    engine = Engine(tmp_path)
    assert engine.search(Query(text="péronne")).state == "missing"
    assert (engine.suggest("p"), engine.matching_ids(Query()), engine.version()) == ([], [], "")
    assert engine.map_cells(Query(), (2.0, 49.0, 4.0, 51.0)).total == 0


def test_map_cells_hold_every_document_of_the_box(indexed: Builder) -> None:
    engine = indexed(
        organisation(number, "Jardin" if number % 2 else "Atelier", latitude=49.5 + number / 100, longitude=2.5)
        for number in range(40)
    )
    cells = engine.map_cells(Query(text="jardin"), (2.0, 49.5, 3.0, 49.9), 4, 4)
    assert cells.total == engine.search(Query(text="jardin", bbox=(2.0, 49.5, 3.0, 49.9))).total == 20
    assert cells.x.tolist() == [2, 2, 2, 2]
    assert cells.y.tolist() == [0, 1, 2, 3]
    assert cells.latitude.tolist() == pytest.approx([49.55, 49.65, 49.75, 49.85])


def test_points_are_given_only_when_there_are_few(indexed: Builder) -> None:
    engine = indexed(SPREAD)
    box = (2.0, 49.0, 4.0, 51.0)
    rows = engine.points(Query(), box, limit=3)
    assert rows is not None
    assert {row.title for row in rows} == {"Ici", "Près", "Loin"}
    assert isinstance(rows[0], Row)
    assert engine.points(Query(), box, limit=2) is None
    assert sorted(engine.everything("organisation").ids.tolist()) == [1, 2, 3]


@pytest.mark.parametrize(
    "fields",
    [
        {"facets": {"couleur": ["rouge"]}},
        {"quality": 101},
        {"open_slots": frozenset({672})},
        {"latitude": 49.0},
        {"latitude": 91.0, "longitude": 0.0},
    ],
)
def test_a_document_refuses_what_could_not_be_counted(fields: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"facet|quality|slot|latitude"):
        organisation(1, "x", **fields)
