"""Documents of an application: kept whole, by version, within limits, swept when no row names them."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from PIL import Image
from pytest_django import Settings

from maillage.calls import actions, terms
from maillage.calls.actions import CallRefused
from maillage.calls.checks import find_breaches
from maillage.calls.enums import ApplicationState
from maillage.calls.models import Application, AppliedFile, Piece
from maillage.calls.models.application import FOLDER
from maillage.calls.queries import own, pieces
from maillage.calls.queries.missing import missing
from maillage.kernel.kept_files import keep_file
from maillage.kernel.models import JournalEntry
from maillage.kernel.uploads import CheckedDocument, check_document
from maillage.space import actions as space
from maillage.space.enums import AttachmentKind
from maillage.space.models import Attachment
from tests.calls.drafts import a_draft, a_ready, manager_of, sent
from tests.calls.world import AT, a_call, a_reviewer, a_structure, agent, later
from tests.kernel.full_disk import fill

pytestmark = pytest.mark.django_db
TODAY = AT.date()


@pytest.fixture(autouse=True)
def _own_folder(settings: Settings, tmp_path: Path) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}},
    }


def document(shade: int = 1) -> CheckedDocument:
    out = io.BytesIO()
    Image.new("RGB", (20, 20), (shade, 0, 0)).save(out, "PNG")
    return check_document(io.BytesIO(out.getvalue()))


def asked(kind: str = "", *, required: bool = True) -> tuple[Application, Piece]:
    """A complete draft of a call that asks one piece."""
    call = a_call()
    piece = Piece.objects.create(call=call, position=1, label="Statuts", kind=kind, is_required=required)
    return a_ready(call), piece


def add(one: Application, piece: Piece, shade: int = 1) -> AppliedFile:
    return actions.add_file(application=one, piece=piece, document=document(shade), by=one.author, at=AT)


def on_disk() -> list[str]:
    try:
        return sorted(default_storage.listdir(FOLDER)[1])
    except FileNotFoundError:
        return []


def test_each_document_is_a_version_and_the_last_one_counts() -> None:
    one, piece = asked()
    assert [lack.key for lack in missing(one)] == [f"piece:{piece.pk}"]

    first, second = add(one, piece, 1), add(one, piece, 2)

    assert (first.number, second.number, second.name) == (1, 2, "Statuts.png")
    [row] = pieces.rows_of(one, on=TODAY)
    assert [file.pk for file in row.files] == [second.pk, first.pk]
    assert missing(one) == []
    assert list(find_breaches()) == []


def test_the_same_document_is_not_kept_twice_and_leaves_no_file() -> None:
    one, piece = asked()
    add(one, piece)

    with pytest.raises(CallRefused, match="déjà joint"):
        add(one, piece)

    assert len(on_disk()) == 1


@pytest.mark.parametrize(("name", "value", "words"), [("files_megabytes", 0, "0\u00a0Mo"), ("file_versions", 0, "0")])
def test_limits_are_said(monkeypatch: pytest.MonkeyPatch, name: str, value: int, words: str) -> None:
    one, piece = asked()
    before = terms.value
    monkeypatch.setattr(terms, "value", lambda key, on: value if key == name else before(key, on))

    with pytest.raises(CallRefused, match=words):
        add(one, piece)
    assert on_disk() == []


def test_a_full_disk_is_said_and_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    one, piece = asked()
    fill(monkeypatch)

    with pytest.raises(CallRefused, match="n’a plus de place"):
        add(one, piece)

    assert (AppliedFile.objects.count(), on_disk()) == (0, [])


def test_a_piece_of_another_call_is_refused() -> None:
    one, _ = asked()
    _, other = asked()

    with pytest.raises(CallRefused, match="pas demandée"):
        add(one, other)


def test_nothing_is_joined_to_what_was_sent_unless_that_piece_was_opened_again() -> None:
    one, piece = asked(required=False)
    one = sent(one)
    with pytest.raises(CallRefused, match="déposé"):
        add(one, piece)
    Application.objects.filter(pk=one.pk).update(state=ApplicationState.INCOMPLETE, reopened=["title"])
    with pytest.raises(CallRefused, match="Statuts"):
        add(one, piece)
    Application.objects.filter(pk=one.pk).update(reopened=[f"piece:{piece.pk}"])

    assert add(one, piece).number == 1
    assert len(on_disk()) == 1


def test_removing_erases_the_file_after_the_commit(django_capture_on_commit_callbacks: object) -> None:
    one, piece = asked()
    file = add(one, piece)

    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        actions.remove_file(file=file, by=one.author, at=later())

    assert on_disk() == []
    with pytest.raises(CallRefused, match="plus là"):
        actions.remove_file(file=file, by=one.author, at=later())


def held_by(one: Application, **traits: object) -> Attachment:
    facts: dict[str, object] = {"kind": AttachmentKind.STATUTES, "document_date": TODAY, "expires_on": None}
    return space.add_attachment(
        organisation=one.organisation, document=document(7), by=one.author, at=AT, **(facts | traits)  # type: ignore[arg-type]
    )  # fmt: skip


def test_a_document_of_the_profile_is_copied_and_stays_when_the_profile_changes(
    django_capture_on_commit_callbacks: object,
) -> None:
    one, piece = asked(AttachmentKind.STATUTES.value)
    kept = held_by(one)
    [row] = pieces.rows_of(one, on=TODAY)
    assert row.known == [kept]

    taken = actions.take_from_profile(application=one, piece=piece, attachment=kept, by=one.author, at=AT)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        space.remove_attachment(attachment=kept, by=manager_of(one.organisation), at=later())

    assert (taken.from_profile, taken.sha256) == (True, kept.sha256)
    assert list(find_breaches()) == []


def test_what_is_expired_or_of_another_organisation_is_not_taken() -> None:
    one, piece = asked(AttachmentKind.STATUTES.value)
    kept = held_by(one, expires_on=TODAY)
    other = a_draft()

    with pytest.raises(CallRefused, match="expiré"):
        actions.take_from_profile(application=one, piece=piece, attachment=kept, by=None, at=later())
    with pytest.raises(CallRefused, match="plus dans le profil"):
        actions.take_from_profile(application=other, piece=piece, attachment=kept, by=None, at=AT)
    [row] = pieces.rows_of(one, on=later().date())
    assert (row.known, row.expired) == ([], [kept])


def test_a_piece_takes_only_the_kind_that_it_asks() -> None:
    one, piece = asked(AttachmentKind.BANK.value)
    kept = held_by(one)

    assert pieces.attachment_for(one, piece, str(kept.pk)) is None
    assert pieces.attachment_for(one, piece, "zéro") is None


def test_a_spoilt_file_and_a_lost_one_are_seen() -> None:
    one, piece = asked()
    file, lost = add(one, piece, 1), add(one, piece, 2)
    Path(default_storage.path(file.file.name or "")).write_bytes(b"other")
    default_storage.delete(lost.file.name or "")

    told = [(breach.check, breach.message) for breach in find_breaches()]

    assert told == [
        ("calls.files", "its file is not what was received"), ("calls.files", "its file is gone"),
    ]  # fmt: skip


def test_files_that_no_row_names_are_swept_after_a_day() -> None:
    one, piece = asked()
    file = add(one, piece)
    stray = keep_file(b"stray", folder=FOLDER, extension="pdf")
    old = (AT.timestamp() - 3 * 86_400,) * 2
    for name in (stray.name, file.file.name or ""):
        os.utime(default_storage.path(name), old)

    assert actions.remove_stray_files(at=AT) == 1
    assert [f"{FOLDER}{name}" for name in on_disk()] == [file.file.name]


def test_a_document_is_read_by_whoever_may_read_the_application_and_nobody_else() -> None:
    one, piece = asked()
    file = add(one, piece)
    one = sent(one)
    jury, stranger = a_reviewer(one.call).user, a_structure()[1]
    assert one.author is not None
    assert jury is not None

    readers = [
        own.readable_file(user, one.reference, file.pk) is not None for user in (one.author, agent(), jury, stranger)
    ]

    assert readers == [True, True, True, False]


def test_the_journal_says_who_took_a_document() -> None:
    one, piece = asked()
    file = add(one, piece)
    assert one.author is not None

    actions.note_reading(file=file, by=one.author, at=AT)

    assert JournalEntry.objects.get(verb="read_file").object_label == f"Document n° {file.pk}, {one}"
