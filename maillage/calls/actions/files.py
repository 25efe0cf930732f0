"""Join a document to an application, take one from the profile, remove one.

Words: each document sent for a *piece* is a version of it. Neighbours: `kernel.uploads` cleaned it, `kernel.kept_files`
holds it; the journal says which document by its number, and never what it is.
"""

from __future__ import annotations

from datetime import datetime

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Max, Sum
from django.utils import timezone

from maillage.accounts.models import User
from maillage.calls import keys, terms
from maillage.calls.actions.applying import held, require_open
from maillage.calls.actions.refusal import CallRefused
from maillage.calls.models import Application, AppliedFile, Piece
from maillage.calls.models.application import FOLDER
from maillage.calls.phrases import applying as phrases
from maillage.calls.queries.own import people_of
from maillage.kernel import kept_files
from maillage.kernel.actions import journal
from maillage.kernel.uploads import CheckedDocument
from maillage.kernel.uploads.refusal import MEGABYTE
from maillage.outbox import actions as outbox
from maillage.outbox.notices import CONDEMNED
from maillage.space.models import Attachment


def add_file(
    *, application: Application, piece: Piece, document: CheckedDocument, by: User | None, at: datetime,
    from_profile: bool = False,
) -> AppliedFile:  # fmt: skip
    """Keep a document as the newest version of a piece. Raises CallRefused; no row and no file is left then."""
    try:
        kept = kept_files.keep_file(document.content, folder=FOLDER, extension=document.extension)
    except kept_files.NoRoom as error:
        raise CallRefused(error.phrase) from error
    try:
        with transaction.atomic():
            row = held(application)
            require_open(row, f"{keys.PIECE}{piece.pk}")
            made = AppliedFile.objects.create(
                application=row, piece=piece, number=_number(row, piece, kept, at), name=_name(piece, kept),
                file=kept.name, sha256=kept.sha256, size=kept.size, from_profile=from_profile,
                scanned_at=at if document.is_scanned else None, added_at=at, added_by=by,
            )  # fmt: skip
            journal(verb="add_file", target=made, changes={}, by=by, at=at)
    except CallRefused:  # anything else may have been committed: the sweeper looks at it tomorrow
        kept_files.drop_file(kept.name)
        raise
    return made


def take_from_profile(
    *, application: Application, piece: Piece, attachment: Attachment, by: User | None, at: datetime
) -> AppliedFile:
    """Join a copy of a document that the profile holds; what the profile becomes later changes nothing here.

    Raises CallRefused: gone, expired, of another organisation, or what `add_file` refuses.
    """
    if attachment.organisation_id != application.organisation_id:
        raise CallRefused(phrases.PROFILE_GONE)
    if attachment.is_over(timezone.localdate(at)):
        raise CallRefused(phrases.EXPIRED)
    try:
        with default_storage.open(attachment.file.name or "") as handle:
            content = handle.read()
    except OSError as error:
        raise CallRefused(phrases.PROFILE_GONE) from error
    document = CheckedDocument(content, attachment.extension, attachment.scanned_at is not None)
    return add_file(application=application, piece=piece, document=document, by=by, at=at, from_profile=True)


def remove_file(*, file: AppliedFile, by: User | None, at: datetime) -> None:
    """Erase a version, while the application is written. Raises CallRefused."""
    with transaction.atomic():
        row = held(file.application)
        found = AppliedFile.objects.filter(pk=file.pk, application=row).first()
        if found is None:
            raise CallRefused(phrases.GONE)
        require_open(row, f"{keys.PIECE}{found.piece_id}")
        name = found.file.name
        journal(verb="remove_file", target=found, changes={}, by=by, at=at)
        found.delete()
        transaction.on_commit(lambda: kept_files.drop_file(name))


def condemn_file(file: AppliedFile, at: datetime) -> None:
    """Erase a document that the antivirus knows, whatever became of the application, and tell its people.

    Nothing when it is gone. A file that was sent may then lack that piece: the check of admissibility says so.
    """
    with transaction.atomic():
        found = AppliedFile.objects.select_for_update(of=("self",)).filter(pk=file.pk).select_related("application")
        held_file = found.first()
        if held_file is None:
            return
        application, name = held_file.application, held_file.file.name
        facts = {"name": held_file.name, "where": phrases.FILE_OF.format(application=application.call.title),
                 "path": application.get_absolute_url()}  # fmt: skip
        for person in people_of(application):
            outbox.post(kind=CONDEMNED, to=person, about=application, facts=facts, at=at)
        journal(verb="condemn_file", target=held_file, changes={}, by=None, at=at)
        held_file.delete()
        transaction.on_commit(lambda: kept_files.drop_file(name))


def note_reading(*, file: AppliedFile, by: User, at: datetime) -> None:
    """Write down that somebody took a document."""
    journal(verb="read_file", target=file, changes={}, by=by, at=at)


def remove_stray_files(*, at: datetime) -> int:
    """Remove the files of documents that no row names; how many."""
    named = AppliedFile.objects.values_list("file", flat=True)
    return kept_files.remove_stray_files(folder=FOLDER, named=named, at=at)


def _number(row: Application, piece: Piece, kept: kept_files.KeptFile, at: datetime) -> int:
    """The number of the next version. Raises CallRefused: another call's piece, the same file, too many, too heavy."""
    today, files = timezone.localdate(at), AppliedFile.objects.filter(application=row)
    if piece.call_id != row.call_id:
        raise CallRefused(phrases.NOT_A_PIECE)
    versions = files.filter(piece=piece)
    if versions.filter(sha256=kept.sha256).exists():
        raise CallRefused(phrases.SAME_FILE)
    if versions.count() >= (most := terms.value("file_versions", today)):
        raise CallRefused(phrases.MANY_VERSIONS.format(most=most))
    most = terms.value("files_megabytes", today)
    if (files.aggregate(total=Sum("size"))["total"] or 0) + kept.size > most * MEGABYTE:
        raise CallRefused(phrases.FULL.format(most=most))
    return (versions.aggregate(last=Max("number"))["last"] or 0) + 1


def _name(piece: Piece, kept: kept_files.KeptFile) -> str:
    """A name of ours: the one that came with the file is not kept."""
    return f"{piece.label[:100]}.{kept.name.rpartition('.')[2]}"
