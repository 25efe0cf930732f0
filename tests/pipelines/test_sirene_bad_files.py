"""Bad days of the Sirene import: each ends in a French sentence, and the former selection stays."""

import struct
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import duckdb
import pytest

from pipelines.errors import PipelineError
from pipelines.marts.sirene_selection import prepare_selection
from pipelines.marts.sirene_territory import select_territory
from pipelines.sources.sirene.schema import UNIT_HEADER
from tests.pipelines.stock_files import Stock, csv_text, unit


@pytest.fixture
def stock(tmp_path: Path) -> Stock:
    """A good stock, already published once in `cache`."""
    stock = Stock(tmp_path / "stock")
    stock.add("200078244", "20007824400011")
    prepare_selection(**stock.write(), cache_dir=tmp_path / "cache")
    return stock


def refusal(stock: Stock, units: Path) -> PipelineError:
    """Try a bad file of units; the former selection must still be there, and nothing half-written beside it."""
    cache = units.parents[1] / "cache"
    before = sorted(cache.rglob("*"))
    with pytest.raises(PipelineError) as caught:
        prepare_selection(units=units, establishments=stock.folder / "places.csv", cache_dir=cache)
    assert sorted(cache.rglob("*")) == before
    assert select_territory(cache_dir=cache, commune_codes=["80620"]).organisation_count == 1
    assert caught.value.advice
    return caught.value


def written(stock: Stock, content: bytes, name: str = "bad.csv") -> Path:
    path = stock.folder / name
    path.write_bytes(content)
    return path


def zipped(stock: Stock, **members: str) -> Path:
    path = stock.folder / "bad.zip"
    with ZipFile(path, "w", ZIP_DEFLATED) as bundle:
        for name, text in members.items():
            bundle.writestr(name.replace("_csv", ".csv"), text)
    return path


def good_text(rows: int = 1) -> str:
    return csv_text([unit(f"{200000000 + number}") for number in range(rows)], UNIT_HEADER)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "est vide"),
        (b"<!DOCTYPE html><html><body>503</body></html>", "est une page web"),
        (b'\n  {"error": "not found"}', "est une page web ou un message d"),
        (good_text().encode("utf-16"), "n’est pas un texte en UTF-8"),
        (b"siren\x00,nom\n", "n’est pas un texte en UTF-8"),
        (b"PAR1 and nothing else", "Parquet bad.csv est illisible ou incomplet"),
        (b"PK\x03\x04 and nothing else", "L’archive bad.csv est abîmée ou incomplète"),
        (b"\x89PNG\r\n\x1a\n", "manquent dans le fichier"),
    ],
)
def test_what_is_not_a_table_is_named(stock: Stock, content: bytes, said: str) -> None:
    assert said in refusal(stock, written(stock, content)).message


def test_a_missing_file_is_named(stock: Stock) -> None:
    assert "nulle-part.csv est introuvable" in refusal(stock, stock.folder / "nulle-part.csv").message


def test_a_renamed_column_is_named_with_the_one_that_looks_like_it(stock: Stock) -> None:
    text = good_text().replace("categorieJuridiqueUniteLegale", "categorieJuridiqueUL")
    error = refusal(stock, written(stock, text.encode()))
    assert "La colonne « categorieJuridiqueUniteLegale » manque dans le fichier bad.csv" in error.message
    assert "Une colonne « categorieJuridiqueUL » lui ressemble." in error.message


def test_a_missing_column_of_a_parquet_is_named(stock: Stock) -> None:
    path = stock.folder / "bad.parquet"
    columns = ", ".join(f"'' AS {name}" for name in UNIT_HEADER if name != "etatAdministratifUniteLegale")
    with duckdb.connect() as connection:
        connection.execute(f"COPY (SELECT {columns}) TO '{path}' (FORMAT parquet)")
    assert "« etatAdministratifUniteLegale »" in refusal(stock, path).message


