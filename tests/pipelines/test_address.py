"""Addresses of Sirene written the way people write them."""

import pytest

from pipelines.contracts.address import soften_capitals, street_line


@pytest.mark.parametrize(
    ("capitals", "written"),
    [
        ("DES CHANOINES", "des Chanoines"),
        ("DU GENERAL DE GAULLE", "du General de Gaulle"),
        ("DE L'EGLISE", "de l'Eglise"),
        ("SAINT-CHRIST", "Saint-Christ"),
        ("DU 11 NOVEMBRE", "du 11 Novembre"),
        ("LOUIS XI", "Louis XI"),
        ("ÉPEHY", "Épehy"),
        ("de la Gare", "de la Gare"),
        ("", ""),
    ],
)
def test_capitals_are_softened(capitals: str, written: str) -> None:
    assert soften_capitals(capitals) == written


def test_an_address_joins_what_is_known() -> None:
    whole = street_line(
        number="7", suffix="B", street_type="AV", street_name="DE LA REPUBLIQUE", complement="MAIRIE", post_box="BP 12"
    )
    assert whole == "Mairie, 7 bis avenue de la Republique, BP 12"
    assert street_line(number=None, suffix=None, street_type=None, street_name="LE BOURG") == "le Bourg"
    assert street_line(number=None, suffix=None, street_type="XYZ", street_name="UN") == "xyz un"
    assert street_line(number=None, suffix=None, street_type=None, street_name=None) == ""
