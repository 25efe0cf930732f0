"""Made-up stock files look like the published ones, and are the same each time."""

from pathlib import Path

import duckdb
import pytest

from pipelines.contracts.identifiers import check_siren, check_siret
from pipelines.marts.sirene_selection import prepare_selection
from pipelines.marts.sirene_territory import select_territory
from pipelines.sources.sirene.schema import ESTABLISHMENT_HEADER, UNIT_HEADER
from pipelines.sources.sirene.synthetic import StockFiles, write_stock


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> StockFiles:
    """Six thousand units, eight thousand places, one in ten in two communes."""
    folder = tmp_path_factory.mktemp("stock")
    return write_stock(folder, units=6000, establishments=8000, commune_codes=("80620", "80410"), share=0.1)


def test_headers_and_row_counts_are_the_published_ones(files: StockFiles) -> None:
    with duckdb.connect() as connection:
        units = connection.sql(f"FROM '{files.units}'")
        places = connection.sql(f"FROM '{files.establishments}'")
        assert (tuple(units.columns), tuple(places.columns)) == (UNIT_HEADER, ESTABLISHMENT_HEADER)
        assert (len(units), len(places)) == (6000, 8000)
    assert (len(UNIT_HEADER), len(ESTABLISHMENT_HEADER)) == (35, 54)


def test_numbers_are_unique_and_nearly_all_have_a_right_key(files: StockFiles) -> None:
    with duckdb.connect() as connection:
        rows = connection.sql(f"SELECT siren, siret FROM '{files.establishments}'").fetchall()
    assert len({siret for _siren, siret in rows}) == 8000
    assert len({siren for siren, _siret in rows}) == 6000
    wrong = {siren for siren, siret in rows if not check_siren(siren).is_valid or not check_siret(siret).is_valid}
    assert len(wrong) == 12


def test_the_share_of_the_ess_is_the_national_one(files: StockFiles, tmp_path: Path) -> None:
    counts = prepare_selection(units=files.units, establishments=files.establishments, cache_dir=tmp_path).counts
    assert 0.03 < counts["units_selected"] / counts["units_read"] < 0.05
    territory = select_territory(cache_dir=tmp_path, commune_codes=["80620", "80410"])
    assert territory.organisation_count == len(list(territory)) > 5


def test_the_same_size_gives_the_same_rows(files: StockFiles, tmp_path: Path) -> None:
    again = write_stock(
        tmp_path, units=6000, establishments=8000, form="csv", commune_codes=("80620", "80410"), share=0.1
    )
    with duckdb.connect() as connection:
        difference = connection.execute(
            f"""SELECT siret, codeCommuneEtablissement FROM '{files.establishments}' EXCEPT
            SELECT siret, codeCommuneEtablissement FROM read_csv('{again.establishments}', all_varchar = true)"""
        ).fetchall()
    assert difference == []
