from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from maillage.accounts.enums import Role
from maillage.accounts.models import User
from maillage.directory.models import ImportRun, Organisation
from tests.accounts.people import holder
from tests.factories import AT, small_territory

# Tasks start when the transaction of the request is over: these tests need real ones.
pytestmark = pytest.mark.django_db(transaction=True)
TABLE = """Nom;Commune;Code postal;Remarques
Atelier du Port;Péronne;80200;a
;Péronne;80200;=1+1
Café;Ailleurs;99999;b
"""


@pytest.fixture(autouse=True)
def agent(client: Client, settings: Any, tmp_path: Path) -> User:
    cache.clear()  # the home territory of another test
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}},
    }
    small_territory()
    user = holder(Role.AGENT, first_name="Bruno")
    client.force_login(user)
    return user


def address(name: str, *args: object) -> str:
    return reverse(f"directory_office:{name}", args=args)


def send(client: Client, content: str | bytes = TABLE, **more: Any) -> ImportRun:
    body = content.encode() if isinstance(content, str) else content
    client.post(address("new_import"), {"label": "Liste", "file": SimpleUploadedFile("liste.csv", body), **more})
    return ImportRun.objects.latest("pk")


def say_columns(client: Client, run: ImportRun, **changes: str) -> Any:
    titles = run.cursor["titles"]
    data = {f"column_{rank}": run.columns.get(title, "") for rank, title in enumerate(titles)}
    return client.post(address("import_columns", run.pk), {**data, **changes}, follow=True)


def text(answer: Any) -> str:
    page: str = answer.content.decode().replace("\xa0", " ")
    return page


def test_a_file_is_looked_at_before_it_enters_then_enters_then_is_undone(client: Client, agent: User) -> None:
    run = send(client)
    page = text(client.get(address("import_columns", run.pk)))
    assert "Atelier du Port" in page
    preview = text(say_columns(client, run))
    assert "2 fiches nouvelles" in preview
    assert "1 ligne refusée" in preview
    assert not Organisation.objects.exists()
    client.post(address("start_import", run.pk))
    assert set(Organisation.objects.values_list("name", "status")) == {
        ("Atelier du Port", "to_review"), ("Café", "to_review"),
    }  # fmt: skip
    assert "Terminé" in text(client.get(address("import", run.pk)))
    assert "2 fiches nouvelles" in text(client.get(address("undo_import", run.pk)))
    assert Organisation.objects.count() == 2
    client.post(address("undo_import", run.pk))
    assert not Organisation.objects.exists()
    run.refresh_from_db()
    assert (run.state, run.started_by) == (ImportRun.State.UNDONE, agent)


def test_the_columns_a_person_corrects_are_kept_for_the_next_file(client: Client) -> None:
    run = send(client)
    rank = run.cursor["titles"].index("Remarques")
    say_columns(client, run, **{f"column_{rank}": "description"})
    assert send(client).columns["Remarques"] == "description"


def test_two_columns_for_one_field_are_refused_with_a_sentence(client: Client) -> None:
    run = send(client)
    rank = run.cursor["titles"].index("Remarques")
    assert "rempliraient tous deux" in text(say_columns(client, run, **{f"column_{rank}": "name"}))


def test_what_is_not_a_table_ends_in_a_french_report_and_an_unchanged_directory(client: Client) -> None:
    run = send(client, b"<!doctype html><html><body>Erreur 404</body></html>")
    page = text(client.get(address("import", run.pk)))
    assert "Refusé" in page
    assert "Envoyer un autre fichier" in page
    assert not Organisation.objects.exists()
    assert client.get(address("import_columns", run.pk)).status_code == 302


def test_the_report_downloads_as_a_table_that_no_spreadsheet_runs(client: Client) -> None:
    run = ImportRun.objects.create(
        kind="file", label="Essai", started_at=AT, state=ImportRun.State.DONE,
        report=[{"line": 3, "column": "=HYPERLINK(1)", "level": "error", "message": "@SUM(1)"}],
    )  # fmt: skip
    answer = client.get(address("import_report", run.pk))
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.content.decode("utf-8-sig").splitlines() == [
        "ligne;colonne;niveau;remarque",
        "3;'=HYPERLINK(1);Ligne refusée;'@SUM(1)",
    ]


def test_a_run_that_is_over_cannot_be_started_again(client: Client) -> None:
    run = ImportRun.objects.create(kind="file", label="Essai", started_at=AT, state=ImportRun.State.DONE)
    answer = client.post(address("start_import", run.pk), follow=True)
    assert "ne peut pas être lancé" in text(answer)
    assert client.post(address("preview_import", run.pk)).status_code == 404


def test_a_running_import_shows_its_progress_and_a_plain_link_to_follow_it(client: Client) -> None:
    run = ImportRun.objects.create(
        kind="file", label="Essai", started_at=AT, state=ImportRun.State.RUNNING, progress_done=5, progress_total=20
    )
    page = text(client.get(address("import", run.pk)))
    assert "5 sur 20" in page
    assert f'href="{address("import", run.pk)}">Actualiser' in page
    assert 'data-refresh="2000"' in page


def test_a_file_without_a_name_for_its_source_is_asked_for_it(client: Client) -> None:
    answer = client.post(address("new_import"), {"file": SimpleUploadedFile("a.csv", b"Nom\nUn\n")})
    assert "requis" in text(answer)
    assert not ImportRun.objects.exists()
