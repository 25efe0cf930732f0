"""The room stands in the house, and its lists of words lead to its own codes."""

from __future__ import annotations

import csv

from django.apps import apps

from maillage.aids.imports import vocabulary
from maillage.aids.queries.places import national, places_in
from maillage.aids.text import bare, clean_html
from maillage.kernel.text import fold
from tests.aids.world import HERE

DATA = HERE.parent.parent / "maillage/aids/data"


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_room_stands_in_the_house() -> None:
    assert apps.get_app_config("aids").name == "maillage.aids"


def test_every_word_of_a_source_leads_to_a_code_of_ours() -> None:
    own = vocabulary._OWN
    assert [row for row in rows("words.csv") if row["code"] not in own[row["list"]]] == []
    known = {row["code"] for row in _terms() if row["kind"] == "theme"}
    assert {row["theme"] for row in rows("themes.csv")} - known == set()


def _terms() -> list[dict[str, str]]:
    with (DATA.parent.parent / "directory/data/terms.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_finer_part_of_a_category_decides() -> None:
    assert vocabulary.theme_of("Culture et identité collective|Tiers-lieux") == "services-de-proximite"
    assert vocabulary.theme_of("Culture et identité collective|Cirque") == "culture"
    assert vocabulary.theme_of("Défense|Chars") == ""


def test_places_are_known_by_their_names_or_not_at_all() -> None:
    assert len([key for key in national() if key.startswith("region:")]) == 18
    assert len([key for key in national() if key.startswith("department:")]) == 101
    assert places_in("Hauts-de-France (Région)", {}) == ["region:32"]
    assert places_in("Aisne, Oise et Somme", {}) == ["department:02", "department:60", "department:80"]
    assert places_in("CC d’ici", {fold("CC d’ici"): "epci:200037059"}) == ["epci:200037059"]
    assert places_in("Somme, une vallée", {}) == []
    assert places_in("", {}) == []


def test_texts_of_others_are_harmless_and_cleaning_twice_changes_nothing() -> None:
    cases = {
        "R&amp;D pour 5 € & plus": "<p>R&amp;D pour 5 € &amp; plus</p>",
        "<b>Gras</b><style>p{}</style><img src=x onerror=y>": "<strong>Gras</strong>",
        '<a href="https://a.test/?b=1&c=2" target="_blank">Ici</a>': (
            '<a href="https://a.test/?b=1&amp;c=2" rel="nofollow noopener noreferrer">Ici</a>'
        ),
        "<a>Sans adresse</a> <a href='data:x'>ni bonne</a>": "<p>Sans adresse ni bonne</p>",
        "<svg><script>alert(1)</script></svg><h1>Titre</h1>": "<h3>Titre</h3>",
        "  ": "",
    }
    assert {text: clean_html(text) for text in cases} == cases
    assert {clean_html(text): clean_html(clean_html(text)) for text in cases} == {one: one for one in cases.values()}
    assert bare("<p>Un</p><p>deux &amp; trois</p>") == "Un deux & trois"
