from __future__ import annotations

import csv
import lzma
from pathlib import Path

import pytest
from shapely import Point, Polygon, box

from tools.build_territory.contours import read_contours
from tools.build_territory.problems import BuildError

COLUMNS = ["id", "code", "type", "nom", "commune_parent_id", "geometry", "mairie_localisation"]


def hexadecimal(shape: Polygon | Point) -> str:
    return str(shape.wkb.hex()).upper()


def table(path: Path, *rows: list[str]) -> Path:
    with lzma.open(path, "wt", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([COLUMNS, *rows])
    return path


def test_a_commune_without_contour_is_put_together_from_its_parts(tmp_path: Path) -> None:
    path = table(
        tmp_path / "communes.csv.lzma",
        ["1", "01001", "COM", "Ensemble", "\\N", "\\N", hexadecimal(Point(0.5, 0.5))],
        ["2", "01001", "COMD", "Gauche", "1", hexadecimal(box(0, 0, 1, 1)), "\\N"],
        ["3", "01002", "COMD", "Droite", "1", hexadecimal(box(1, 0, 2, 1)), ""],
    )
    found = read_contours(path)
    assert found.areas["01001"].equals(box(0, 0, 2, 1))
    assert found.assembled == {"01001"}
    assert found.town_halls["01001"] == Point(0.5, 0.5)
    assert found.names["01002"] == "Droite"


def test_a_crossed_contour_is_mended_and_an_empty_point_ignored(tmp_path: Path) -> None:
    bow_tie = Polygon([(0, 0), (2, 2), (2, 0), (0, 2)])
    path = table(
        tmp_path / "communes.csv.lzma",
        ["1", "01001", "COM", "Nœud", "\\N", hexadecimal(bow_tie), hexadecimal(Point())],
    )
    found = read_contours(path)
    assert found.areas["01001"].is_valid
    assert found.areas["01001"].area == pytest.approx(2)
    assert found.town_halls == {}


@pytest.mark.parametrize("content", [b"", b"<html>", lzma.compress(b"a,b\n1,2\n")])
def test_a_table_that_is_not_one_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "communes.csv.lzma"
    path.write_bytes(content)
    with pytest.raises(BuildError, match="ne peut pas être lue"):
        read_contours(path)
    with pytest.raises(BuildError, match="ne peut pas être lue"):
        read_contours(tmp_path / "absent.lzma")
