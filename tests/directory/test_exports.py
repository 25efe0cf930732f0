from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.test import Client

from maillage.directory.enums import Status
from maillage.directory.exports.tables import workbook
from maillage.directory.queries.exporting import COLUMNS
from maillage.kernel.spreadsheets import csv_lines, defuse
from maillage.kernel.workbooks import Sheet, written
from tests.factories import AT, organisation, small_territory

Reindex = Callable[[], None]


def publish(name: str, **facts: Any) -> None:
    organisation(name, status=Status.PUBLISHED.value, **facts)


@pytest.fixture
def world(db: None, reindex: Reindex) -> None:
    small_territory()
    publish("=HYPERLINK(\"http://mal.test\")", place__commune_id="80620", activities="-1+1", phone="03 22 00 00 00",
            email="alice@exemple.test")  # fmt: skip
    publish("Menuiserie", place__commune_id="80629", family="cooperative", email="bonjour@exemple.test",
            contact_consent_at=AT, is_example=True, place__longitude=-1.5, place__latitude=49.0)  # fmt: skip
    publish("Sans lieu", family="cooperative")
    organisation("À relire")
    reindex()


def body(client: Client, address: str) -> bytes:
    response = client.get(address)
    assert response.status_code == 200
    assert "attachment; filename=" in response["Content-Disposition"]
    # Read to its end, the answer closes by itself; closing it again would drop the test's own connection.
    return b"".join(response.streaming_content)  # type: ignore[attr-defined]


def rows_of(content: bytes) -> list[dict[str, str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def test_the_csv_holds_the_same_question_as_the_list(client: Client, world: None) -> None:
    rows = rows_of(body(client, "/annuaire.csv"))
    assert list(rows[0]) == list(COLUMNS)
    assert len(rows) == 3
    asked = rows_of(body(client, "/annuaire.csv?famille=cooperative&tri=nom"))
    assert [row["nom"] for row in asked] == ["Menuiserie", "Sans lieu"]
    assert asked[0]["commune"] == "Pœuilly"
    assert asked[0]["donnee_exemple"] == "oui"
    assert asked[0]["longitude"] == "-1.5"
    assert asked[0]["source"] == "Source d’essai"


def test_no_cell_of_the_csv_is_a_formula(client: Client, world: None) -> None:
    row = next(row for row in rows_of(body(client, "/annuaire.csv")) if "HYPERLINK" in row["nom"])
    assert row["nom"] == '\'=HYPERLINK("http://mal.test")'
    assert row["activites"] == "'-1+1"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "﹦", "＋", "－", "＠", " =", "\u00a0@"])
def test_what_begins_like_a_formula_is_defused(start: str) -> None:
    assert defuse(f"{start}cmd|' /C calc'!A0").startswith("'")


@pytest.mark.parametrize("harmless", ["", "Atelier", "3 + 4", "-1.5", "oui", "L’=", "49.93"])
def test_what_is_harmless_stays_as_it_is(harmless: str) -> None:
    assert defuse(harmless) == harmless


def test_contacts_leave_only_with_consent(client: Client, world: None) -> None:
    for address in ("/annuaire.csv", "/annuaire.geojson"):
        text = body(client, address).decode()
        assert "alice@exemple.test" not in text
        assert "03 22" not in text
        assert "bonjour@exemple.test" in text


def test_the_workbook_opens_and_holds_text_only(client: Client, world: None) -> None:
    book = openpyxl.load_workbook(io.BytesIO(body(client, "/annuaire.xlsx?tri=nom")))
    sheet, notes = book["Annuaire"], book["Lisez-moi"]
    rows = list(sheet.iter_rows())
    assert [cell.value for cell in rows[0]] == list(COLUMNS)
    assert len(rows) == 4
    cells = [cell for row in rows for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr", "n"}
    assert any(cell.value == '=HYPERLINK("http://mal.test")' and cell.data_type != "f" for cell in cells)
    assert notes.max_row == len(COLUMNS)


def test_a_workbook_takes_letters_that_xml_does_not() -> None:
    with workbook({"nom": "nom"}, [{"nom": "a\x0bb\ud800c" + "x" * 40_000}], title="T") as written:
        book = openpyxl.load_workbook(written)
    value = book["T"]["A2"].value
    assert str(value).startswith("abcx")
    assert len(str(value)) == 32_767


def test_lone_surrogates_do_not_stop_a_csv() -> None:
    assert b"".join(csv_lines(["nom"], [{"nom": "a\ud800"}])).endswith(b"a?\r\n")


def test_the_geojson_has_one_feature_for_each_organisation(client: Client, world: None) -> None:
    data = json.loads(body(client, "/annuaire.geojson?famille=cooperative&tri=nom"))
    assert (data["type"], data["total"], len(data["features"])) == ("FeatureCollection", 2, 2)
    first, second = data["features"]
    assert first["geometry"] == {"type": "Point", "coordinates": [-1.5, 49.0]}
    assert second["geometry"] is None
    assert second["properties"]["nom"] == "Sans lieu"


def test_the_count_of_the_geojson_is_that_of_the_list(client: Client, world: None) -> None:
    for question in ("", "?famille=cooperative", "?q=menuiserie", "?lieu=80240", "?q=zzzz"):
        total = json.loads(body(client, f"/annuaire.geojson{question}"))["total"]
        words = "structure" if total < 2 else "structures"
        assert f"{total}\xa0{words}" in client.get(f"/annuaire/{question}").content.decode()


@pytest.mark.parametrize("address", [f"page={2**63}", "lat=NaN&lon=1", "q=" + "x" * 8_000, "bbox=1e309,0,0,0"])
def test_hostile_parameters_give_a_file(client: Client, world: None, address: str) -> None:
    assert rows_of(body(client, f"/annuaire.csv?{address}")) is not None


def test_amounts_have_a_comma_and_measures_a_point() -> None:
    rows = [{"montant": Decimal("-4000.10"), "latitude": 49.5}]
    assert b"".join(csv_lines(["montant", "latitude"], rows)).splitlines()[1] == b"-4000,10;49.5"


def test_a_workbook_has_amounts_days_and_a_title() -> None:
    record = {"nom": "=1+1", "montant": Decimal("4000.10"), "jour": date(2026, 11, 25)}
    with written([Sheet("Essai", dict.fromkeys(record, "ce que c’est"), [record], {})]) as file:
        book = openpyxl.load_workbook(file)
    name, amount, day = next(book.worksheets[0].iter_rows(min_row=2))
    assert (name.value, name.data_type) == ("=1+1", "s")
    assert (amount.value, amount.number_format) == (4000.1, "#,##0.00")
    assert (str(day.value)[:10], day.number_format) == ("2026-11-25", "dd/mm/yyyy")
    assert (book.properties.title, book.properties.creator) == ("Essai", "Maillage")
