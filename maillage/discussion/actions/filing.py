"""Keep, replace and withdraw the files of a circle.

Words: the *quota* is what one circle may keep in all. Neighbours: `kernel.uploads` cleans what was sent,
`kernel.kept_files` holds it; a file that came by mail is kept by `replies` through `add_kept`.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import PurePosixPath

from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.urls import reverse

from maillage.accounts.models import User
from maillage.discussion import phrases
from maillage.discussion.actions.refusal import DiscussionRefused
from maillage.discussion.models import FileVersion, SharedFile
from maillage.discussion.models.file import FOLDER
from maillage.kernel import kept_files
from maillage.kernel.actions import journal
from maillage.kernel.registry import Circle
from maillage.kernel.uploads import CheckedDocument
from maillage.kernel.uploads.refusal import MEGABYTE
from maillage.outbox import actions as outbox
from maillage.outbox.notices import CONDEMNED

QUOTA_BYTES = 500 * MEGABYTE


def add_file(
    *, circle: Circle, name: str, document: CheckedDocument, by: User, at: datetime, is_public: bool = False
) -> SharedFile:
    """Keep a new file under this name. Raises DiscussionRefused; no row and no file is left then."""
    kept = _keep_sent(document)
    try:
        with transaction.atomic():
            return add_kept(
                circle_key=circle.key, name=name, kept=kept, is_scanned=document.is_scanned, by=by, at=at,
                is_public=is_public,
            )  # fmt: skip
    except DiscussionRefused:  # anything else may have been committed: the sweeper looks at it tomorrow
        kept_files.drop_file(kept.name)
        raise


def add_kept(
    *, circle_key: str, name: str, kept: kept_files.KeptFile, is_scanned: bool, by: User, at: datetime,
    is_public: bool = False,
) -> SharedFile:  # fmt: skip
    """The same for a file that the storage holds already; call it inside a transaction. Raises DiscussionRefused."""
    _make_room(circle_key, kept.size)
    try:
        with transaction.atomic():
            made = SharedFile.objects.create(
                circle=circle_key, name=name.strip()[:120] or "Fichier", is_public=is_public, added_at=at
            )
    except IntegrityError as error:
        raise DiscussionRefused(phrases.SAME_NAME, "name") from error
    _add(made, 1, kept, is_scanned=is_scanned, by=by, at=at)
    journal(verb="add_file", target=made, changes={}, by=by, at=at)
    return made


def add_version(*, shared_file: SharedFile, document: CheckedDocument, by: User, at: datetime) -> FileVersion:
    """A newer state of a file; the others stay. Raises DiscussionRefused: withdrawn meanwhile, the same, full."""
    kept = _keep_sent(document)
    try:
        with transaction.atomic():
            held = _held(shared_file)
            number = _next_number(held, kept)
            _make_room(held.circle, kept.size)
            version = _add(held, number, kept, is_scanned=document.is_scanned, by=by, at=at)
            journal(verb="add_version", target=held, changes={"version": [number - 1, number]}, by=by, at=at)
    except DiscussionRefused:
        kept_files.drop_file(kept.name)
        raise
    return version


def withdraw_file(*, shared_file: SharedFile, by: User, at: datetime) -> None:
    """Erase a file with all its versions. Raises DiscussionRefused when it is gone already."""
    with transaction.atomic():
        held = _held(shared_file)
        names = list(held.versions.values_list("file", flat=True))
        journal(verb="withdraw_file", target=held, changes={}, by=by, at=at)
        held.delete()
        transaction.on_commit(lambda: _drop(names))


def condemn_version(version: FileVersion, at: datetime) -> None:
    """Erase a version that the antivirus knows, its file with it when it has no other, and tell whoever sent it.

    Nothing when it is gone.
    """
    with transaction.atomic():
        shared_file = SharedFile.objects.select_for_update(of=("self",)).filter(versions=version.pk).first()
        if shared_file is None:
            return
        found = shared_file.versions.select_related("added_by").get(pk=version.pk)
        name, sender = found.file.name, found.added_by
        if sender is not None and sender.is_active:
            facts = {"name": shared_file.name, "where": phrases.FILES_OF_CIRCLE,
                     "path": reverse("discussion:files", args=[shared_file.circle])}  # fmt: skip
            outbox.post(kind=CONDEMNED, to=sender, about=shared_file, facts=facts, at=at)
        journal(verb="condemn_version", target=shared_file, changes={"version": [found.number, None]}, by=None, at=at)
        if shared_file.versions.count() > 1:
            found.delete()
        else:
            shared_file.delete()
        transaction.on_commit(lambda: kept_files.drop_file(name))


def note_reading(*, shared_file: SharedFile, by: User, at: datetime) -> None:
    """Write down that somebody took a file of the circle."""
    journal(verb="read_file", target=shared_file, changes={}, by=by, at=at)


def remove_stray_files(*, at: datetime) -> int:
    """Remove the files of circles that no row names; how many."""
    named = FileVersion.objects.values_list("file", flat=True)
    return kept_files.remove_stray_files(folder=FOLDER, named=named, at=at)


def _keep_sent(document: CheckedDocument) -> kept_files.KeptFile:
    """Of a form, whose sender can wait; a mail is read again instead. Raises DiscussionRefused on a full disk."""
    try:
        return keep(document)
    except kept_files.NoRoom as error:
        raise DiscussionRefused(error.phrase) from error


def keep(document: CheckedDocument) -> kept_files.KeptFile:
    """Write a checked document to the storage, before the transaction that names it."""
    return kept_files.keep_file(document.content, folder=FOLDER, extension=document.extension)


def name_of(file_name: str) -> str:
    """A name to show, from the one that a program gave: without folder nor ending."""
    bare = PurePosixPath(file_name.replace("\\", "/")).name
    return " ".join((PurePosixPath(bare).stem or "Fichier").replace("_", " ").split())[:120]


def _add(
    shared_file: SharedFile, number: int, kept: kept_files.KeptFile, *, is_scanned: bool, by: User, at: datetime
) -> FileVersion:
    return FileVersion.objects.create(
        shared_file=shared_file, number=number, file=kept.name, sha256=kept.sha256, size=kept.size,
        scanned_at=at if is_scanned else None, added_at=at, added_by=by,
    )  # fmt: skip


def _drop(names: list[str]) -> None:
    for name in names:
        kept_files.drop_file(name)


def _next_number(held: SharedFile, kept: kept_files.KeptFile) -> int:
    last = held.versions.order_by("-number").first()
    if last is not None and last.sha256 == kept.sha256:
        raise DiscussionRefused(phrases.SAME_FILE, "document")
    return last.number + 1 if last else 1


def _make_room(circle_key: str, size: int) -> None:
    """Hold the files of the circle, so that two at once hardly pass its quota together."""
    list(SharedFile.objects.select_for_update(of=("self",)).filter(circle=circle_key).order_by("pk"))
    held = FileVersion.objects.filter(shared_file__circle=circle_key).aggregate(total=Sum("size"))["total"] or 0
    if held + size > QUOTA_BYTES:
        raise DiscussionRefused(phrases.FULL, "document")


def _held(shared_file: SharedFile) -> SharedFile:
    held = SharedFile.objects.select_for_update(of=("self",)).filter(pk=shared_file.pk).first()
    if held is None:
        raise DiscussionRefused(phrases.FILE_GONE)
    return held
