"""What is sent to harm is refused with a French sentence, at once, in little memory, and leaves nothing behind."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.test import Client, RequestFactory

from maillage.directory.models import Organisation
from maillage.kernel.uploads import check_document, scan
from maillage.space.models import Attachment
from maillage.space.models.attachment import FOLDER
from tests.factories import small_territory
from tests.hostile import documents
from tests.hostile.clamd import nobody, open_clamd
from tests.space.world import manager, sheet

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.one_database  # the matter is the documents; test_attachments keeps some on every database
MOST_SECONDS, MOST_MEGABYTES = 1.0, 256


@pytest.fixture
def store(settings: Any, tmp_path: Path) -> Path:
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}},
    }
    return tmp_path


@pytest.fixture
def own(store: Path, db: None) -> Organisation:
    small_territory()
    return sheet("Le Fil vert")


def send(client: Client, own: Organisation, content: bytes, name: str = "statuts.pdf") -> Any:
    upload = SimpleUploadedFile("x", content, "application/pdf")
    upload.name = name  # as the wire carries it, before Django cleans it
    said = {"kind": "statutes", "document": upload, "document_date": "2024-03-01"}
    return client.post(f"/moi/structures/{own.pk}/profil/pieces/nouvelle/", said)


def left(store: Path) -> list[Path]:
    return [path for path in store.rglob("*") if path.is_file()]


@pytest.mark.parametrize("name", documents.REFUSED)
def test_it_is_refused_and_leaves_no_row_and_no_file(name: str, client: Client, own: Organisation, store: Path) -> None:
    client.force_login(manager(own))

    answer = send(client, own, documents.REFUSED[name]())

    assert answer.status_code == 422
    error = answer.context["form"].errors["document"][0]
    assert error.endswith(".")
    assert len(error) > 40
    assert (Attachment.objects.count(), left(store)) == (0, [])


@pytest.mark.parametrize("name", documents.KEPT)
def test_it_is_kept_without_what_it_hid(name: str, client: Client, own: Organisation) -> None:
    client.force_login(manager(own))

    assert send(client, own, documents.KEPT[name]()).status_code == 302

    kept = Attachment.objects.get()
    with default_storage.open(str(kept.file.name)) as handle:
        content = handle.read()
    assert [word for word in documents.ACTIVE if word in content] == []
    assert kept.extension == ("pdf" if name.startswith("pdf") else kept.extension)
    assert content.startswith((b"%PDF-", b"\xff\xd8", b"\x89PNG"))


@pytest.mark.parametrize("name", documents.NAMES)
def test_the_name_it_comes_with_goes_nowhere(name: str, client: Client, own: Organisation, store: Path) -> None:
    client.force_login(manager(own))

    answer = send(client, own, documents.pdf(), name)

    if answer.status_code == 302:  # a name that is no name at all makes it no file
        kept = Attachment.objects.get()
        assert kept.file.name == f"{FOLDER}{left(store)[0].name}"
        assert left(store)[0].name.startswith(kept.sha256)
        taken = client.get(f"/moi/structures/{own.pk}/profil/pieces/{kept.pk}/")
        assert taken["Content-Disposition"] == 'attachment; filename="statutes-le-fil-vert-2024-03-01.pdf"'
    else:
        assert (answer.status_code, left(store)) == (422, [])


MEASURE = """
import io, json, os, resource, sys, time
from tests.hostile import documents
from tests.hostile.clamd import nobody, open_clamd
from maillage.kernel.uploads.documents import clean_document
from maillage.kernel.uploads.refusal import UploadRefused

clean_document(io.BytesIO(documents.pdf())), clean_document(io.BytesIO(documents.picture()))
for name, make in {**documents.REFUSED, **documents.KEPT}.items():
    content = make()
    child = os.fork()  # each alone: the most memory that one took is then its own
    if not child:
        begun = time.process_time()
        try:
            clean_document(io.BytesIO(content))
        except UploadRefused:
            pass
        spent, most = time.process_time() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps([name, spent, most]), flush=True)
        os._exit(0)
    os.waitpid(child, 0)
"""


@pytest.mark.timeout(180)
def test_none_takes_a_second_nor_a_quarter_of_a_gigabyte() -> None:
    told = subprocess.run(
        [sys.executable, "-c", MEASURE], cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True,
        check=True, text=True,
    )  # fmt: skip
    measured = {name: (seconds, megabytes) for name, seconds, megabytes in map(json.loads, told.stdout.splitlines())}
    assert measured.keys() == documents.REFUSED.keys() | documents.KEPT.keys()
    over = {
        name: cost for name, cost in measured.items() if cost[0] > MOST_SECONDS or cost[1] > MOST_MEGABYTES
    }  # fmt: skip
    assert over == {}


def test_an_antivirus_sees_the_whole_document_and_says_that_it_is_clean(settings: Any, tmp_path: Path) -> None:
    clamd = open_clamd(settings, tmp_path)
    checked = check_document(io.BytesIO(documents.picture(size=(400, 400))))
    clamd.join(5)
    assert (checked.is_scanned, clamd.heard) == (True, [checked.content])


def test_what_the_antivirus_knows_is_refused_and_told(
    settings: Any, tmp_path: Path, client: Client, own: Organisation, store: Path
) -> None:
    clamd = open_clamd(settings, tmp_path)
    client.force_login(manager(own))
    answer = send(client, own, documents.docx("word/media/a.bin", documents.EICAR, packing=documents.STORED))
    clamd.join(5)
    assert "programme malveillant" in answer.content.decode()
    assert (answer.status_code, Attachment.objects.count()) == (422, 0)
    assert not (store / FOLDER).exists()


@pytest.mark.parametrize("answer", [b"INSTREAM size limit exceeded. ERROR\0", b"\xff"])
def test_an_antivirus_that_could_not_look_does_not_say_that_it_did(
    settings: Any, tmp_path: Path, answer: bytes
) -> None:
    clamd = open_clamd(settings, tmp_path, answer=answer)
    assert scan(b"Bonjour") is False
    clamd.join(5)


def test_an_antivirus_that_is_away_says_nothing(settings: Any, tmp_path: Path) -> None:
    nobody(settings, tmp_path)
    assert scan(b"Bonjour") is False


def test_without_an_antivirus_nothing_is_said_to_be_scanned() -> None:
    assert check_document(io.BytesIO(documents.pdf())).is_scanned is False


@pytest.mark.parametrize(
    ("path", "most"), [("/annuaire/proposer/", 10_000_000), ("/gestion/annuaire/imports/", 104_857_600)]
)
def test_the_server_takes_in_no_more_than_a_form_would_keep(rf: RequestFactory, path: str, most: int) -> None:
    """Anybody may post anything anywhere: the rest of a longer file is read and dropped."""
    sent = rf.post(path, {"a": SimpleUploadedFile("a.pdf", b"x" * 120_000_000)})
    kept = sent.FILES["a"]
    assert isinstance(kept, UploadedFile)
    assert kept.size is not None
    assert most < kept.size <= most + 2 * 64 * 1024
    kept.close()
