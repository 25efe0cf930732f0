from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from maillage.territories.models import Commune, Territory
from maillage.territories.queries import (
    commune_at,
    communes_of,
    home_territory,
    population_by_year,
    population_of_territory,
    resolve_commune,
)
from tests.territories.files import territory_file

pytestmark = pytest.mark.django_db


def said(*arguments: object) -> str:
    out = io.StringIO()
    call_command("load_territory", *map(str, arguments), stdout=out)
    return out.getvalue()


def test_the_command_loads_then_says_that_nothing_changed(tmp_path: Path) -> None:
    path = tmp_path / "essai.json"
    path.write_text(json.dumps(territory_file()), encoding="utf-8")
    assert said(path, "--dry-run").startswith("À blanc : Pays d’essai serait chargé (3 communes). Rien n’a été écrit.")
    assert not Territory.objects.exists()
    assert said(path).startswith("Pays d’essai est chargé : 3 communes.")
    assert said(path) == "Rien à changer : Pays d’essai est déjà à jour (3 communes).\n"
    assert json.loads(said(path, "--json"))["is_unchanged"] is True


@pytest.mark.parametrize("content", ["", "<html>", '{"format": 2}', '{"format": 1, "communes": []}'])
def test_a_file_that_is_not_a_territory_fails_in_french(tmp_path: Path, content: str) -> None:
    path = tmp_path / "faux.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(CommandError, match=r"Le fichier « .*faux\.json »"):
        said(path)
    assert not Commune.objects.exists()


def test_the_shipped_territory_keeps_what_is_true_of_it() -> None:
    said()
    territory = home_territory()
    assert territory is not None
    communes = list(communes_of(territory))
    sizes = {epci.short_name: epci.communes.count() for epci in territory.epcis.all()}
    assert len(communes) == 144
    assert sizes == {"Haute Somme": 60, "Est de la Somme": 41, "Terre de Picardie": 43}
    pithon = next(commune for commune in communes if commune.code == "02604")
    assert (pithon.name, pithon.department_code, str(pithon.epci)) == ("Pithon", "02", "Est de la Somme")
    assert len({commune.epci_id for commune in communes if "80200" in commune.postal_codes}) == 3
    assert population_by_year(commune.code for commune in communes)[2021] == 64_474
    assert population_of_territory(territory) == (63_998, 2023)
    assert communes[0].name == "Ablaincourt-Pressoir"
    assert next(commune for commune in communes if commune.name == "Épehy") in communes[40:60]
    peronne = commune_at(49.9306, 2.9345)
    assert peronne is not None
    assert peronne.name == "Péronne"
    found = {name: getattr(resolve_commune(name=name), "code", None) for name in ("Y", "Poeuilly", "LESBOEUFS", "ham")}
    assert found == {"Y": "80829", "Poeuilly": "80629", "LESBOEUFS": "80472", "ham": "80410"}
    former = {code: getattr(resolve_commune(code=code), "code", None) for code in ("80447", "80448", "80567", "80389")}
    assert former == {"80447": "80621", "80448": "80621", "80567": "80620", "80389": "80442"}