def test_swapped_files_are_recognised(stock: Stock) -> None:
    error = refusal(stock, stock.folder / "places.csv")
    assert "est un fichier StockEtablissement" in error.message
    assert "inversés" in error.advice


def test_a_quote_never_closed_is_located(stock: Stock) -> None:
    text = good_text(30).replace("UNITE 200000020", '"UNITE 200000020')
    error = refusal(stock, written(stock, text.encode()))
    assert "guillemet" in error.message
    assert error.where == "ligne 22"


def test_a_shifted_row_is_located(stock: Stock) -> None:
    text = good_text(30).replace("UNITE 200000020", "UNITE,200000020")
    error = refusal(stock, written(stock, text.encode()))
    assert "une ligne a 36 colonnes au lieu de 35" in error.message
    assert error.where == "ligne 22"


def test_another_encoding_is_refused(stock: Stock) -> None:
    text = good_text(30).replace("UNITE 200000020", "ÉPICERIE")
    error = refusal(stock, written(stock, text.encode("cp1252")))
    assert "n’est pas entièrement en UTF-8" in error.message
    assert error.where == "ligne 22"


def test_a_byte_order_mark_and_semicolons_are_accepted(stock: Stock, tmp_path: Path) -> None:
    text = "\ufeff" + csv_text([unit("200078244")], UNIT_HEADER, separator=";")
    units = written(stock, text.encode(), "other.csv")
    report = prepare_selection(units=units, establishments=stock.folder / "places.csv", cache_dir=tmp_path / "other")
    assert report.counts["units_yes"] == 1


def test_a_truncated_archive_is_refused(stock: Stock) -> None:
    whole = zipped(stock, units_csv=good_text(500)).read_bytes()
    assert "abîmée ou incomplète" in refusal(stock, written(stock, whole[: len(whole) // 2], "cut.zip")).message


def test_an_archive_damaged_inside_is_refused_where_it_breaks(stock: Stock) -> None:
    content = bytearray(zipped(stock, units_csv=good_text(5000)).read_bytes())
    middle = len(content) // 2
    content[middle : middle + 64] = bytes(64)
    error = refusal(stock, written(stock, bytes(content), "damaged.zip"))
    assert "L’archive damaged.zip est abîmée" in error.message
    assert error.where.startswith("vers la ligne ")


def test_a_wrong_checksum_is_refused_even_when_every_row_reads(stock: Stock) -> None:
    content = zipped(stock, units_csv=good_text(50)).read_bytes()
    with ZipFile(stock.folder / "bad.zip") as bundle:
        checksum = struct.pack("<L", bundle.infolist()[0].CRC)
    broken = content.replace(checksum, b"\x01\x02\x03\x04")
    error = refusal(stock, written(stock, broken, "checksum.zip"))
    assert "L’archive checksum.zip est abîmée" in error.message


def test_a_zip_bomb_is_refused_before_it_is_inflated(stock: Stock) -> None:
    assert "ce n’est pas un fichier Sirene" in refusal(stock, zipped(stock, bomb_csv="," * 50_000_000)).message


def test_an_archive_of_several_tables_is_refused(stock: Stock) -> None:
    error = refusal(stock, zipped(stock, one_csv=good_text(), two_csv=good_text()))
    assert "elle en contient 2" in error.message


def test_files_without_any_organisation_of_the_ess_are_refused(stock: Stock) -> None:
    text = csv_text([unit("100000009", categorieJuridique="5710")], UNIT_HEADER)
    assert "Aucune organisation de l’ESS" in refusal(stock, written(stock, text.encode())).message


def test_a_column_emptied_by_its_publisher_stops_the_import(stock: Stock) -> None:
    rows = [unit(f"{200000000 + number}", denomination="") for number in range(300)]
    error = refusal(stock, written(stock, csv_text(rows, UNIT_HEADER).encode()))
    assert "la colonne name est vide à 100" in error.message
