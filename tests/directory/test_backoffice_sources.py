"""Imports from services started in the back office: explained, followed, stopped, forced with a reason, undone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_httpserver import HTTPServer

from maillage.accounts.enums import Role
from maillage.accounts.models import User
from maillage.directory import tasks
from maillage.directory.actions import queue_run
from maillage.directory.models import ImportRun, Organisation
from maillage.kernel.models import JournalEntry
from tests.accounts.people import holder
from tests.directory.importing import HEADER, bring, own_files, receive
from tests.factories import AT, siren, siret, small_territory
from tests.hostile.tables import text as table
from tests.pipelines.stock_files import Stock

__all__ = ["own_files"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_files")]
LINES = [f"Structure {number};{siret(number)};;;" for number in range(1, 21)]


@pytest.fixture(autouse=True)
def agent(client: Client, own_files: None) -> User:
    cache.clear()
    small_territory()
    user = holder(Role.AGENT, first_name="Bruno")
    client.force_login(user)
    return user


@pytest.fixture
def stock(settings: Any, tmp_path: Path) -> dict[str, str]:
    """The form of a Sirene import, its two files laid in the folder of the site."""
    settings.SIRENE_DIR = tmp_path / "sirene"
    made = Stock(settings.SIRENE_DIR)
    made.add(siren(1), siret(1, 1), siret(1, 2), denomination="REGIE DES TROIS VALLEES")
    made.add(siren(2), siret(2, 1), economieSocialeSolidaire="O", categorieJuridique="5710")
    files = made.write("parquet")
    return {name: Path(str(files[name])).name for name in ("units", "establishments")}


def address(name: str, *args: object) -> str:
    return reverse(f"directory_office:{name}", args=args)


def text(answer: Any) -> str:
    page: str = answer.content.decode().replace("&nbsp;", " ").replace("\xa0", " ").replace("\u202f", " ")
    return page


def answer(*units: dict[str, Any]) -> dict[str, Any]:
    return {"results": list(units), "total_results": len(units), "page": 1, "per_page": 25, "total_pages": 1}


def unit(number: int) -> dict[str, Any]:
    place = {
        "siret": siret(number), "adresse": "1 RUE DU PORT 80200 PERONNE", "code_postal": "80200", "commune": "80620",
        "latitude": "50.05", "longitude": "3.05", "etat_administratif": "A", "est_siege": True,
    }  # fmt: skip
    return {
        "siren": siren(number), "nom_complet": f"STRUCTURE {number}", "nom_raison_sociale": f"STRUCTURE {number}",
        "nature_juridique": "9220", "etat_administratif": "A", "statut_diffusion": "O", "siege": place,
        "matching_etablissements": [place], "dirigeants": [{"nom": "SECRETE", "prenoms": "MARIE"}],
        "complements": {"est_ess": True},
    }  # fmt: skip


def test_the_screen_of_the_service_says_what_happens_how_long_and_what_is_never_kept(client: Client) -> None:
    page = text(client.get(address("new_api_import")))
    for words in ("Rien n’est encore écrit", "Une à deux minutes", "dirigeantes et dirigeants", "à qualifier"):
        assert words in page


def test_an_import_from_the_service_is_looked_at_run_and_undone(
    client: Client, httpserver: HTTPServer, settings: Any
) -> None:
    settings.RECHERCHE_ENTREPRISES_URL = httpserver.url_for("/")
    httpserver.expect_request("/search").respond_with_json(answer(unit(1), unit(2)))
    page = text(client.post(address("new_api_import"), follow=True))
    run = ImportRun.objects.get()
    assert (run.kind, run.state, "2 fiches nouvelles" in page) == ("api", ImportRun.State.DRAFT, True)
    assert not Organisation.objects.exists()
    page = text(client.post(address("start_import", run.pk), follow=True))
    assert set(Organisation.objects.values_list("siren", "status")) == {
        (siren(1), "to_review"), (siren(2), "to_review"),
    }  # fmt: skip
    assert "Par commune" in page
    assert "SECRETE" not in str(list(JournalEntry.objects.values_list("changes", flat=True)))
    client.post(address("undo_import", run.pk))
    assert not Organisation.objects.exists()


def test_a_service_that_does_not_answer_leaves_an_import_to_resume(
    client: Client, httpserver: HTTPServer, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.sleep", lambda _seconds: None)
    settings.RECHERCHE_ENTREPRISES_URL = "http://127.0.0.1:9"
    page = text(client.post(address("new_api_import"), follow=True))
    run = ImportRun.objects.get()
    assert run.state == ImportRun.State.FAILED
    assert "Reprendre l’import" in page
    assert "Import arrêté" in page
    cache.clear()  # the circuit of the service
    settings.RECHERCHE_ENTREPRISES_URL = httpserver.url_for("/")
    httpserver.expect_request("/search").respond_with_json(answer(unit(1)))
    assert "1 fiche nouvelle" in text(client.post(address("preview_import", run.pk), follow=True))
    assert not Organisation.objects.exists()


def test_an_import_from_stock_files_of_the_folder_is_looked_at_then_run(client: Client, stock: dict[str, str]) -> None:
    assert stock["units"] in text(client.get(address("new_sirene_import")))
    page = text(client.post(address("new_sirene_import"), stock, follow=True))
    assert "2 fiches nouvelles" in page
    run = ImportRun.objects.get()
    client.post(address("start_import", run.pk))
    assert set(Organisation.objects.values_list("siren", flat=True)) == {siren(1), siren(2)}


@pytest.mark.parametrize(
    "place",
    [
        "/etc/passwd", "../main.db", "absent.parquet", "http://object.files.data.gouv.fr/a.parquet",
        "https://127.0.0.1/a.parquet", "https://object.files.data.gouv.fr@exemple.test/a.parquet", "file:///etc/passwd",
    ],
)  # fmt: skip
def test_only_the_folder_and_the_admitted_sites_are_read(client: Client, stock: dict[str, str], place: str) -> None:
    page = text(client.post(address("new_sirene_import"), {**stock, "units": place}))
    assert "Cette adresse n’est pas admise" in page or "Ce fichier n’est pas dans le dossier" in page
    assert not ImportRun.objects.exists()


def test_a_source_that_shrank_goes_on_with_a_reason_that_the_journal_keeps(client: Client, agent: User) -> None:
    bring(HEADER, *LINES)
    run = bring(HEADER, *LINES[:10])
    assert run.state == ImportRun.State.REFUSED
    assert "Continuer quand même" in text(client.get(address("import", run.pk)))
    assert "20 lignes la dernière fois" in text(client.get(address("force_import", run.pk)))
    assert "requis" in text(client.post(address("force_import", run.pk), {"reason": "  "}))
    page = text(client.post(address("force_import", run.pk), {"reason": "Deux communes sont parties."}, follow=True))
    assert "Raison donnée : Deux communes sont parties." in page
    assert "10 fiches sans changement" in page
    act = JournalEntry.objects.get(verb="force")
    assert (act.actor_id, act.note, act.object_id) == (agent.pk, "Deux communes sont parties.", run.pk)
    client.post(address("start_import", run.pk))
    run.refresh_from_db()
    assert run.state == ImportRun.State.DONE


def test_only_a_source_that_shrank_is_forced(client: Client) -> None:
    run = receive(table(HEADER, *LINES))
    page = text(client.post(address("force_import", run.pk), {"reason": "Parce que."}, follow=True))
    assert "pas arrêté par une source qui a rétréci" in page
    assert not JournalEntry.objects.filter(verb="force").exists()


def test_an_import_in_line_says_so_and_leaves_the_line_when_asked(client: Client) -> None:
    run = receive(table(HEADER, *LINES))
    queue_run(run=run, at=timezone.now())
    page = text(client.get(address("import", run.pk)))
    assert "L’import va commencer" in page
    assert "déjà lancé" in text(client.post(address("start_import", run.pk), follow=True))
    client.post(address("stop_import", run.pk))
    assert tasks.carry_out_import.enqueue(run.pk).return_value == "draft"
    assert not Organisation.objects.exists()


def test_a_running_import_is_asked_to_stop(client: Client, agent: User) -> None:
    run = ImportRun.objects.create(
        kind="api", label="Essai", started_at=AT, alive_at=timezone.now(), state="running", stage="fetch",
        progress_done=1375,
    )  # fmt: skip
    page = text(client.get(address("import", run.pk)))
    assert "Lecture du service, page par page : 1 375 structures reçues" in page
    assert "Arrêter l’import" in page
    client.post(address("stop_import", run.pk))
    run.refresh_from_db()
    assert run.stop_asked_at is not None
    assert JournalEntry.objects.get(verb="stop").actor_id == agent.pk


def test_a_worker_that_died_is_said_on_the_page(client: Client) -> None:
    run = ImportRun.objects.create(kind="api", label="Essai", started_at=AT, alive_at=AT, state="running")
    assert "le service de fond est peut-être arrêté" in text(client.get(address("import", run.pk)))


def test_an_import_that_wrote_nothing_is_given_up_and_one_that_wrote_is_not(client: Client) -> None:
    run = receive(table(HEADER, *LINES))
    client.post(address("abandon_import", run.pk))
    run.refresh_from_db()
    assert run.state == ImportRun.State.UNDONE
    half = ImportRun.objects.create(
        kind="api", label="Essai", started_at=AT, state="failed", written={"created": 3, "updated": 0}
    )
    client.post(address("abandon_import", half.pk))
    half.refresh_from_db()
    assert half.state == ImportRun.State.FAILED
    page = text(client.get(address("import", half.pk)))
    assert "3 lignes sont déjà écrites." in page
    assert "Reprendre l’import" in page
    assert "Annuler cet import" in page


def test_a_long_undo_is_done_in_the_background(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("maillage.directory.backoffice.imports.LONG_UNDO", 5)
    run = bring(HEADER, *LINES)
    assert "20 fiches sont concernées" in text(client.get(address("undo_import", run.pk)))
    page = text(client.post(address("undo_import", run.pk), follow=True))
    assert "L’annulation est lancée" in page
    run.refresh_from_db()
    assert (run.state, Organisation.objects.count()) == (ImportRun.State.UNDONE, 0)


def test_a_long_import_says_how_long_it_takes(client: Client) -> None:
    run = ImportRun.objects.create(
        kind="file", label="Essai", started_at=AT, counts={"rows": 100_000, "created": 100_000}
    )
    assert "environ 2 minutes" in text(client.get(address("import", run.pk)))
