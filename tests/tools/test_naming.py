from __future__ import annotations

import pytest

from tools.build_territory.naming import short_name, slug


@pytest.mark.parametrize(
    ("official", "short"),
    [
        ("CC de la Haute Somme (Combles - Péronne - Roisel)", "Haute Somme"),
        ("CC de l'Est de la Somme", "Est de la Somme"),
        ("CC Terre de Picardie", "Terre de Picardie"),
        ("CC du Val de Somme", "Val de Somme"),
        ("CA des Deux Baies en Montreuillois", "Deux Baies en Montreuillois"),
        ("CU d'Arras", "Arras"),
        ("CA Territoire de la Côte Ouest (TCO)", "Territoire de la Côte Ouest"),
        ("CC de l’Est de la Somme", "Est de la Somme"),
        ("Métropole de Lyon", "Métropole de Lyon"),
        ("CC Desvres - Samer", "Desvres - Samer"),
    ],
)
def test_the_short_name_is_the_name_of_the_place(official: str, short: str) -> None:
    assert short_name(official) == short


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("PETR Cœur des Hauts-de-France", "petr-coeur-des-hauts-de-france"),
        ("L'Île-d'Yeu", "l-ile-d-yeu"),
        ("Pœuilly", "poeuilly"),
        ("  ", ""),
    ],
)
def test_an_address_has_no_accent_nor_space(name: str, address: str) -> None:
    assert slug(name) == address
