from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command

from maillage.directory.facts import facts_of
from maillage.directory.models import ImportRun, Organisation
from tests.directory.importing import own_files, traces
from tests.factories import human_source, organisation, siren, siret, small_territory
from tests.pipelines.stock_files import Files, Stock

__all__ = ["own_files"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]


@pytest.fixture(autouse=True)
def _home() -> None:
    cache.clear()
    small_territory()


def bring(files: Files, *more: str) -> dict[str, object]:
    out = io.StringIO()
    call_command(
        "import_sirene", "--json", f"--units={files['units']}", f"--establishments={files['establishments']}", *more,
        stdout=out, stderr=io.StringIO(),
    )  # fmt: skip
    answer: dict[str, object] = json.loads(out.getvalue().splitlines()[-1])
    return answer


def stock(folder: Path) -> Stock:
    made = Stock(folder)
    made.add(siren(1), siret(1, 1), siret(1, 2), denomination="REGIE DES TROIS VALLEES", sigle="RTV")
    made.add(siren(2), siret(2, 1), economieSocialeSolidaire="O", categorieJuridique="5710")
    made.add(siren(3), siret(3, 1), categorieJuridique="5499")
    return made


def test_units_and_their_places_become_sheets_with_the_verdict_of_the_rule(tmp_path: Path) -> None:
    answer = bring(stock(tmp_path / "stock").write())
    assert answer["counts"]["created"] == 2  # type: ignore[index]
    facts = facts_of(Organisation.objects.get(siren=siren(1)))
    assert (facts["name"], facts["legal_name"], facts["acronym"]) == (
        "Regie des Trois Vallees", "REGIE DES TROIS VALLEES", "RTV",
    )  # fmt: skip
    assert (facts["ess_verdict"], facts["ess_reason"], facts["family"]) == ("yes", "core_category", "association")
    assert facts["place.commune_id"] == "80620"
    assert len(facts["other_places"]) == 1
    flagged = facts_of(Organisation.objects.get(siren=siren(2)))
    assert (flagged["ess_verdict"], flagged["ess_reason"], flagged["status"]) == ("yes", "sirene_flag", "to_review")


def test_the_same_edition_again_writes_nothing(tmp_path: Path) -> None:
    files = stock(tmp_path / "stock").write("parquet")
    bring(files)
    before = traces()
    answer = bring(files)
    assert answer["counts"] == {
        "created": 0, "updated": 0, "unchanged": 2, "refused": 0, "rows": 2, "flagged": 0, "duplicates": 0,
    }  # fmt: skip
    assert traces() == before


def test_a_dry_run_counts_and_writes_no_sheet(tmp_path: Path) -> None:
    answer = bring(stock(tmp_path / "stock").write(), "--dry-run")
    assert (answer["state"], answer["counts"]["created"]) == ("preview", 2)  # type: ignore[index]
    assert Organisation.objects.count() == 0


def test_a_unit_closed_since_is_flagged_when_we_know_it_and_ignored_when_we_do_not(tmp_path: Path) -> None:
    known = organisation("La Recyclerie", source=human_source(), siren=siren(4), place__siret=siret(4))
    made = stock(tmp_path / "stock")
    for number in (4, 5):
        made.add(siren(number), siret(number), etatAdministratif="C", dateDebut="2026-05-04")
        made.places[-1]["etatAdministratifEtablissement"] = "F"
    bring(made.write())
    known.refresh_from_db()
    assert known.name == "La Recyclerie"
    assert "04/05/2026" in known.flags.filter(code="closed").values_list("message", flat=True)[0]
    assert not Organisation.objects.filter(siren=siren(5)).exists()


def test_a_file_that_is_not_the_stock_fails_in_french(tmp_path: Path) -> None:
    wrong = tmp_path / "faux.csv"
    wrong.write_text("<html>404</html>", encoding="utf-8")
    with pytest.raises(CommandError):
        bring({"units": wrong, "establishments": wrong})
    run = ImportRun.objects.get()
    assert run.state == ImportRun.State.REFUSED
    assert Organisation.objects.count() == 0
