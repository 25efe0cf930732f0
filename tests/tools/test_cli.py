from __future__ import annotations

from pathlib import Path

import pytest

from maillage.territories.data_format import read_territory_file
from tests.tools.conftest import PETR_FILE, ROOT
from tools.build_territory.cli import main

PETR_ARGUMENTS = [
    "--siren", "200078244", "--epci", "200037059,200070985,200070928", "--name", "PETR Cœur des Hauts-de-France",
    "--slug", "coeur-des-hauts-de-france", "--kind", "petr", "--date", "2026-11-22",
]  # fmt: skip


def test_building_the_petr_again_gives_the_committed_bytes(tmp_path: Path) -> None:
    output = tmp_path / "petr.json"
    assert main([*PETR_ARGUMENTS, "--output", str(output)]) == 0
    assert output.read_bytes() == PETR_FILE.read_bytes()
    assert "petr.json" in (tmp_path / "petr.NOTICE.md").read_text(encoding="utf-8")


def test_one_epci_takes_its_name_from_the_official_list(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    output = tmp_path / "chartreuse.json.gz"
    assert main(["--siren", "200040111", "--output", str(output)]) == 0
    built = read_territory_file(output)
    assert built["territory"]["name"] == "CC Coeur de Chartreuse"
    assert built["territory"]["kind"] == "epci"
    said = capsys.readouterr().out
    assert "communes, 1 intercommunalité(s)." in said
    assert sorted(path.name for path in tmp_path.iterdir()) == ["chartreuse.NOTICE.md", "chartreuse.json.gz"]
    notice = (tmp_path / "chartreuse.NOTICE.md").read_text(encoding="utf-8")
    assert str(tmp_path) not in notice


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--siren", "999999999"], "Aucune intercommunalité ne porte le SIREN 999999999"),
        (["--siren", "200078244"], "Un PETR n’est pas dans ces listes"),
        (["--siren", "12"], "« 12 » n’est pas un SIREN"),
        (["--siren", "２０００３７０５９"], "n’est pas un SIREN"),
        ([], "Indiquez --siren"),
        (["--epci", "200037059,200070985"], "donnez aussi --siren et --name"),
        (["--epci", "200037059,200037059", "--siren", "200078244", "--name", "X"], "citée deux fois"),
        (["--epci", "200037059,999999999", "--siren", "200078244", "--name", "X"], "999999999"),
        (["--siren", "200037059", "--slug", "Pas Bon"], "L’adresse (--slug)"),
    ],
)
def test_a_wrong_request_is_refused_in_french_and_writes_nothing(
    arguments: list[str], sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*arguments, "--output", str(tmp_path / "rien.json")]) == 1
    assert sentence in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_missing_packages_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    output = tmp_path / "rien.json"
    assert main(["--siren", "200037059", "--node-modules", str(tmp_path), "--output", str(output)]) == 1
    assert "n’est pas installé" in capsys.readouterr().err
    assert not output.exists()


def test_an_edition_of_another_version_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    modules = tmp_path / "node_modules"
    for folder in ("@etalab/decoupage-administratif", "decoupage-2022", "decoupage-2023", "decoupage-2025"):
        (modules / folder).parent.mkdir(parents=True, exist_ok=True)
        (modules / folder).symlink_to(ROOT / "node_modules" / folder)
    other = modules / "decoupage-2021"
    other.mkdir()
    (other / "data").symlink_to(ROOT / "node_modules/decoupage-2021/data")
    (other / "package.json").write_text('{"version": "2.0.0"}')
    output = tmp_path / "rien.json"
    assert main(["--siren", "200037059", "--node-modules", str(modules), "--output", str(output)]) == 1
    assert "version 2.0.0 au lieu de 2.3.1" in capsys.readouterr().err
    assert not output.exists()


def test_a_wrong_date_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as refusal:
        main(["--siren", "200037059", "--date", "22/11/2026"])
    assert refusal.value.code == 2
    assert "écrivez la date comme 2026-11-22" in capsys.readouterr().err
