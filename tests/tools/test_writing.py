from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from maillage.territories.data_format import TerritoryFile
from tools.build_territory.problems import BuildError
from tools.build_territory.writing import serialise, write


def test_each_commune_has_its_own_line_and_accents_stay_readable(petr: TerritoryFile) -> None:
    content = serialise(petr)
    assert json.loads(content) == petr
    lines = content.decode().splitlines()
    assert sum(line.startswith('{"code":') for line in lines) == 144
    assert any("Pœuilly" in line for line in lines)


def test_a_packed_file_has_the_same_bytes_each_time(tmp_path: Path) -> None:
    one, other = tmp_path / "one.json.gz", tmp_path / "other.json.gz"
    write(one, b"content")
    write(other, b"content")
    assert one.read_bytes() == other.read_bytes()
    assert gzip.decompress(one.read_bytes()) == b"content"


def test_writing_makes_folders_replaces_the_file_and_leaves_no_scrap(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b.json"
    write(path, b"first")
    write(path, b"second")
    assert path.read_bytes() == b"second"
    assert [kept.name for kept in path.parent.iterdir()] == ["b.json"]
    assert path.stat().st_mode & 0o777 == 0o644


def test_a_place_that_cannot_be_written_is_refused_in_french(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(BuildError, match="Impossible d’écrire"):
        write(tmp_path / "file" / "b.json", b"")
    (tmp_path / "folder").mkdir()
    with pytest.raises(BuildError, match="Impossible d’écrire"):
        write(tmp_path / "folder", b"")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder"]
