from __future__ import annotations

import copy
import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from maillage.territories.data_format import TerritoryFileError, read_territory_file

WHOLE: dict[str, Any] = {
    "format": 1,
    "territory": {"siren": "200000000", "slug": "essai", "name": "Essai"},
    "epcis": [{"siren": "200000001", "communes": ["01001"]}],
    "communes": [{"code": "01001"}],
    "drawing": None,
    "notice": {},
}


def changed(**parts: object) -> bytes:
    return json.dumps(copy.deepcopy(WHOLE) | parts).encode()


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_plain_or_packed_file_is_read(tmp_path: Path, pack: Any) -> None:
    path = tmp_path / "essai.json"
    path.write_bytes(pack(changed()))
    assert read_territory_file(path)["communes"][0]["code"] == "01001"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "est abîmé"),
        (b"{", "est abîmé"),
        (b"\xff\xfe", "est abîmé"),
        (b"<html></html>", "est abîmé"),
        (b"[" * 100_000, "est abîmé"),
        (gzip.compress(changed())[:-12], "est abîmé"),
        (b"\x1f\x8bnot gzip", "est abîmé"),
        (b"[]", "n’est pas un jeu de territoire au format 1"),
        (changed(format=2), "n’est pas un jeu de territoire au format 1"),
        (json.dumps({"format": 1}).encode(), "est incomplet"),
        (changed(communes=[], epcis=[]), "est incomplet"),
        (changed(communes=None), "est incomplet"),
        (changed(territory={"siren": "", "slug": ""}), "est incomplet"),
        (changed(communes=[{"code": "01002"}]), "se contredit"),
        (changed(communes=[{"code": "01001"}, {"code": "01001"}]), "se contredit"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_french(tmp_path: Path, content: bytes, sentence: str) -> None:
    path = tmp_path / "essai.json"
    path.write_bytes(content)
    with pytest.raises(TerritoryFileError, match=sentence):
        read_territory_file(path)


def test_a_missing_file_or_a_folder_is_refused_in_french(tmp_path: Path) -> None:
    with pytest.raises(TerritoryFileError, match="ne peut pas être lu"):
        read_territory_file(tmp_path / "absent.json")
    with pytest.raises(TerritoryFileError, match="ne peut pas être lu"):
        read_territory_file(tmp_path)


def test_a_file_that_swells_once_unpacked_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("maillage.territories.data_format.LONGEST_BYTES", 1_000)
    path = tmp_path / "bombe.json.gz"
    path.write_bytes(gzip.compress(b" " * 1_000_000))
    with pytest.raises(TerritoryFileError, match="trop gros"):
        read_territory_file(path)
