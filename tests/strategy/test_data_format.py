from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from maillage.strategy.data_format import find_problems, read_strategy_file
from maillage.strategy.documents import FileRefused
from tests.strategy.files import strategy_file

Change = Callable[[Any], object]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda d: d.pop("title"), "title : clé absente."),
        (lambda d: d.update(title=" "), "title : ne peut pas être vide."),
        (lambda d: d.update(titre="x"), "titre : clé inconnue."),
        (lambda d: d.update(format=2), "format : 2 n’est pas connu"),
        (lambda d: d.update(territory="12"), "territory : un SIREN a 9 chiffres."),
        (lambda d: d.update(slug="Été"), "slug : des minuscules"),
        (lambda d: d.update(end_year=2020), "end_year : la dernière année vient avant la première."),
        (lambda d: d.update(start_year="2025"), "start_year : un nombre entier attendu."),
        (lambda d: d.update(axes={}), "axes : une liste"),
        (lambda d: d.update(axes=[]), "axes : ne peut pas être vide."),
        (lambda d: d["axes"].append("x"), "axes[2] : un objet"),
        (lambda d: d["axes"][1].update(number=1), "axes[1].number : « 1 » est déjà pris."),
        (lambda d: d["axes"][0]["objectives"].append(3), "axes[0].objectives[2] : un texte"),
        (lambda d: d["axes"][0]["measures"][1].update(code="1.1"), "axes[0].measures[1].code : « 1.1 » est déjà pris."),
        (lambda d: d["axes"][1]["measures"][0].update(code="1.9"), "axes[1].measures[0].code : « 1.9 » n’est pas"),
        (lambda d: d["axes"][1]["measures"][0].update(title="x" * 201), "axes[1].measures[0].title : 200 caractères"),
        (lambda d: d["bodies"][0].update(code="3.1"), "bodies[0].code : « 3.1 » n’est pas un code comme G.1"),
        (lambda d: d["figures"][0].update(counts="arbres"), "figures[0].counts : « arbres » n’est pas connu."),
        (lambda d: d["figures"][0].update(counts="population"), "figures[0] : donnez l’année du recensement"),
    ],
)
def test_a_mistake_is_told_with_its_place(change: Change, problem: str) -> None:
    document = strategy_file()
    change(document)
    problems = list(find_problems(document))
    assert [told for told in problems if told.startswith(problem)] == problems[:1]


def test_several_mistakes_are_told_at_once() -> None:
    document: Any = strategy_file()
    del document["axes"][0]["measures"][0]["title"]
    document["axes"][1]["measures"][0]["code"] = "x"
    assert list(find_problems(document)) == [
        "axes[0].measures[0].title : clé absente.",
        "axes[1].measures[0].code : « x » n’est pas un code comme 2.1.",
    ]


@pytest.mark.parametrize("document", [None, [], "x", 3])
def test_what_is_no_object_is_refused(document: object) -> None:
    assert len(list(find_problems(document))) == 1


def test_a_missing_comma_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_text('{\n "format": 1\n "slug": "x"\n}', encoding="utf-8")
    with pytest.raises(FileRefused, match="ligne 3, colonne 2"):
        read_strategy_file(path)


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"[" * 100_000, b"", b" " * 2_000_001])
def test_bytes_that_are_no_strategy_are_refused_in_french(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "plan.json"
    path.write_bytes(content)
    with pytest.raises(FileRefused, match=r"Le fichier « .*plan\.json »"):
        read_strategy_file(path)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="ne peut pas être lu"):
        read_strategy_file(tmp_path / "absent.json")


def test_the_shipped_strategy_has_its_four_axes_and_twenty_three_measures() -> None:
    document = read_strategy_file(settings.ROOT / "maillage/strategy/data/coeur-des-hauts-de-france.json")
    assert [len(axis["measures"]) for axis in document["axes"]] == [5, 6, 5, 7]
    assert [body["code"] for body in document["bodies"]] == ["G.1", "G.2"]
    assert all(len(axis["objectives"]) == 3 for axis in document["axes"])


def test_a_good_file_comes_back_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(strategy_file()), encoding="utf-8")
    assert read_strategy_file(path) == strategy_file()
