"""Code lists agree with each other and with what INSEE publishes."""

import pytest

from pipelines.contracts.naf import NafCode, normalise_naf, sector_of
from pipelines.sources.nomenclatures import (
    headcount_bands,
    legal_categories,
    naf_divisions,
    naf_exclusions,
    sectors,
    siae_types,
)


def test_lists_have_the_expected_sizes() -> None:
    assert len(legal_categories()) == 77
    assert (len(sectors()), len(naf_divisions()), len(headcount_bands()), len(siae_types())) == (14, 88, 16, 10)


def test_every_division_has_a_known_sector_and_every_sector_a_division() -> None:
    assert {division.sector for division in naf_divisions().values()} == set(sectors())


def test_divisions_excluded_from_the_ess_are_the_sector_outside() -> None:
    whole = {prefix for prefix in naf_exclusions() if len(prefix) == 2}
    assert whole == {code for code, division in naf_divisions().items() if division.sector == "hors-champ"}


def test_headcount_bands_follow_each_other_without_gap() -> None:
    bands = [band for band in headcount_bands().values() if band.lowest is not None]
    assert [band.highest for band in bands[:-1]] == [(band.lowest or 0) - 1 for band in bands[1:]]
    assert bands[-1].highest is None


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("8899B", NafCode("88.99B", "rev2")),
        ("88.99b", NafCode("88.99B", "rev2")),
        (" 88.99 B ", NafCode("88.99B", "rev2")),
        ("88.99H", NafCode("88.99H", "2025")),
        ("94.99Y", NafCode("94.99Y", "2025")),
        ("94.99Z", NafCode("94.99Z", "rev2")),
        ("88.99", None),
        ("04.11Z", None),
        ("88.99Q", None),
        ("", None),
        (None, None),
    ],
)
def test_naf_codes_are_read_in_any_writing(raw: str | None, expected: NafCode | None) -> None:
    assert normalise_naf(raw) == expected


def test_the_sector_comes_from_the_division_in_both_versions() -> None:
    labels = [sector and sector.code for sector in map(sector_of, ["88.99B", "88.99H", "93.12Z", "", None])]
    assert labels == ["action-sociale", "action-sociale", "sports-loisirs", None, None]
