"""Documents of the private profile: cleaned, kept once, read by their own people only, and told before they expire."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any

import pikepdf
import pytest
import time_machine
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from maillage.accounts.enums import Role
from maillage.accounts.models import User
from maillage.directory.models import Organisation
from maillage.kernel.actions import erase_person, load_values, person_known_as, purge
from maillage.kernel.kept_files import keep_file
from maillage.kernel.models import JournalEntry
from maillage.kernel.uploads import check_document
from maillage.outbox.models import Letter
from maillage.space import actions
from maillage.space.actions import attachments as verbs
from maillage.space.checks import find_breaches
from maillage.space.enums import AttachmentKind, Part
from maillage.space.models import Attachment, Membership
from maillage.space.models.attachment import FOLDER
from maillage.space.queries_profile import expiry_words, profile_for
from tests.accounts.people import holder
from tests.factories import small_territory
from tests.forms import form_in
from tests.kernel.full_disk import fill
from tests.space.world import AT, leave, links_in, manager, sheet

pytestmark = pytest.mark.django_db
TODAY = AT.date()


@pytest.fixture(autouse=True)
def _empty_store(settings: Any, tmp_path: Any) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}},
    }


@pytest.fixture
def own() -> Organisation:
    small_territory()
    return sheet("Le Fil vert", place__commune_id="80620")


def pdf(word: str = "Statuts") -> io.BytesIO:
    """A small PDF that differs by a word, and has an author."""
    made, out = pikepdf.new(), io.BytesIO()
    made.add_blank_page()
    made.docinfo["/Author"] = "Camille Exemple"
    made.Root.Word = pikepdf.String(word)
    made.save(out, static_id=True)
    return out


def keep(own: Organisation, word: str = "Statuts", **traits: Any) -> Attachment:
    told = {"kind": AttachmentKind.STATUTES, "document_date": date(2024, 3, 1), "by": None, "at": AT, **traits}
    return actions.add_attachment(organisation=own, document=check_document(pdf(word)), **told)


def names() -> list[str]:
    try:
        return sorted(default_storage.listdir(FOLDER)[1])
    except FileNotFoundError:
        return []


def name_of(kept: Attachment) -> str:
    """Its file, in its folder."""
    return str(kept.file.name).removeprefix(FOLDER)


def sent(word: str = "Statuts", **said: Any) -> dict[str, Any]:
    upload = SimpleUploadedFile("../../statuts\u202e.pdf.exe", pdf(word).getvalue(), "text/html")
    return {"kind": "statutes", "document": upload, "document_date": "2024-03-01", **said}


def pages(own: Organisation, pk: int | None = None) -> str:
    return f"/moi/structures/{own.pk}/profil/pieces/{'nouvelle' if pk is None else pk}/"


def test_a_member_keeps_a_document_and_takes_it_back_clean(client: Client, own: Organisation) -> None:
    client.force_login(manager(own))

    assert client.post(pages(own), sent(expires_on="2027-03-01")).status_code == 302

    kept = Attachment.objects.get()
    assert names() == [name_of(kept)]
    assert name_of(kept).startswith(f"{kept.sha256}-")
    assert "sans contrôle antivirus" in client.get(f"/moi/structures/{own.pk}/profil/").content.decode()
    answer = client.get(pages(own, kept.pk))
    assert answer["Content-Disposition"] == 'attachment; filename="statutes-le-fil-vert-2024-03-01.pdf"'
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "no-store" in answer["Cache-Control"]
    assert len(answer.content) == kept.size
    assert b"Camille" not in answer.content
    verbs_told = list(JournalEntry.objects.filter(object_type="space.attachment").values_list("verb", flat=True))
    assert sorted(verbs_told) == ["add_attachment", "read_attachment"]
    assert "statuts" not in str(JournalEntry.objects.filter(object_type="space.attachment").values()).lower()
    assert list(find_breaches()) == [one for one in find_breaches() if one.check != "space.attachments"]


def test_nobody_else_reads_it_not_even_an_agent_nor_by_another_address(client: Client, own: Organisation) -> None:
    kept, other = keep(own), sheet("Une autre")
    for user in (holder(Role.AGENT), manager(other, "bob@exemple.test")):
        client.force_login(user)
        for path in (pages(own), pages(own, kept.pk), f"{pages(own, kept.pk)}retirer/"):
            assert client.get(path).status_code == 403
        assert client.get(pages(other, kept.pk)).status_code in {403, 404}
    assert client.get(f"/media/{kept.file.name}").status_code == 404
    assert Client().get(pages(own, kept.pk)).status_code == 302


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"kind": "other"}, "Donnez un nom à cette pièce"),
        ({"expires_on": "2024-02-01"}, "expirerait avant d’être fait"),
        ({"document_date": "2999-01-01"}, "pas encore venue"),
        ({"document": SimpleUploadedFile("a.pdf", b"")}, "vide"),
        ({"document": ""}, "Choisissez un fichier."),
        ({"document": SimpleUploadedFile("statuts.pdf", b"MZ\x90\0" + b"\0" * 200)}, "pas lire ce fichier"),
        ({"document": SimpleUploadedFile("statuts.pdf", b"%PDF-" + b"\0" * 10_000_000)}, "dépasse 10\u00a0Mo"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_left(
    client: Client, own: Organisation, said: dict[str, Any], words: str
) -> None:
    client.force_login(manager(own))
    answer = client.post(pages(own), sent(**said))
    assert (answer.status_code, words in answer.content.decode()) == (422, True)
    assert (Attachment.objects.count(), names()) == (0, [])


def test_a_full_disk_is_said_and_leaves_nothing(
    client: Client, own: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.force_login(manager(own))
    fill(monkeypatch)

    answer = client.post(pages(own), sent())

    assert (answer.status_code, "n’a plus de place" in answer.content.decode()) == (422, True)
    assert (Attachment.objects.count(), names()) == (0, [])


def test_the_same_document_is_kept_once_and_the_quota_holds(own: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    first = keep(own)
    with pytest.raises(actions.AttachmentRefused, match="déjà dans votre profil"):
        keep(own, kind=AttachmentKind.REPORT)
    keep(sheet("Une autre"))
    monkeypatch.setattr(verbs, "QUOTA_BYTES", 2 * first.size)
    keep(own, "Comptes")
    with pytest.raises(actions.AttachmentRefused, match="plein"):
        keep(own, "Rapport")
    assert len(names()) == Attachment.objects.count() == 3


def test_a_newer_document_takes_the_place_and_the_former_is_erased(
    client: Client, own: Organisation, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    client.force_login(manager(own))
    old = keep(own, expires_on=date(2026, 12, 1))
    path = f"{pages(own, old.pk)}remplacer/"
    assert "Statuts" in client.get(path).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        newer = {"document": sent("Nouveaux")["document"], "document_date": "2026-03-01"}
        assert client.post(path, newer).status_code == 302
    now = Attachment.objects.get()
    assert (now.pk, now.expires_on, now.document_date) == (old.pk, None, date(2026, 3, 1))
    assert now.sha256 != old.sha256
    assert names() == [name_of(now)]
    with pytest.raises(actions.AttachmentRefused, match="remplacer"):
        actions.remove_attachment(attachment=old, by=manager(own), at=AT)


def test_removing_says_what_will_be_lost_then_erases(
    client: Client, own: Organisation, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    client.force_login(manager(own))
    path = f"{pages(own, keep(own).pk)}retirer/"
    assert "sera effacé" in client.get(path).content.decode()
    assert Attachment.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(path).status_code == 302
    assert (Attachment.objects.count(), names()) == (0, [])


def test_a_file_whose_row_never_came_is_swept_the_day_after(own: Organisation) -> None:
    kept = keep(own)
    keep_file(b"orphan", folder=FOLDER, extension="pdf")
    now = default_storage.get_modified_time(str(kept.file.name))
    assert actions.remove_stray_files(at=now + timedelta(hours=23)) == 0
    assert actions.remove_stray_files(at=now + timedelta(hours=25)) == 1
    assert names() == [name_of(kept)]


def test_a_spoilt_or_lost_file_is_found(own: Organisation) -> None:
    spoilt, lost = keep(own), keep(own, "Comptes")
    with default_storage.open(str(spoilt.file.name), "wb") as handle:
        handle.write(b"autre chose")
    default_storage.delete(str(lost.file.name))
    found = {one.subject: one.message for one in find_breaches() if one.check == "space.attachments"}
    assert found == {str(spoilt): "its file is not what was received", str(lost): "its file is gone"}


@pytest.mark.parametrize(
    ("days", "words", "tone"),
    [
        (None, "", ""),
        (31, "valable jusqu’au 26 décembre 2026", "neutral"),
        (30, "expire dans 30\u00a0jours", "warning"),
        (1, "expire demain", "warning"),
        (0, "expire aujourd’hui", "warning"),
        (-1, "expirée depuis le 24 novembre 2026", "late"),
    ],
)
def test_what_the_profile_says_of_a_term(days: int | None, words: str, tone: str) -> None:
    until = None if days is None else TODAY + timedelta(days=days)
    told = expiry_words(Attachment(expires_on=until), on=TODAY)
    assert (told[0].replace("\u00a0", " "), told[1]) == (words.replace("\u00a0", " "), tone)


def waiting() -> list[dict[str, Any]]:
    return [one.facts for one in Letter.objects.filter(kind=verbs.EXPIRING).order_by("pk")]


def test_the_manager_is_told_thirty_days_before_then_on_the_day_and_never_twice(own: Organisation) -> None:
    alice = manager(own)
    manager(own, "ines@exemple.test", Part.CONTRIBUTOR)
    until = TODAY + timedelta(days=31)
    kept = keep(own, kind=AttachmentKind.INSURANCE, expires_on=until)
    told = [actions.tell_expiring(at=AT + timedelta(days=day)) for day in range(41)]
    assert [day for day, count in enumerate(told) if count] == [1, 31]
    assert [one["turn"] for one in waiting()] == ["soon", "day"]
    assert {one.mailbox.user for one in Letter.objects.filter(kind=verbs.EXPIRING)} == {alice}
    letters = leave(AT + timedelta(days=7))
    assert [one.to for one in letters] == [["alice@exemple.test"]]
    assert links_in(letters[0])["Déposer le nouveau"] == f"{pages(own, kept.pk)}remplacer/"
    assert "« Attestation d’assurance » expire bientôt" in letters[0].subject


def test_a_missed_day_is_made_up_for_and_an_old_one_is_not(own: Organisation) -> None:
    manager(own)
    keep(own, "Hier", expires_on=TODAY - timedelta(days=7))
    keep(own, "Jadis", expires_on=TODAY - timedelta(days=8))
    assert actions.tell_expiring(at=AT) == 1


def test_a_newer_document_silences_what_was_about_to_be_said(own: Organisation) -> None:
    alice = manager(own)
    kept = keep(own, expires_on=TODAY + timedelta(days=10))
    actions.tell_expiring(at=AT)
    later = TODAY + timedelta(days=400)
    actions.replace_attachment(
        attachment=kept, document=check_document(pdf("Nouveaux")), document_date=TODAY, expires_on=later, by=alice,
        at=AT,
    )  # fmt: skip
    assert leave(AT + timedelta(days=7)) == []


def test_a_letter_that_waited_until_the_day_says_it_once(own: Organisation) -> None:
    manager(own)
    until = TODAY + timedelta(days=1)
    keep(own, expires_on=until)
    actions.tell_expiring(at=AT)
    actions.tell_expiring(at=AT + timedelta(days=1))
    (letter,) = leave(AT + timedelta(days=9))
    assert str(letter.body).count("Valable jusqu’au") == 1
    assert "n’est plus valable" in letter.subject


def test_whoever_is_no_longer_the_manager_hears_nothing(own: Organisation) -> None:
    manager(own)
    keep(own, expires_on=TODAY + timedelta(days=10))
    actions.tell_expiring(at=AT)
    Membership.objects.update(part=Part.CONTRIBUTOR)
    assert leave(AT + timedelta(days=7)) == []


def test_documents_leave_with_the_last_person_who_holds_them(
    own: Organisation, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    load_values()
    alice, shared = manager(own), sheet("À deux")
    manager(shared, alice.email)
    manager(shared, "bob@exemple.test", Part.CONTRIBUTOR)
    keep(own, by=alice)
    both = keep(shared, by=alice)
    with django_capture_on_commit_callbacks(execute=True):
        erase_person(person=person_known_as(alice.email), by=None, at=AT)
    left = Attachment.objects.get()
    assert (left.pk, left.added_by) == (both.pk, None)
    assert names() == [name_of(left)]
    assert not User.objects.filter(email="alice@exemple.test").exists()


def test_documents_that_nobody_holds_are_purged_after_their_term(
    own: Organisation, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    load_values()
    keep(own)
    with django_capture_on_commit_callbacks(execute=True):
        purge(at=AT + timedelta(days=30))
    assert Attachment.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        purge(at=AT + timedelta(days=3_000))
    assert (Attachment.objects.count(), names()) == (0, [])


def test_forms_read_what_was_said_once_with_where_it_comes_from(
    own: Organisation, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    alice = manager(own)
    actions.keep_profile(
        organisation=own, facts={"volunteers": 12, "budget_band": "10", "insured_until": TODAY}, by=alice, at=AT
    )
    keep(own, kind=AttachmentKind.BANK)
    with django_assert_num_queries(4):
        told = profile_for(own)
    assert {key: (one.words, one.origin) for key, one in told.facts.items()} == {
        "name": ("Le Fil vert", "la fiche de l’annuaire (Source d’essai)"),
        "email": ("bonjour@atelier.test", "la fiche de l’annuaire (Source d’essai)"),
        "place.commune_id": ("Péronne", "la fiche de l’annuaire (Source d’essai)"),
        "volunteers": ("12", "le profil privé de la structure"),
        "budget_band": ("De 10 000 à 50 000 €", "le profil privé de la structure"),
        "insured_until": ("25\u00a0novembre 2026", "le profil privé de la structure"),
    }
    assert told.facts["volunteers"].label == "Bénévoles actifs"
    assert [one.kind for one in told.attachments] == ["bank"]
    keep(own, "Comptes", kind=AttachmentKind.ACCOUNTS)
    keep(own, "Rapport", kind=AttachmentKind.REPORT)
    with django_assert_num_queries(4):
        assert len(profile_for(own).attachments) == 3


def test_the_page_of_the_profile_asks_as_many_questions_for_three_documents_as_for_one(
    client: Client, own: Organisation, django_assert_max_num_queries: Any
) -> None:
    client.force_login(manager(own))
    counts = []
    for word in ("Un", "Deux", "Trois"):
        keep(own, word)
        with django_assert_max_num_queries(60) as asked, time_machine.travel(AT, tick=False):
            assert client.get(f"/moi/structures/{own.pk}/profil/").status_code == 200
        counts.append(len(asked))
    assert len(set(counts)) == 1


def test_the_same_form_sent_twice_keeps_one_document_and_another_one_is_refused(
    client: Client, own: Organisation
) -> None:
    client.force_login(manager(own))
    key = form_in(client.get(pages(own)).content.decode())["form_key"]
    first, second = (client.post(pages(own), sent(form_key=key)) for _ in range(2))
    assert (first.status_code, second.status_code, first["Location"]) == (302, 302, second["Location"])
    assert client.post(pages(own), sent("Comptes", form_key=key)).status_code == 409
    assert len(names()) == Attachment.objects.count() == 1
