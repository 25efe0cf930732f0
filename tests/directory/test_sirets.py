"""A closed SIRET is doubted, from the Sirene selection or from the public API; nothing is deleted."""

from __future__ import annotations

import json
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings
from pytest_httpserver import HTTPServer

from maillage.directory import actions
from maillage.directory.actions.sirets import flag_closed_sirets
from maillage.directory.models import Establishment, Flag, Organisation
from pipelines.marts.sirene_selection import prepare_selection
from tests.directory.importing import own_files
from tests.directory.test_import_api import Service, service, unit
from tests.directory.test_import_api import place as found_place
from tests.factories import AT, human_source, organisation, siren, siret
from tests.pipelines.stock_files import Stock

__all__ = ["own_files", "service"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]


def sheet(number: int, **facts: Any) -> Organisation:
    return organisation(f"Structure {number}", siren=siren(number), place__siret=siret(number), **facts)


def run(*words: str) -> dict[str, Any]:
    out = StringIO()
    call_command("check_sirets", "--json", *words, stdout=out, stderr=StringIO())
    told: dict[str, Any] = json.loads(out.getvalue())
    return told


def doubts() -> list[str]:
    return list(
        Flag.objects.filter(code="closed_siret", resolved_at=None).order_by("pk").values_list("message", flat=True)
    )


@pytest.fixture
def selection(tmp_path: Path, settings: Settings) -> Stock:
    """One open place (1), one closed place (2), one unit that ceased (3)."""
    stock = Stock(tmp_path / "stock")
    for number in (1, 2, 3):
        stock.add(siren(number), siret(number))
    stock.places[1] |= {"etatAdministratifEtablissement": "F", "dateDebut": "2025-03-31"}
    stock.units[2] |= {"etatAdministratifUniteLegale": "C", "dateDebut": "2024-12-31"}
    return stock


def test_the_selection_tells_what_is_closed_and_nothing_is_deleted(selection: Stock, tmp_path: Path) -> None:
    for number in (1, 2, 3, 4):
        sheet(number)
    sheet(5, status="archived")
    prepare_selection(**selection.write(), cache_dir=tmp_path / "pipelines")
    before = list(Establishment.objects.order_by("pk").values())
    looked = run("--dry-run")
    assert doubts() == []
    told = run()
    assert told == looked
    assert (told["source"], told["checked"], told["opened"], told["unknown"]) == ("sélection Sirene", 4, 2, 1)
    assert [(one["siret"], one["closed_on"]) for one in told["closed"]] == [
        (siret(2), "2025-03-31"),
        (siret(3), "2024-12-31"),
    ]
    assert [message.split()[2] for message in doubts()] == [siret(2), siret(3)]
    assert list(Establishment.objects.order_by("pk").values()) == before
    assert run()["opened"] == 0


def test_without_a_selection_the_service_is_asked_number_by_number(
    service: Service, httpserver: HTTPServer, settings: Settings
) -> None:
    sheet(1)
    sheet(2)
    closed = unit(2, siege=found_place(2, etat_administratif="F"), matching_etablissements=[])
    httpserver.clear()
    for number, result in ((1, unit(1)), (2, closed)):
        answer = {"results": [result], "total_results": 1, "page": 1, "per_page": 25, "total_pages": 1}
        asked = {"q": siret(number), "page": "1", "per_page": "25", "limite_matching_etablissements": "100"}
        httpserver.expect_request("/search", query_string=asked).respond_with_json(answer)
    told = run()
    assert (told["source"], told["opened"], told["unknown"]) == ("API Recherche d’entreprises", 1, 0)
    assert told["closed"] == [{"organisation": "structure-2", "siret": siret(2), "closed_on": ""}]
    assert doubts() == [f"Le SIRET {siret(2)} est fermé au répertoire Sirene\u00a0: fermeture, ou déménagement\u202f?"]


def test_a_service_that_is_away_writes_nothing(service: Service, httpserver: HTTPServer) -> None:
    one = sheet(1)
    flag_closed_sirets(states={siret(1): date(2025, 3, 31)}, at=AT)
    httpserver.clear()
    httpserver.expect_request("/search").respond_with_data("", status=500)
    with pytest.raises(CommandError, match="Recherche d’entreprises"):
        run()
    assert Flag.objects.filter(organisation=one, code="closed_siret", resolved_at=None).count() == 1


def test_the_doubt_outlives_other_changes_and_ends_with_its_reason() -> None:
    one = sheet(1)
    flag_closed_sirets(states={siret(1): date(2025, 3, 31)}, at=AT)
    actions.revise_organisation(organisation=one, facts={"services": "Vélo"}, source=human_source(), by=None, at=AT)
    assert len(doubts()) == 1
    assert flag_closed_sirets(states={}, at=AT).lifted == 0
    assert flag_closed_sirets(states={siret(1): None}, at=AT).lifted == 1
    assert doubts() == []
    flag_closed_sirets(states={siret(1): date(2025, 3, 31)}, at=AT)
    actions.revise_organisation(
        organisation=one, facts={"place.siret": siret(9)}, source=human_source(), by=None, at=AT
    )
    assert flag_closed_sirets(states={}, at=AT).lifted == 1


def test_what_a_person_settled_is_not_raised_again() -> None:
    sheet(1)
    states = {siret(1): date(2025, 3, 31)}
    flag_closed_sirets(states=states, at=AT)
    actions.settle_doubt(flag=Flag.objects.get(code="closed_siret"), by=None, at=AT)
    assert flag_closed_sirets(states=states, at=AT).opened == 0
    assert doubts() == []
