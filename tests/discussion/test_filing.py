"""Files of a circle: kept clean, through versions, taken by members only, withdrawn whole."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from maillage.discussion import actions
from maillage.discussion.actions import filing
from maillage.discussion.checks import find_breaches
from maillage.discussion.models import FileVersion, SharedFile
from maillage.discussion.models.file import FOLDER
from maillage.kernel.kept_files import keep_file
from maillage.kernel.models import JournalEntry
from tests.discussion.world import AT, circle, document, pdf, people
from tests.forms import form_in
from tests.kernel.full_disk import fill

pytestmark = pytest.mark.django_db
LIST = "/echanges/essai-1/fichiers/"


def names() -> list[str]:
    try:
        return sorted(default_storage.listdir(FOLDER)[1])
    except FileNotFoundError:
        return []


def kept(name: str = "Compte rendu", word: str = "Compte rendu", **facts: Any) -> SharedFile:
    by = facts.pop("by", None) or people("alice")[0]
    return actions.add_file(circle=circle(), name=name, document=document(word), by=by, at=AT, **facts)


def test_a_full_disk_is_said_and_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    fill(monkeypatch)

    with pytest.raises(actions.DiscussionRefused, match="n’a plus de place"):
        kept()

    assert not SharedFile.objects.exists()


def refused(verb: Any, **facts: Any) -> str:
    with pytest.raises(actions.DiscussionRefused) as refusal:
        verb(**facts)
    return str(refusal.value.phrase)


def test_a_private_file_answers_403_without_session_and_200_to_a_member(client: Client) -> None:
    made = kept()
    address = made.get_absolute_url()

    answer = client.get(address)
    assert answer.status_code == 403
    assert "réservé aux membres" in answer.content.decode()
    assert f"?next={address}" in answer.content.decode()
    client.force_login(people("chloe")[0])
    assert client.get(address).status_code == 403
    assert client.get(f"{LIST}999999/").status_code == 403
    client.force_login(people("ines")[0])
    taken = client.get(address)
    assert taken.status_code == 200
    assert taken.content.startswith(b"%PDF-")
    assert taken["Content-Disposition"] == 'attachment; filename="compte-rendu-v1.pdf"'
    assert "sandbox" in taken["Content-Security-Policy"]
    assert "no-store" in taken["Cache-Control"]
    assert client.get(f"{LIST}999999/").status_code == 404
    assert JournalEntry.objects.filter(verb="read_file").count() == 1


def test_versions_stay_and_the_newest_comes_first(client: Client) -> None:
    alice, ines = people("alice", "ines")
    made = kept(by=alice)
    corrected = document("Corrigé")
    version = actions.add_version(shared_file=made, document=corrected, by=ines, at=AT + timedelta(hours=1))

    assert version.number == 2
    assert "identique" in refused(actions.add_version, shared_file=made, document=corrected, by=ines, at=AT)
    assert len(names()) == 2
    client.force_login(alice)
    assert client.get(f"{made.get_absolute_url()}?version=1").content != client.get(made.get_absolute_url()).content
    assert client.get(f"{made.get_absolute_url()}?version=9").status_code == 404
    assert client.get(f"{made.get_absolute_url()}?version=99999999").status_code == 200


def test_a_name_is_taken_once_and_a_circle_has_a_quota(monkeypatch: pytest.MonkeyPatch) -> None:
    alice = people("alice")[0]
    kept(by=alice)
    assert "déjà ce nom" in refused(kept, by=alice, word="Autre")
    monkeypatch.setattr(filing, "QUOTA_BYTES", 10)
    assert "500" in refused(kept, by=alice, name="Autre", word="Autre")
    assert len(names()) == 1


def test_withdrawing_erases_every_version(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> None:
    alice = people("alice")[0]
    made = kept(by=alice)
    actions.add_version(shared_file=made, document=document("Corrigé"), by=alice, at=AT)
    with django_capture_on_commit_callbacks(execute=True):
        actions.withdraw_file(shared_file=made, by=alice, at=AT)
    assert names() == []
    assert (SharedFile.objects.count(), FileVersion.objects.count()) == (0, 0)
    assert "plus là" in refused(actions.withdraw_file, shared_file=SharedFile(pk=1), by=alice, at=AT)


def test_a_stray_file_is_swept_and_a_spoilt_one_is_told() -> None:
    made = kept()
    keep_file(b"perdu", folder=FOLDER, extension="pdf")
    assert actions.remove_stray_files(at=AT + timedelta(days=3650)) == 1
    assert list(find_breaches()) == []
    FileVersion.objects.filter(shared_file=made).update(sha256="0" * 64)
    assert [one.check for one in find_breaches()] == ["discussion.files"]


def test_a_member_puts_a_file_there_and_takes_it_back(client: Client) -> None:
    client.force_login(people("alice")[0])
    page = client.get(f"{LIST}nouveau/")
    said = {**form_in(page.content.decode(), ""), "document": SimpleUploadedFile("../le_plan.exe", pdf())}
    assert "is_public" not in said
    assert client.post(f"{LIST}nouveau/", said).status_code == 302
    made = SharedFile.objects.get()
    assert made.name == "le plan"

    shown = form_in(client.get(f"{LIST}{made.pk}/version/").content.decode(), "")
    newer = {**shown, "document": SimpleUploadedFile("plan.pdf", pdf("Corrigé"))}
    assert client.post(f"{LIST}{made.pk}/version/", newer).status_code == 302
    assert "Versions d’avant" in client.get(LIST).content.decode()
    assert "2\u00a0versions seront effacées" in client.get(f"{LIST}{made.pk}/retirer/").content.decode()
    assert client.post(f"{LIST}{made.pk}/retirer/").status_code == 302
    assert "Aucun fichier" in client.get(LIST).content.decode()


def test_what_is_no_document_comes_back_with_its_reason(client: Client) -> None:
    client.force_login(people("alice")[0])
    answer = client.post(f"{LIST}nouveau/", {"document": SimpleUploadedFile("virus.exe", b"MZ...")})
    assert answer.status_code == 422
    assert "Nous ne savons pas lire ce fichier" in answer.content.decode()
    assert names() == []


def test_only_who_put_it_there_or_animates_withdraws(client: Client) -> None:
    alice, ines, bruno, marcel = people("alice", "ines", "bruno", "marcel")
    made = kept(by=alice)
    for user, status in ((ines, 403), (marcel, 403), (alice, 200), (bruno, 200)):
        client.force_login(user)
        assert client.get(f"{LIST}{made.pk}/retirer/").status_code == status


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_much_for_one_as_for_three(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    alice = people("alice")[0]
    for rank in range(count):
        kept(f"Fichier {rank}", f"Mot {rank}", by=alice)
    client.force_login(alice)
    client.get(LIST)
    with django_assert_num_queries(QUERIES):
        client.get(LIST)


QUERIES = 7
