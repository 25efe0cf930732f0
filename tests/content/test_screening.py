"""Documents of the page editor: refused, held or erased as the antivirus says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks
from wagtail.documents.models import Document
from wagtail.models import Collection

from maillage.content import actions
from maillage.content.models import Resource, Screening
from maillage.kernel.actions import scan_waiting
from maillage.kernel.models import JournalEntry
from maillage.outbox.models import Letter, ToDo
from maillage.outbox.notices import CONDEMNED
from tests.content.world import AT, agent, with_file
from tests.hostile import documents
from tests.hostile.clamd import nobody, open_clamd

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wagtail_roots")]
CLEAN, WICKED = documents.pdf(), b"%PDF-1.7 " + documents.EICAR


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path)}},
    }


@pytest.fixture
def office(client: Client) -> Client:
    client.force_login(agent())
    return client


def send(office: Client, content: bytes) -> Any:
    sent = SimpleUploadedFile("statuts.pdf", content)
    typed = {"title": "Statuts", "file": sent, "collection": Collection.objects.get(depth=1).pk}
    return office.post(reverse("wagtaildocs:add"), typed)


def test_what_the_antivirus_knows_is_refused_in_the_editor_and_by_the_verb(
    settings: Any, tmp_path: Path, office: Client
) -> None:
    clamd = open_clamd(settings, tmp_path, hears=3)
    assert "programme malveillant" in send(office, WICKED).content.decode()
    with pytest.raises(actions.ContentRefused) as refusal:
        actions.add_document(title="Statuts", name="statuts.pdf", content=WICKED, by=None, at=AT)
    assert refusal.value.field == "document"
    assert not Document.objects.exists()
    send(office, CLEAN)
    clamd.join(5)
    assert Screening.objects.get().scanned_at is not None


def test_what_it_has_not_seen_is_held_everywhere_until_it_has(
    settings: Any, tmp_path: Path, client: Client, office: Client
) -> None:
    nobody(settings, tmp_path)
    row = with_file(content=CLEAN)
    assert row.document is not None
    assert Client().get(f"{row.get_absolute_url()}ouvrir/").status_code == 409
    assert office.get(row.document.url).status_code == 409
    page = Client().get(row.get_absolute_url()).content.decode()
    assert "attend l’antivirus" in page
    assert "Télécharger" not in page
    clamd = open_clamd(settings, tmp_path)
    assert scan_waiting(at=AT) == 1
    clamd.join(5)
    assert clamd.heard == [CLEAN]
    given = Client().get(f"{row.get_absolute_url()}ouvrir/")
    assert b"".join(given.streaming_content) == CLEAN  # type: ignore[attr-defined]
    assert "Télécharger" in Client().get(row.get_absolute_url()).content.decode()


def test_one_that_was_here_before_waits_as_well_and_a_new_title_changes_nothing(
    settings: Any, tmp_path: Path, office: Client
) -> None:
    row = with_file(content=CLEAN)
    document = row.document
    assert document is not None
    Screening.objects.update(sha256="", scanned_at=None)
    clamd = open_clamd(settings, tmp_path)
    assert scan_waiting(at=AT) == 1
    clamd.join(5)
    typed = {"title": "Autre nom", "collection": document.collection_id, "file": "", "tags": ""}
    assert office.post(reverse("wagtaildocs:edit", args=[document.pk]), typed).status_code == 302
    document.refresh_from_db()
    assert document.title == "Autre nom"
    assert Screening.objects.get().scanned_at == AT


def test_one_that_it_knows_later_is_erased_and_told(
    settings: Any, tmp_path: Path, office: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    send(office, WICKED)
    row = with_file(content=CLEAN)
    document = Document.objects.get(title="Statuts")
    Resource.objects.filter(pk=row.pk).update(document=document)
    clamd = open_clamd(settings, tmp_path, hears=2)
    with django_capture_on_commit_callbacks(execute=True):
        assert scan_waiting(at=AT) == 2
    clamd.join(5)
    assert not Document.objects.filter(pk=document.pk).exists()
    assert not default_storage.exists(document.file.name)
    assert [one.mailbox.address for one in Letter.objects.filter(kind=CONDEMNED)] == [agent().email]
    assert "est effacé" in ToDo.objects.get(done_at=None).title
    assert JournalEntry.objects.filter(verb="condemn_document").count() == 1
    actions.condemn_document(Screening(document_id=document.pk), AT)
