"""A document that no antivirus has looked at, where one is set, is handed over to nobody until it was."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks

from maillage.accounts.models import User
from maillage.calls import actions as calls
from maillage.calls.models import AppliedFile, Piece
from maillage.directory.models import Organisation
from maillage.discussion import actions as discussion
from maillage.discussion.models import FileVersion, SharedFile
from maillage.kernel.actions import scan_waiting
from maillage.kernel.models import JournalEntry
from maillage.kernel.uploads import CheckedDocument
from maillage.outbox.models import Letter
from maillage.outbox.notices import CONDEMNED
from maillage.space import actions as space
from maillage.space.enums import AttachmentKind
from maillage.space.models import Attachment
from tests.calls.drafts import a_ready
from tests.calls.world import AT, a_call
from tests.discussion.world import circle, made_up_circles, people
from tests.factories import small_territory
from tests.hostile import documents
from tests.hostile.clamd import nobody, open_clamd
from tests.space.world import manager, sheet

pytestmark = pytest.mark.django_db
CLEAN, WICKED = documents.pdf(), b"%PDF-1.7 " + documents.EICAR


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}},
    }


@pytest.fixture
def own() -> Organisation:
    small_territory()
    return sheet("Le Fil vert")


def unseen(content: bytes = CLEAN) -> CheckedDocument:
    return CheckedDocument(content, "pdf", is_scanned=False)


def of_the_profile(own: Organisation, content: bytes = CLEAN) -> Attachment:
    return space.add_attachment(
        organisation=own, kind=AttachmentKind.STATUTES, document=unseen(content), document_date=date(2024, 3, 1),
        by=None, at=AT,
    )  # fmt: skip


def of_an_application(content: bytes = CLEAN) -> tuple[AppliedFile, User]:
    small_territory()
    call = a_call()
    piece = Piece.objects.create(call=call, position=1, label="Statuts")
    one = a_ready(call)
    assert one.author is not None
    return calls.add_file(application=one, piece=piece, document=unseen(content), by=one.author, at=AT), one.author


def stored(row: Any) -> bool:
    return default_storage.exists(row.file.name)


def told() -> list[tuple[str, str]]:
    rows = Letter.objects.filter(kind=CONDEMNED).select_related("mailbox").order_by("pk")
    return [(letter.mailbox.address, letter.facts["path"]) for letter in rows]


def test_what_waits_is_handed_over_to_nobody_and_leaves_once_the_antivirus_is_back(
    settings: Any, tmp_path: Path, client: Client, own: Organisation
) -> None:
    kept = of_the_profile(own)
    client.force_login(manager(own))
    page, address = reverse("space:profile", args=[own.pk]), reverse("space:take_attachment", args=[own.pk, kept.pk])
    assert "sans contrôle antivirus" in client.get(page).content.decode()
    assert client.get(address).status_code == 200

    nobody(settings, tmp_path)
    held = client.get(address)
    assert (held.status_code, b"%PDF" in held.content) == (409, False)
    assert "attend l’antivirus" in held.content.decode()
    assert "en attente du contrôle antivirus" in client.get(page).content.decode()
    assert scan_waiting(at=AT) == 0
    assert JournalEntry.objects.filter(verb="read_attachment").count() == 1

    clamd = open_clamd(settings, tmp_path)
    assert scan_waiting(at=AT) == 1
    clamd.join(5)
    assert clamd.heard == [CLEAN]
    kept.refresh_from_db()
    assert kept.scanned_at == AT
    assert client.get(address).status_code == 200
    assert "antivirus" not in client.get(page).content.decode()


def test_a_document_of_the_profile_that_it_knows_is_erased_and_its_managers_are_told(
    settings: Any, tmp_path: Path, own: Organisation, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    alice = manager(own)
    wicked, clean = of_the_profile(own, WICKED), of_the_profile(own)
    clamd = open_clamd(settings, tmp_path, hears=2)
    with django_capture_on_commit_callbacks(execute=True):
        assert scan_waiting(at=AT) == 2
    clamd.join(5)
    assert [row.pk for row in Attachment.objects.all()] == [clean.pk]
    assert [stored(wicked), stored(clean)] == [False, True]
    assert told() == [(alice.email, f"/moi/structures/{own.pk}/profil/")]
    assert JournalEntry.objects.get(verb="condemn_attachment").object_label == f"Pièce n° {wicked.pk}"


def test_a_document_of_an_application_that_it_knows_is_erased_whatever_became_of_it(
    settings: Any, tmp_path: Path, client: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    wicked, author = of_an_application(WICKED)
    application = wicked.application
    nobody(settings, tmp_path)
    client.force_login(author)
    assert client.get(reverse("calls:file", args=[application.reference, wicked.pk])).status_code == 409

    clamd = open_clamd(settings, tmp_path)
    with django_capture_on_commit_callbacks(execute=True):
        assert scan_waiting(at=AT) == 1
    clamd.join(5)
    assert not AppliedFile.objects.exists()
    assert not stored(wicked)
    assert told() == [(author.email, application.get_absolute_url())]


def test_only_the_version_that_it_knows_leaves_a_circle(
    settings: Any, tmp_path: Path, client: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with made_up_circles():
        alice, ines = people("alice", "ines")
        shared = discussion.add_file(circle=circle(), name="Programme", document=unseen(), by=alice, at=AT)
        alone = discussion.add_file(circle=circle(), name="Affiche", document=unseen(WICKED), by=ines, at=AT)
        discussion.add_version(shared_file=shared, document=unseen(WICKED + b" "), by=ines, at=AT)
        nobody(settings, tmp_path)
        client.force_login(alice)
        assert client.get(shared.get_absolute_url()).status_code == 409

        clamd = open_clamd(settings, tmp_path, hears=3)
        with django_capture_on_commit_callbacks(execute=True):
            assert scan_waiting(at=AT) == 3
        clamd.join(5)
        assert client.get(shared.get_absolute_url()).status_code == 200
    assert list(FileVersion.objects.values_list("shared_file", "number")) == [(shared.pk, 1)]
    assert not SharedFile.objects.filter(pk=alone.pk).exists()
    assert told() == [(ines.email, "/echanges/essai-1/fichiers/")] * 2


def test_one_that_cannot_be_looked_at_stays_and_the_others_leave(
    settings: Any, tmp_path: Path, own: Organisation
) -> None:
    first = of_the_profile(own)
    clamd = open_clamd(settings, tmp_path, answer=b"INSTREAM size limit exceeded. ERROR\0")
    assert scan_waiting(at=AT) == 0
    clamd.join(5)
    (tmp_path / "clamd").unlink()
    second = of_the_profile(own, documents.pdf() + b"% other")
    default_storage.delete(first.file.name or "")
    clamd = open_clamd(settings, tmp_path)
    assert scan_waiting(at=AT) == 1
    clamd.join(5)
    assert list(Attachment.objects.exclude(scanned_at=None)) == [second]


def test_one_that_was_replaced_meanwhile_is_not_cleared_in_its_stead(own: Organisation) -> None:
    kept = of_the_profile(own)
    space.replace_attachment(
        attachment=kept, document=unseen(WICKED), document_date=date(2025, 3, 1), expires_on=None,
        by=manager(own), at=AT,
    )  # fmt: skip
    space.condemn_attachment(kept, AT)
    assert Attachment.objects.count() == 1


def test_without_an_antivirus_nothing_waits(own: Organisation) -> None:
    kept = of_the_profile(own)
    assert scan_waiting(at=AT) == 0
    kept.refresh_from_db()
    assert kept.scanned_at is None
