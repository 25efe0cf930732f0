from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from maillage.directory.imports import values
from maillage.directory.imports.values import BadValue
from pipelines.contracts.identifiers import check_siren
from tests.numbers import siren, siret


@pytest.mark.parametrize(
    ("reader", "text", "value"),
    [
        (values.day, "31/12/2019", "2019-12-31"),
        (values.day, "2019-12-31T00:00:00", "2019-12-31"),
        (values.day, "1er mars 2020", "2020-03-01"),
        (values.day, "20200301", "2020-03-01"),
        (values.latitude, "49,9321", 49.9321),
        (values.longitude, "-1.5°", -1.5),
        (values.point, "49.93, 2.94", (49.93, 2.94)),
        (values.point, "49,93;2,94", (49.93, 2.94)),
        (values.point, "[49.93,2.94]", (49.93, 2.94)),
        (values.naf, "8899b", "88.99B"),
        (values.naf, "94.99Z Autres organisations", "94.99Z"),
        (values.family, "Associations", "association"),
        (values.family, "coopérative", "cooperative"),
        (values.legal_form, "9220 Association déclarée", "9220"),
        (values.website, "www.exemple.fr", "https://www.exemple.fr"),
        (values.email, "a@exemple.fr ; b@exemple.fr", "a@exemple.fr"),
        (values.hours, "lun-ven 9h-12h", "Mo-Fr 09:00-12:00"),
        (values.hours, "quand on est là", "quand on est là"),
        (values.phone, "0322840000", "03 22 84 00 00"),
        (values.phone, "+33 3 22 84 00 00", "03 22 84 00 00"),
        (values.phone, "322840000", "03 22 84 00 00"),
        (values.headcount_band, "1", "01"),
        (values.qualification, "Atelier et chantier d'insertion", "ACI"),
        (values.qualification, "SCIC", "multi_stakeholder_cooperative"),
        (values.siren, siren(1)[:3] + " " + siren(1)[3:], siren(1)),
        (values.siret, siret(1), siret(1)),
        (
            values.siret,
            siret(1)[:-1] + str((int(siret(1)[-1]) + 1) % 10),
            siret(1)[:-1] + str((int(siret(1)[-1]) + 1) % 10),
        ),
        (values.siret, "35600000000048", "35600000000048"),
    ],
)
def test_what_people_type_is_understood(reader: Callable[[str], Any], text: str, value: Any) -> None:
    assert reader(text) == value


@pytest.mark.parametrize(
    ("reader", "text", "words"),
    [
        (values.day, "31/02/2020", "n’existe pas"),
        (values.day, "30/02/2019", "n’existe pas"),
        (values.day, "bientôt", "pas une date"),
        (values.day, "2015", "pas une date"),
        (values.latitude, "91", "hors du globe"),
        (values.latitude, "NaN", "pas une coordonnée"),
        (values.latitude, "1e400", "pas une coordonnée"),
        (values.point, "49,93", "latitude et une longitude"),
        (values.naf, "ZZ", "code NAF"),
        (values.siret, "4,43E+13", "arrondi"),
        (values.siret, "44259", "14 chiffres"),
        (values.siren, "2" * 30, "9 chiffres"),
        (values.rna, "X80", "RNA"),
        (values.website, "javascript:alert(1)", "adresse internet"),
        (values.email, "pas une adresse", "adresse électronique"),
        (values.phone, "à la mairie", "téléphone"),
        (values.yes, "peut-être", "oui ou non"),
    ],
)
def test_what_cannot_be_understood_is_said_in_french(reader: Callable[[str], Any], text: str, words: str) -> None:
    with pytest.raises(BadValue) as fault:
        reader(text)
    assert words in fault.value.phrase


def test_zeros_eaten_by_a_spreadsheet_come_back_when_the_key_proves_it() -> None:
    number = next(f"{n:09d}" for n in range(1_000_000, 1_000_100) if check_siren(f"{n:09d}").is_valid)
    assert values.siren(number.lstrip("0")) == number


@pytest.mark.parametrize("cell", ["-", "N/A", "[ND]", "nc", "\u200b", " \u00a0 ", "0001-01-01"])
def test_cells_that_say_nothing_are_empty(cell: str) -> None:
    assert values.clean(cell) == ""


def test_a_failed_formula_is_told() -> None:
    with pytest.raises(BadValue, match="formule"):
        values.refuse_broken("#REF!")
